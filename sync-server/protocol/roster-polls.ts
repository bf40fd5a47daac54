/** Who wants whom removed, read off the statements before any order: of each possible coordinator the first such wish. */

import { type DeviceId, type ListName, parseListName } from './ids.ts'
import { type EntriesByList, pastLengths } from './roster-causes.ts'
import type { Place } from './roster-state.ts'
import { inviteIdOf, type Statement } from './statement.ts'

export interface Wish extends Place {
  /** lengths of all lists that its author had seen */
  seen: ReadonlyMap<ListName, number>
}

/** All wishes about one device. */
export interface Poll {
  device: DeviceId
  wishes: readonly Wish[]
}

interface Said {
  place: Place
  statement: Statement
}

const allSaid = (lists: EntriesByList): Said[] => {
  const said: Said[] = []
  for (const [list, byIndex] of [...lists].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const author = parseListName(list)?.device
    for (const [index, { statement }] of [...byIndex].sort(([a], [b]) => a - b))
      if (author && statement) said.push({ place: { author, list, index }, statement })
  }
  return said
}

/** Devices that this statement makes coordinators if its author is one and no rule objects. */
const namedBy = (
  { place, statement }: Said,
  possible: ReadonlySet<DeviceId>,
  invites: Set<string>,
): DeviceId[] => {
  const { author } = place
  if (statement.type === 'genesis') return [author]
  if (statement.type === 'ask') return invites.has(inviteIdOf(statement.inviteKey)) ? [author] : []
  // phones of one person are equals, whichever of them was named
  if (statement.type === 'device' && possible.has(statement.device)) return [author]
  if (!possible.has(author)) return []
  if (statement.type === 'device') return [statement.device]
  if (!('role' in statement) || statement.role !== 'coordinator') return []
  if (statement.type !== 'invite') return [statement.device]
  invites.add(inviteIdOf(statement.key))
  return []
}

/** Whoever a possible coordinator ever named one: nobody else can get here, and nobody is missing. */
const possibleCoordinators = (said: readonly Said[]): Set<DeviceId> => {
  const possible = new Set<DeviceId>()
  const invites = new Set<string>()
  let before = -1
  while (possible.size + invites.size > before) {
    before = possible.size + invites.size
    for (const one of said) for (const device of namedBy(one, possible, invites)) possible.add(device)
  }
  return possible
}

/** Polls about possible coordinators: the statements of others need no cut, as they decide nothing. */
export const pollsOf = (lists: EntriesByList): Poll[] => {
  const said = allSaid(lists)
  if (!said.some(({ statement }) => statement.type === 'remove')) return []
  const possible = possibleCoordinators(said)
  const byDevice = new Map<DeviceId, Wish[]>()
  for (const { place, statement } of said) {
    if (statement.type !== 'remove' || !possible.has(place.author)) continue
    const isFirst = (device: DeviceId): boolean =>
      possible.has(device) && !byDevice.get(device)?.some(({ author }) => author === place.author)
    const about = statement.devices.filter(isFirst)
    if (about.length === 0) continue
    const wish = { ...place, seen: pastLengths(lists, place) }
    for (const device of about) byDevice.set(device, [...(byDevice.get(device) ?? []), wish])
  }
  const polls = new Map<string, Poll>()
  for (const [device, wishes] of byDevice) {
    // phones of one person are named together
    polls.set(wishes.map(({ list, index }) => `${list} ${index}`).join(), { device, wishes })
  }
  return [...polls.values()]
}
