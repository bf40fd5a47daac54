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
import type { Ballot, RosterState } from './roster-state.ts'
import { type RosterWorld, worldOf } from './roster-world.ts'

/** Tries in one reduction: an honest network needs one for each coordinator removed. Beyond them order decides. */
const maxTries = 64

export interface CutWorld {
  world: RosterWorld
  cuts: RosterCuts
}

/** Wishes of one poll that are tried together. */
interface Bid {
  poll: Poll
  wishes: readonly Wish[]
}

const seenBy = (wishes: readonly Wish[], list: ListName): number =>
  Math.max(0, ...wishes.map(({ seen }) => seen.get(list) ?? 0))

const listsOf = (lists: EntriesByList, devices: ReadonlySet<DeviceId>): ListName[] =>
  [...lists.keys()].filter((list) => devices.has(parseListName(list)?.device as DeviceId))

/** From the wish that had seen least of these devices to all of them. */
const bidsOf = (lists: EntriesByList, poll: Poll): Bid[] => {
  const names = listsOf(lists, new Set(poll.wishes.flatMap(({ devices }) => devices)))
  const sum = (wish: Wish): number => names.reduce((total, list) => total + seenBy([wish], list), 0)
  const ranked = [...poll.wishes].sort((a, b) => sum(a) - sum(b))
  return ranked.map((_, i) => ({ poll, wishes: ranked.slice(0, i + 1) }))
}

/** The cuts with the lists of these devices cut as well; null where that voids no statement. */
const withCuts = (
  lists: EntriesByList,
  cuts: RosterCuts,
  wishes: readonly Wish[],
  devices: ReadonlySet<DeviceId>,
): RosterCuts | null => {
  const next = new Map(cuts)
  let isNews = false
  for (const list of listsOf(lists, devices)) {
    const end = cuts.get(list) ?? Number.POSITIVE_INFINITY
    const seen = Math.min(end, seenBy(wishes, list))
    next.set(list, seen)
    for (const { index, statement } of lists.get(list)?.values() ?? [])
      if (statement && index >= seen && index < end) isNews = true
  }
  return isNews ? next : null
}

/** Does somebody else who coordinates want this person removed? */
const isContested = (state: RosterState, person: DeviceId, removed: DeviceId): boolean =>
  state.ballots.some(
    ({ member, by }) => member === person && by !== removed && state.roleOf(by) === 'coordinator',
  )

/** The person whom these wishes removed in this world; null where they had no right to, or it is contested. */
const removedBy = ({ state }: RosterWorld, wishes: readonly Wish[]): DeviceId | null => {
  const isWish = ({ list, index }: Ballot): boolean =>
    wishes.some((wish) => wish.list === list && wish.index === index)
  const ballots = state.ballots.filter(isWish)
  const member = ballots[0]?.member
  if (!member || state.devicesOf(member).length > 0) return null
  const sound = ballots.filter((ballot) => ballot.member === member && !isContested(state, ballot.by, member))
  const isEnough = sound.some(({ isAlone }) => isAlone) || new Set(sound.map(({ by }) => by)).size > 1
  return isEnough ? member : null
}

/** The world in which these wishes count, if they hold in it. */
const tryBid = (lists: EntriesByList, cuts: RosterCuts, { wishes }: Bid): CutWorld | null => {
  const devices = new Set(wishes.flatMap((wish) => wish.devices))
  for (let size = 0; size < devices.size; ) {
    size = devices.size
    const next = withCuts(lists, cuts, wishes, devices)
    if (!next) return null
    const world = worldOf(lists, next)
    const member = removedBy(world, wishes)
    if (!member) return null
    // phones of his that the others did not know of
    for (const { id, member: person } of world.state.former.values()) if (person === member) devices.add(id)
    if (devices.size === size) return { world, cuts: next }
  }
  return null
}

const search = (lists: EntriesByList, first: CutWorld, bids: readonly Bid[]): CutWorld & { made: Bid[] } => {
  let { world, cuts } = first
  const made: Bid[] = []
  let tries = maxTries
  for (let at = 0; at < bids.length && tries > 0; at++) {
    const bid = bids[at] as Bid
    if (!withCuts(lists, cuts, bid.wishes, new Set(bid.wishes.flatMap(({ devices }) => devices)))) continue
    tries--
    const found = tryBid(lists, cuts, bid)
    if (!found) continue
    ;({ world, cuts } = found)
    made.push(bid)
    at = -1
  }
  return { world, cuts, made }
}

/** The roster of these statements, and where lists of the removed end. */
export const cutWorldOf = (lists: EntriesByList, forks: RosterCuts): CutWorld => {
  const first = { world: worldOf(lists, forks), cuts: forks }
  let bids = pollsOf(lists).flatMap((poll) => bidsOf(lists, poll))
  while (bids.length > 0) {
    const { world, cuts, made } = search(lists, first, bids)
    const vain = made.filter(({ wishes }) => removedBy(world, wishes) === null)
    if (vain.length === 0) return { world, cuts }
    bids = bids.filter((bid) => !vain.includes(bid))
  }
  return first
}
