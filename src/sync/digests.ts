/** The phone's side of [R16]: its digest of a room, and the pairs of digests that were reconciled before. */

import { type Bytes, equalBytes } from '../../sync-server/protocol/bytes.ts'
import { type ListState, roomDigest } from '../../sync-server/protocol/digest.ts'
import { clientOfList, type ListName, parseListName, type RoomName } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ListRow } from '../storage/schema.ts'

/** 0 where the name is none. */
export const clientOfRow = ({ list }: Pick<ListRow, 'list'>): number => {
  const key = parseListName(list)
  return key ? clientOfList(key) : 0
}

/**
 * The list of a room that has this Yjs client id, if this phone holds something of it. A relay may say of an own entry
 * that it is durable before the log here has taken it: then the outbox knows the list.
 */
export const listOfClient = async (
  database: NetworkDatabase,
  room: RoomName,
  client: number,
): Promise<ListName | null> => {
  const isOfClient = (row: Pick<ListRow, 'list'>): boolean => clientOfRow(row) === client
  const held = (await database.lists.where({ room }).toArray()).find(isOfClient)
  if (held) return held.list
  return (await database.outbox.where({ room }).toArray()).find(isOfClient)?.list ?? null
}

/** Rows of one room as what its digest is made of. */
export const statesOf = (rows: readonly ListRow[]): ListState[] =>
  rows
    .filter(({ length }) => length > 0)
    .map((row) => ({ client: clientOfRow(row), length: row.length, head: row.head }))

/** What this phone holds of a room. */
export const listStates = async (database: NetworkDatabase, room: RoomName): Promise<ListState[]> =>
  statesOf(await database.lists.where({ room }).toArray())

export const ownDigest = async (database: NetworkDatabase, room: RoomName): Promise<Bytes> =>
  roomDigest(await listStates(database, room))

/** Digests of a room on both sides. */
export interface Settled {
  ours: Bytes
  theirs: Bytes
}

/** The row of `meta` that says which pair of digests was reconciled. */
export const settledKey = (relay: string, room: RoomName): string => `settled ${relay} ${room}`

const settledPair = async (
  database: NetworkDatabase,
  relay: string,
  room: RoomName,
): Promise<Settled | undefined> =>
  (await database.meta.get(settledKey(relay, room)))?.value as Settled | undefined

/**
 * The digests are equal; or both sides did what they could and still differ (a fork, an author who waits): this pair is
 * not asked again.
 */
export const settle = async (
  database: NetworkDatabase,
  relay: string,
  room: RoomName,
  pair: Settled,
): Promise<void> => {
  const known = await settledPair(database, relay, room)
  if (known && equalBytes(known.ours, pair.ours) && equalBytes(known.theirs, pair.theirs)) return
  await database.meta.put({ key: settledKey(relay, room), value: pair })
}

/** Does this phone hold of a room what the relay holds, as far as the two can agree? */
export const isAgreed = async (
  database: NetworkDatabase,
  relay: string,
  room: RoomName,
): Promise<boolean> => {
  const pair = await settledPair(database, relay, room)
  return pair !== undefined && equalBytes(pair.ours, await ownDigest(database, room))
}

/** What a request says of a room. */
export interface SaidDigest {
  digest: Bytes
  /** the pair of digests that this comes from was settled before */
  isSettled: boolean
}

/**
 * The digests to send, by room: the relay's own where this very pair was settled, so that it sees no difference. Read at
 * once: a request names every room there is.
 */
export const digestsToSend = async (
  database: NetworkDatabase,
  relay: string,
  rooms: readonly RoomName[],
): Promise<Map<RoomName, SaidDigest>> => {
  const rows = await database.lists.toArray()
  const kept = await database.meta.bulkGet(rooms.map((room) => settledKey(relay, room)))
  const said = new Map<RoomName, SaidDigest>()
  for (const [i, room] of rooms.entries()) {
    const ours = await roomDigest(statesOf(rows.filter((row) => row.room === room)))
    const pair = kept[i]?.value as Settled | undefined
    const isSettled = pair !== undefined && equalBytes(pair.ours, ours)
    said.set(room, { digest: isSettled ? pair.theirs : ours, isSettled })
  }
  return said
}

/** The digest to send of one room. */
export const digestToSend = async (
  database: NetworkDatabase,
  relay: string,
  room: RoomName,
): Promise<Bytes> => {
  const ours = await ownDigest(database, room)
  const pair = await settledPair(database, relay, room)
  return pair && equalBytes(pair.ours, ours) ? pair.theirs : ours
}
