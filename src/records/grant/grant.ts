/**
 * A grant: the key of one confidential contact, report or need, wrapped for the phones of those who may read it. With a claim in it, it
 * is the acceptance of that claim. It is sealed under the members' key, so that a relay sees no receiver.
 */

import * as v from 'valibot'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId } from '../field-schemas.ts'
import type { Operation, RecordId } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { isWriter } from '../rules.ts'

/** A type that is always sealed apart; the name alone is here, for its folder comes later. */
export const reportName = 'report'

/** Of a report, so that nobody else learns what was reported, or of a confidential need: about what it opens. */
export const isSelfGrant = ({ contactId, aboutId }: Pick<GrantRow, 'contactId' | 'aboutId'>): boolean =>
  contactId === aboutId

/** The one that came with a report: whoever else points a grant at it writes in vain. */
export const reportGrant = (grants: readonly GrantRow[], reporter: DeviceId): GrantRow | undefined =>
  grants.find(({ creator, founds }) => founds && creator === reporter)

export interface GrantRow extends Row {
  contactId: RecordId
  /** the need or offer that the contact is about */
  aboutId: RecordId
  /** the claim that it accepts; null where it goes to the author's own phones or to coordinators */
  claimId: RecordId | null
  /** the person to whom somebody handed a confidential need; null for its author's and the coordinators' phones */
  givenTo: DeviceId | null
  /** base64url id of the content key */
  keyId: string
  /** bytes of protocol/wraps.ts */
  wraps: Bytes
  /** written with the contact: while it is there, there is a contact. Its author erases it to take the contact back */
  founds: boolean
  /** written by a coordinator about somebody else's need: counts while he is one */
  asCoordinator: boolean
}

const schema = v.object({
  contactId: recordId,
  aboutId: recordId,
  claimId: v.optional(v.nullable(recordId), null),
  givenTo: v.optional(v.nullable(recordId), null),
  keyId: v.pipe(v.string(), v.regex(/^[\w-]{11}$/)),
  wraps: v.instance(Uint8Array),
  founds: v.optional(v.boolean(), false),
  asCoordinator: v.optional(v.boolean(), false),
})

/** Never changed; erased by the person who wrote it. That it is about his own need is for {@link doesGrantCount}. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (!isWriter(author, members)) return false
  if (before) return operation.op === 'erase' && before.creator === members.memberOf(author)
  const asCoordinator = operation.fields?.asCoordinator === true
  return operation.op === 'create' && (!asCoordinator || members.roleOf(author) === 'coordinator')
}

const toRow = (state: RecordState): GrantRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as GrantRow)
}

/** A grant by somebody else than a coordinator or the author of what it is about is ignored. */
export const doesGrantCount = (
  grant: Pick<GrantRow, 'creator' | 'founds' | 'asCoordinator'>,
  aboutCreator: DeviceId,
): boolean => grant.creator === aboutCreator || (grant.asCoordinator && !grant.founds)

export const grantType: RecordType<GrantRow> = {
  name: 'grant',
  table: 'grants',
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
