/** Contacts that are given and not shown: under a key of their own, which only those hold who were given it. */

import type { ClaimRow } from '../../src/records/claim/claim.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { Phone } from '../support/phone.ts'
import { deviceOf } from './truth.ts'
import { insist, type Village } from './village.ts'

/** Whose contact, and about which need or offer. */
export interface ApartContact {
  author: DeviceId
  about: string
}

/** Also who was out by then, as far as its author knew. */
export interface ApartKey extends ApartContact {
  out: ReadonlySet<DeviceId>
}

/** Is it read only by who was given its key? */
export const isApart = ({ local }: Phone, { keyId }: Pick<OperationRow, 'keyId'>): boolean =>
  local.replica.content.holds(keyId)

/** Contacts that this phone has just written for whom they are given to, and the keys that it made for them. */
export const noteApart = (
  { apartKeys, apartWords }: Village,
  phone: Phone,
  written: readonly OperationRow[],
): void => {
  const out = new Set(phone.local.replica.book.roster.former.keys())
  for (const operation of written) {
    const { type, op, keyId, author, fields } = operation
    if (type !== 'contact' || op !== 'create' || fields?.confidential !== true) continue
    const contact = { author, about: String(fields.aboutId) }
    apartWords.set(String(fields.address), contact)
    if (isApart(phone, operation) && !apartKeys.has(keyId)) apartKeys.set(keyId, { ...contact, out })
  }
}

/** Whoever made this claim was given the contact. */
export const noteGiven = async ({ given }: Village, { local }: Phone, claimId: string): Promise<void> => {
  const claim = await local.database.table<ClaimRow, string>('claims').get(claimId)
  if (claim) given.set(claim.needId, new Set([...(given.get(claim.needId) ?? []), claim.creator]))
}

/** Nobody opens a contact but its author's phones, whoever may ever have coordinated, and those who were given it; no key that was made when somebody was out is ever his. */
export const insistApart = async (village: Village, truth: Roster): Promise<void> => {
  const personOf = (id: DeviceId) => (truth.devices.get(id) ?? truth.former.get(id))?.member ?? id
  for (const resident of village.residents) {
    const device = deviceOf(resident)
    if (!device) continue
    const { name, local } = resident.phone
    const person = personOf(device)
    const isReader = ({ author, about }: ApartContact): boolean =>
      person === personOf(author) ||
      village.promoted.has(person) ||
      village.given.get(about)?.has(person) === true
    const held = new Set((await local.database.contentKeys.toArray()).map(({ keyId }) => keyId))
    for (const [keyId, key] of village.apartKeys) {
      const wasOut = key.out.has(device) && truth.former.has(device)
      insist(
        !held.has(keyId) || (isReader(key) && !wasOut),
        `${name} holds no key of a contact that it was not given`,
      )
    }
    const read = JSON.stringify(await local.database.operations.toArray())
    for (const [words, contact] of village.apartWords)
      insist(
        isReader(contact) || !read.includes(JSON.stringify(words).slice(1, -1)),
        `${name} reads no contact that it was not given (${words})`,
      )
  }
}
