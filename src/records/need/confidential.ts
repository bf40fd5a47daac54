/**
 * A need for the coordinators alone: sealed under a key of its own, which grants about the need itself carry to its author,
 * to who coordinates, and to whom one of them handed it.
 */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { createDraft } from '../draft.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { type About, needGrants, needReaders } from './confidential-readers.ts'
import { needType } from './need.ts'

export interface NeedKey {
  keyId: string
  /** who may read it now */
  readers: DeviceId[]
  /** the grants of this key */
  grants: GrantRow[]
}

/** The newest key here that nobody holds who may not read the need any more; null where there is none. */
export const needKey = async (about: About, context: CommandContext): Promise<NeedKey | null> => {
  const { content } = context
  const all = needGrants(await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', about.id), about)
  const readers = needReaders(about, all, content)
  for (const keyId of new Set(all.map((grant) => grant.keyId))) {
    const grants = all.filter((grant) => grant.keyId === keyId)
    const wraps = grants.map((grant) => grant.wraps)
    if (content.holds(keyId) && !(await content.isForOthers(wraps, readers)))
      return { keyId, readers, grants }
  }
  return null
}

/** The grant that carries a key of the need to `persons`; null where they have no phone in the network that lacks it. */
export const needGrant = async (
  about: About,
  { keyId, grants }: Pick<NeedKey, 'keyId' | 'grants'>,
  persons: readonly DeviceId[],
  context: CommandContext,
  givenTo: DeviceId | null = null,
): Promise<Draft | null> => {
  const earlier = grants.map((grant) => grant.wraps)
  const wraps = await context.content.wrapFor(keyId, persons, earlier)
  const asCoordinator = about.creator !== context.member
  const fields = { contactId: about.id, aboutId: about.id, keyId, wraps, givenTo, asCoordinator }
  return wraps && createDraft(grantType, fields, context)
}

/** A new key for what is written from now on, and the grant for all who may read. */
export const newNeedKey = async (
  about: About,
  context: CommandContext,
): Promise<{ keyId: string; drafts: Draft[] } | null> => {
  const grants = await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', about.id)
  const persons = needReaders(about, needGrants(grants, about), context.content)
  const keyId = await context.content.create()
  const grant = await needGrant(about, { keyId, grants: [] }, persons, context)
  return grant && { keyId, drafts: [grant] }
}

const keyForWriting = async (about: About, context: CommandContext) => {
  const key = await needKey(about, context)
  return key ? { keyId: key.keyId, drafts: [] } : newNeedKey(about, context)
}

/**
 * What any command changes in a confidential need, under its key: a correction, a step undone, its end. Null where that
 * cannot be; then nothing is written, for the members' key would show it to all.
 */
export const sealedAsTheirNeeds = async (
  drafts: readonly Draft[],
  context: CommandContext,
): Promise<Draft[] | null> => {
  const sealed: Draft[] = []
  for (const draft of drafts) {
    const { type, operation, contentKey } = draft
    const isChange = type.name === needType.name && operation.op !== 'create' && !contentKey
    const state = isChange ? await context.state(operation.id) : undefined
    if (state?.fields.confidential?.value !== true) {
      sealed.push(draft)
      continue
    }
    const key = await keyForWriting(state, context)
    if (!key) return null
    sealed.push({ ...draft, contentKey: key.keyId }, ...key.drafts)
  }
  return sealed
}
