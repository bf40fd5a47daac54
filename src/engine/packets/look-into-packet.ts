/** Says what is in a packet before anything of it is taken: from whom it is, and what of it is new and rightly signed. */

import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { type HeldList, judgeRun } from '../../../sync-server/protocol/gate.ts'
import {
  generationOfClient,
  type ListKey,
  type ListName,
  listNameOf,
  parseListName,
  prefixOfClient,
  type RoomName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import { packetClaim, type ReadPacket } from '../../../sync-server/protocol/packet.ts'
import { parseUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import { type SubtleKey, verifySignature } from '../../../sync-server/protocol/verify.ts'
import { needType } from '../../records/need/need.ts'
import { offerType } from '../../records/offer/offer.ts'
import { openEntries } from '../opening.ts'
import type { Replica } from '../replica.ts'
import type { TakenEntry } from '../taken-entry.ts'
import type { PacketParts } from './make-packet.ts'
import type { Brought, PacketView, SenderStanding } from './packet-api.ts'

type LookParts = Pick<PacketParts, 'replica' | 'network' | 'keys'>

export const broughtNothing = (): Brought => ({
  entries: 0,
  needs: 0,
  offers: 0,
  people: 0,
  unjudged: 0,
  bad: 0,
})

/** Whose hand it came from, as far as this phone's roster can say. */
export const senderOf = async (
  packet: ReadPacket,
  { replica, keys }: LookParts,
): Promise<PacketView['from']> => {
  const { book, members } = replica
  const memberId = members.memberOf(packet.sender)
  const key = await book.verifyKeyOf(packet.sender)
  const isProven = key && (await verifySignature(key, packet.signature, await packetClaim(packet.unsigned)))
  const standing = (): SenderStanding => {
    if (!key) return 'unknown'
    if (!isProven) return 'unproven'
    if (packet.sender === keys.device) return 'me'
    const { devices, former } = book.roster
    return devices.has(packet.sender) ? 'in' : former.has(packet.sender) ? 'out' : 'unknown'
  }
  return { memberId, standing: standing() }
}

interface Author {
  list: ListKey
  key: SubtleKey
}

/** Who wrote a run, where this phone knows him. */
const authorOf = async ({ book }: Replica, room: RoomName, run: Run): Promise<Author | null> => {
  const isRoster = room === rosterRoom
  const device = book.deviceOfPrefix(prefixOfClient(run.client), isRoster)
  const list = run.list
    ? parseListName(run.list)
    : device && { device, generation: generationOfClient(run.client) }
  if (!list || (!isRoster && !book.isAdmitted(list.device))) return null
  const key = await book.verifyKeyOf(list.device)
  return key && { list, key }
}

/** Entries of one room that are new, rightly signed, and count; nothing is stored. */
const newIn = async (
  { replica, network }: LookParts,
  room: RoomName,
  runs: readonly Run[],
  into: Brought,
): Promise<TakenEntry[]> => {
  const taken: TakenEntry[] = []
  const ends = new Map<ListName, Pick<HeldList, 'length' | 'head'>>()
  for (const run of runs) {
    const author = await authorOf(replica, room, run)
    if (!author) {
      into.unjudged += run.entries.length
      continue
    }
    const { list: key } = author
    const list = listNameOf(key)
    const end = ends.get(list) ?? (await replica.held.get(room, list))
    // what is held is compared when it is taken
    const entryAt: HeldList['entryAt'] = async (index) => run.entries[index - run.fromIndex] ?? null
    const { length, head } = end
    const judged = await judgeRun({
      network,
      room,
      list: key,
      held: { length, head, entryAt },
      key: author.key,
      run,
    })
    if (judged.stop?.reason === 'gap') into.unjudged += run.entries.length
    else if (judged.stop) into.bad++
    let previous = head
    for (const { index, bytes, entry, head: after } of judged.accepted) {
      taken.push({ room, list, key, index, bytes, entry, previous, head: after })
      previous = after
    }
    ends.set(list, { length: length + judged.accepted.length, head: previous })
  }
  return taken.filter(({ room, list, key, index, entry }) => {
    const keyId = entry.sealed ? toBase64url(entry.sealed.keyId) : ''
    return replica.members.doesCount({ author: key.device, room, list, index, keyId })
  })
}

const countRecords = async ({ replica, network }: LookParts, taken: readonly TakenEntry[], into: Brought) => {
  const { operations } = await openEntries(network, replica, taken)
  for (const { op, type } of operations) {
    if (op !== 'create') continue
    if (type === needType.name) into.needs++
    if (type === offerType.name) into.offers++
  }
}

/** Changes nothing on the phone. A roster that the packet itself brings is not believed before it is taken. */
export const lookInto = async (packet: ReadPacket, parts: LookParts): Promise<Brought> => {
  const into = broughtNothing()
  for (const { room, updates } of packet.rooms) {
    const runs: Run[] = []
    for (const update of updates) {
      const parsed = parseUpdate(update)
      if (parsed.ok) runs.push(...parsed.value)
      else into.bad++
    }
    const taken = await newIn(parts, room, runs, into)
    into.entries += taken.length
    if (room === rosterRoom) into.people += taken.length
    else await countRecords(parts, taken, into)
  }
  return into
}
