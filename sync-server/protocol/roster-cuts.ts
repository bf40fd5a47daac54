/**
 * A removal voids what the removed one said at the same time, whatever place he gave it.
 *
 * Order alone cannot do that: a founder comes first, so what his stolen phone writes today without naming anything stands
 * before those who remove him, and could undo their invites, or make helpers. So his lists are cut where those who
 * remove him had seen them, if in the roster that this gives they are allowed to remove him. What they had seen nobody
 * can change afterwards. Where one of them is himself to be removed by somebody else who still coordinates, nothing is
 * cut, and order decides.
 *
 * Wishes are tried from those who had seen least, so that a helper who has seen everything saves nothing. A cut that
 * does not hold in the end, because another one took away its reason, is not made.
 */

import { type DeviceId, type ListName, parseListName } from './ids.ts'
import type { EntriesByList } from './roster-causes.ts'
import type { RosterCuts } from './roster-order.ts'
import { type Poll, pollsOf, type Wish } from './roster-polls.ts'
import type { Ballot } from './roster-state.ts'
import { type RosterWorld, worldOf } from './roster-world.ts'

/** Tries in one reduction: an honest network needs one for each coordinator removed. Beyond them order decides. */
const maxTries = 32

export interface CutWorld {
  world: RosterWorld
  cuts: RosterCuts
}

/** Wishes of one poll that are tried together. */
interface Bid {
  device: DeviceId
  wishes: readonly Wish[]
}

const seenBy = (wishes: readonly Wish[], list: ListName): number =>
  Math.max(0, ...wishes.map(({ seen }) => seen.get(list) ?? 0))

const listsOf = (lists: EntriesByList, devices: ReadonlySet<DeviceId>): ListName[] =>
  [...lists.keys()].filter((list) => devices.has(parseListName(list)?.device as DeviceId))

/** From the wish that had seen least of this device to all of them. */
const bidsOf = (lists: EntriesByList, { device, wishes }: Poll): Bid[] => {
  const names = listsOf(lists, new Set([device]))
  const sum = (wish: Wish): number => names.reduce((total, list) => total + seenBy([wish], list), 0)
  const ranked = [...wishes].sort((a, b) => sum(a) - sum(b))
  return ranked.map((_, i) => ({ device, wishes: ranked.slice(0, i + 1) }))
}

/** The cuts with the lists of these devices cut as well; `isNews` = that voids a statement. */
const withCuts = (
  lists: EntriesByList,
  cuts: RosterCuts,
  wishes: readonly Wish[],
  devices: ReadonlySet<DeviceId>,
): { next: RosterCuts; isNews: boolean } => {
  const next = new Map(cuts)
  let isNews = false
  for (const list of listsOf(lists, devices)) {
    const end = cuts.get(list) ?? Number.POSITIVE_INFINITY
    const seen = Math.min(end, seenBy(wishes, list))
    next.set(list, seen)
    for (const { index, statement } of lists.get(list)?.values() ?? [])
      if (statement && index >= seen && index < end) isNews = true
  }
  return { next, isNews }
}

/** With all phones of the same person. */
const phonesOf = ({ state }: RosterWorld, devices: ReadonlySet<DeviceId>): Set<DeviceId> => {
  const persons = new Set([...devices].map((id) => state.known(id)?.member))
  const all = [...state.devices.values(), ...state.former.values()]
  return new Set([...devices, ...all.filter(({ member }) => persons.has(member)).map(({ id }) => id)])
}

/**
 * Does somebody else want this person removed, who coordinates with the cut or without it? (Those who are to be
 * removed could otherwise remove all who want it, and be heard in each cut because they did so in the other.)
 */
const isContested = (
  { state }: RosterWorld,
  before: RosterWorld,
  person: DeviceId,
  removed: DeviceId,
): boolean =>
  state.ballots.some(
    ({ member, by }) =>
      member === person &&
      by !== removed &&
      [state, before.state].some((either) => either.roleOf(by) === 'coordinator'),
  )

/** The person whom these wishes removed in this world; null where they had no right to, or it is contested. */
const removedBy = (world: RosterWorld, before: RosterWorld, wishes: readonly Wish[]): DeviceId | null => {
  const { state } = world
  const isWish = ({ list, index }: Ballot): boolean =>
    wishes.some((wish) => wish.list === list && wish.index === index)
  const ballots = state.ballots.filter(isWish)
  const member = ballots[0]?.member
  if (!member || state.devicesOf(member).length > 0) return null
  const sound = ballots.filter(
    (ballot) => ballot.member === member && !isContested(world, before, ballot.by, member),
  )
  const isEnough = sound.some(({ isAlone }) => isAlone) || new Set(sound.map(({ by }) => by)).size > 1
  return isEnough ? member : null
}

/** The world in which these wishes count, if they hold in it and void anything. */
const tryBid = (lists: EntriesByList, { world: before, cuts }: CutWorld, bid: Bid): CutWorld | null => {
  let devices: ReadonlySet<DeviceId> = new Set([bid.device])
  for (;;) {
    const { next, isNews } = withCuts(lists, cuts, bid.wishes, devices)
    const world = worldOf(lists, next)
    if (!removedBy(world, before, bid.wishes)) return null
    // his other phones, as far as they are left
    const all = phonesOf(world, devices)
    if (all.size === devices.size) return isNews ? { world, cuts: next } : null
    devices = all
  }
}

const search = (lists: EntriesByList, first: CutWorld, bids: readonly Bid[]): CutWorld & { made: Bid[] } => {
  let held = first
  const made: Bid[] = []
  let tries = maxTries
  for (let at = 0; at < bids.length && tries > 0; at++) {
    const bid = bids[at] as Bid
    // most often there is nothing to void
    if (!withCuts(lists, held.cuts, bid.wishes, phonesOf(held.world, new Set([bid.device]))).isNews) continue
    tries--
    const found = tryBid(lists, held, bid)
    if (!found) continue
    held = found
    made.push(bid)
    at = -1
  }
  return { ...held, made }
}

/** The roster of these statements, and where lists of the removed end. */
export const cutWorldOf = (lists: EntriesByList, forks: RosterCuts): CutWorld => {
  const first = { world: worldOf(lists, forks), cuts: forks }
  let bids = pollsOf(lists).flatMap((poll) => bidsOf(lists, poll))
  while (bids.length > 0) {
    const { world, cuts, made } = search(lists, first, bids)
    const vain = made.filter(({ wishes }) => removedBy(world, world, wishes) === null)
    if (vain.length === 0) return { world, cuts }
    bids = bids.filter((bid) => !vain.includes(bid))
  }
  return first
}
