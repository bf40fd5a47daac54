/** Commands about records become entries: one for each audience and room. */

import { entryKind } from '../../sync-server/protocol/entry.ts'
import { boardRoom, monthRoom, type RoomName } from '../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { draftsFor, type RecordCommand } from '../records/commands.ts'
import { contactType } from '../records/contact/contact.ts'
import { grantType } from '../records/grant/grant.ts'
import { sealedAsTheirNeeds } from '../records/need/confidential.ts'
import { encodeOperations, newRecordId } from '../records/operation-codec.ts'
import type { CommandContext, Draft, Row } from '../records/record-type.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { CommandError } from './api.ts'
import { entryRuns } from './entry-runs.ts'
import { membershipNow } from './membership.ts'
import { owedContacts } from './people/owed-contacts.ts'
import { readState } from './projection.ts'
import type { Replica } from './replica.ts'
import type { EntryDraft } from './writer.ts'

export interface RecordCommandParts {
  database: NetworkDatabase
  replica: Replica
  keys: DeviceKeys
  now: number
}

/** What command handlers know, as this phone stands now. */
export const contextFor = ({ database, replica, keys, now }: RecordCommandParts): CommandContext => ({
  device: keys.device,
  member: replica.members.memberOf(keys.device),
  members: membershipNow(replica.members, replica.book.roster, keys.device),
  content: replica.content,
  now,
  state: (id) => readState(database, id, replica.rowsBy),
  rowsWhere: <R extends Row>(table: string, index: string, value: string) =>
    database.table<R>(table).where(index).equals(value).toArray(),
  newId: () => newRecordId(keys.device),
})

const roomOf = ({ type }: Draft, now: number): RoomName =>
  type.room === 'board' ? boardRoom : monthRoom(now)

const keyOf = ({ type, contentKey }: Draft, { keyring, content, book }: Replica) =>
  contentKey ? content.byId(contentKey) : keyring.current(type.audience, book.roster)

const toEntryDrafts = (
  drafts: readonly Draft[],
  { replica, now }: RecordCommandParts,
): EntryDraft[] | null => {
  const groups = new Map<string, Draft[]>()
  for (const draft of drafts) {
    const place = `${draft.contentKey ?? draft.type.audience} ${roomOf(draft, now)}`
    groups.set(place, [...(groups.get(place) ?? []), draft])
  }
  const entries: EntryDraft[] = []
  for (const group of [...groups.values()].flatMap(entryRuns)) {
    const [first] = group
    const key = first && keyOf(first, replica)
    if (!first || !key) return null
    entries.push({
      room: roomOf(first, now),
      kind: entryKind.record,
      publicPart: new Uint8Array(),
      secret: { key, plaintext: encodeOperations(group.map(({ operation }) => operation)) },
      recordIds: [...new Set(group.map(({ operation }) => operation.id))],
    })
  }
  return entries
}

/** Resolves when what the command says is durable and visible. */
export const runRecordCommand = async (
  command: RecordCommand,
  parts: RecordCommandParts,
): Promise<Result<{ recordId: string }, CommandError>> => {
  const drafted = await draftsFor(command, contextFor(parts), () => parts.replica.rowsBy.types.fetchLater())
  if (!drafted.ok) return drafted
  const { drafts, recordId } = drafted.value
  return (await writeDrafts(drafts, parts)) ? ok({ recordId }) : fail({ code: 'notYetMember' })
}

/** Resolves when they are durable and visible; false where a key that they are to be sealed under is not here. */
export const writeDrafts = async (drafts: readonly Draft[], parts: RecordCommandParts): Promise<boolean> => {
  const sealed = await sealedAsTheirNeeds(drafts, contextFor(parts))
  const entries = sealed && toEntryDrafts(sealed, parts)
  if (entries && entries.length > 0) await parts.replica.write(entries)
  return entries !== null
}

/** What stood when this phone last owed nothing: nothing is looked through again before it changes. */
const settledBy = new WeakMap<NetworkDatabase, string>()

const stateOfGrants = async ({ database, replica }: RecordCommandParts): Promise<string> => {
  const counts = [
    await database.table(contactType.table).count(),
    await database.table(grantType.table).count(),
  ]
  const devices = [...replica.book.roster.devices.values()].map(({ id, role }) => `${id}${role}`)
  return [...counts, ...devices].join(' ')
}

/** A duty after each exchange ({@link owedContacts}); true when it wrote something, and there may be more. */
export const giveOwedContacts = async (parts: RecordCommandParts): Promise<boolean> => {
  const { database, replica, keys } = parts
  const state = await stateOfGrants(parts)
  const mayWrite = replica.book.roster.devices.has(keys.device)
  if (!mayWrite || settledBy.get(database) === state) return false
  const entries = toEntryDrafts(await owedContacts(database, contextFor(parts)), parts) ?? []
  if (entries.length > 0) await replica.write(entries)
  else settledBy.set(database, state)
  return entries.length > 0
}
