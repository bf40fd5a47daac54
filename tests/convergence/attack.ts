/** Who is out writes on with the keys he has, by a changed app: nothing of it counts, whichever way it comes. */

import {
  type DeviceId,
  type ListName,
  monthRoom,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { FormerDevice, Roster } from '../../sync-server/protocol/roster.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import type { Phone } from '../support/phone.ts'
import { needDraft, writePower } from './hostile.ts'
import { insistSame } from './invariants.ts'
import { untilQuiet } from './quiet.ts'
import { coordinatorOf, deviceOf, powerOf, readersOf, truthOf, type Wish, wishesIn } from './truth.ts'
import { insist, type Resident, type Village } from './village.ts'

const maxAttackers = 2
const dayMs = 24 * 3600 * 1000

const ownLists = async ({ local }: Phone): Promise<{ room: RoomName; list: ListName }[]> =>
  (await local.database.lists.toArray()).filter(
    ({ list }) => parseListName(list)?.device === local.keys.device,
  )

/** Records with an old and with the present date and statements of power. */
const writeAll = async (village: Village, { phone }: Resident, mayReach: boolean): Promise<string[]> => {
  const { chance, time } = village
  const titles: string[] = []
  const rooms = (await ownLists(phone)).map(({ room }) => room).filter((room) => room.length === 7)
  for (const room of new Set([...rooms, monthRoom(time.ms), monthRoom(time.ms - 30 * dayMs)])) {
    const title = village.text('هجوم')
    const draft = await needDraft(phone, room, title)
    if (!draft) continue
    await phone.local.replica.write([draft])
    titles.push(title)
  }
  const kinds = mayReach ? await writePower(chance, phone, 4) : []
  village.story.push(`${phone.name}: writes on after the end: ${titles.join(', ')} ${kinds.join(', ')}`)
  return titles
}

/**
 * Does a coordinator want another one out? Then a removal by either cuts nothing, and what the removed one said before he
 * heard of it counts by its place in the order, whenever it comes (docs/decisions/0014).
 */
const isContested = ({ votes, devices }: Roster): boolean =>
  votes.some(({ member, change }) => change === 'remove' && devices.get(member)?.role === 'coordinator')

/**
 * Two coordinators wanted him out, whom nobody but himself ever wanted out: his list is cut, and nothing that he says now
 * counts, however senior he is. (One junior has no right to, also where another phone of his had left before.)
 */
const isOutvoted = (
  { devices, former }: Roster,
  wishes: readonly Wish[],
  promoted: ReadonlySet<string>,
  { end, role, member }: FormerDevice,
): boolean => {
  if (end !== 'removed' || role !== 'coordinator') return false
  const personOf = (device: DeviceId) => (devices.get(device) ?? former.get(device))?.member
  const isAbout = (persons: ReadonlySet<DeviceId | undefined>) => (wish: Wish) =>
    wish.devices.some((device) => persons.has(personOf(device)))
  const removers = new Set(wishes.filter(isAbout(new Set([member]))).map(({ by }) => personOf(by)))
  const councillors = [...removers].filter((person) => person && promoted.has(person))
  if (councillors.length < 2) return false
  return !wishes.filter(({ by }) => personOf(by) !== member).some(isAbout(removers))
}

/** More than one, of somebody who is out. */
const hasPhones = ({ former }: Roster, person: DeviceId): boolean =>
  [...former.values()].filter(({ member }) => member === person).length > 1

const heldByRelay = async ({ relays, network }: Village, phone: Phone): Promise<string> => {
  const held: unknown[] = []
  for (const { store } of relays)
    for (const { room } of await store.rooms(network)) {
      const { lists } = await store.lengths(network, room)
      held.push(lists.filter(({ list }) => parseListName(list)?.device === phone.local.keys.device))
    }
  return JSON.stringify(held.flat())
}

/** To the relay in its own name; then by packet through a neighbour, who carries it on. */
const deliver = async (village: Village, { phone, line }: Resident, mayStand: boolean): Promise<void> => {
  const before = await heldByRelay(village, phone)
  line.fault = { after: 0, kind: 'dropAnswer' }
  await phone.local.exchange()
  insist((await heldByRelay(village, phone)) === before, 'a relay takes nothing from who is out')
  const truth = await truthOf(village)
  const readers = readersOf(village, truth)
  if (readers.length === 0) return
  const { local } = village.chance.pick(readers).phone
  for (const { room, list } of await ownLists(phone)) {
    if (room === rosterRoom && (mayStand || isContested(truth))) continue
    const run = await phone.local.replica.runFrom(room, list, 0)
    if (run) await local.database.inbox.add({ room, update: buildUpdate([run]), source: 'packet', parked: 0 })
  }
  await local.replica.drain()
}

export const attack = async (village: Village): Promise<void> => {
  const truth = await truthOf(village)
  if (!coordinatorOf(village, truth)) return
  const formerOf = (resident: Resident) =>
    resident.isTwin ? undefined : truth.former.get(deviceOf(resident) as DeviceId)
  const isRemoved = (resident: Resident) => Number(formerOf(resident)?.end === 'removed')
  const attackers = village.residents
    .filter((resident) => formerOf(resident))
    .sort((one, other) => isRemoved(other) - isRemoved(one))
    .slice(0, maxAttackers)
  const titles: string[] = []
  const wishes = await wishesIn(village)
  // two of them at once could want each other's removers out
  const coup = attackers.find((attacker) =>
    isOutvoted(truth, wishes, village.promoted, formerOf(attacker) as FormerDevice),
  )
  for (const attacker of attackers) {
    const former = formerOf(attacker) as FormerDevice
    const { end, role, member } = former
    // one of his removers is out himself, or is to be: what nobody had seen of him counts by its place (0014)
    const mayStand =
      end === 'removed' && role === 'coordinator' && !isOutvoted(truth, wishes, village.promoted, former)
    // who was never a coordinator: of two who removed each other, seniority lets one speak on, and a phone laid aside as well
    const isPlain = end === 'removed' && !village.promoted.has(member)
    titles.push(...(await writeAll(village, attacker, isPlain || attacker === coup)))
    await deliver(village, attacker, mayStand)
  }
  if (attackers.length === 0) return
  await untilQuiet(village)
  const now = await truthOf(village)
  const persons = attackers
    .filter((attacker) => attacker !== coup)
    .map((attacker) => (formerOf(attacker) as FormerDevice).member)
  // what nobody had seen of who is out as no coordinator counts by its place: it decides about his own phones (0014)
  const besides = new Set(
    persons.filter((person) => [truth, now].some((roster) => hasPhones(roster, person))),
  )
  insistSame(powerOf(truth, besides), powerOf(now, besides), 'before and after the attack all')
  for (const { phone } of readersOf(village, truth)) {
    const shown = JSON.stringify(await phone.rows('needs'))
    for (const title of titles)
      insist(
        !shown.includes(JSON.stringify(title).slice(1, -1)),
        `nothing from after the end is shown («${title}» on ${phone.name})`,
      )
  }
}
