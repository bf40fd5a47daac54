/** How one's place ends: removal, leaving, a phone laid aside; and how far the lists of the former count. */

import { type DeviceId, type ListName, parseListName, type RoomName } from './ids.ts'
import type { Device, FormerDevice } from './roster.ts'
import { decide } from './roster-roles.ts'
import type { Place, RosterState } from './roster-state.ts'
import type { Pin, PinLater, Pins, Remove, Retire } from './statement.ts'

/** Per list the longer pin; only a device's own lists. */
const pinned = ({ id, pins }: FormerDevice, more: Pins): Pins => {
  const merged = new Map<RoomName, Map<ListName, Pin>>(
    [...pins].map(([room, lists]) => [room, new Map(lists)]),
  )
  for (const [room, lists] of more) {
    const kept = merged.get(room) ?? new Map<ListName, Pin>()
    merged.set(room, kept)
    for (const [list, pin] of lists) {
      const isOwn = parseListName(list)?.device === id
      if (isOwn && pin.length > (kept.get(list)?.length ?? 0)) kept.set(list, pin)
    }
  }
  return merged
}

const later = (a: RoomName | null, b: RoomName | null): RoomName | null =>
  a && b ? (a > b ? a : b) : (a ?? b)

/** The one person whom these devices belong to, as far as anybody knows them. */
const personOf = (state: RosterState, devices: readonly DeviceId[]): DeviceId | null => {
  const persons = new Set(
    devices.map((id) => state.known(id)?.member).filter((person) => person !== undefined),
  )
  const [person, ...others] = persons
  return person && others.length === 0 ? person : null
}

/**
 * Ends a person's membership, or votes for it. One that is over already is confirmed: its pins and keys count, as
 * others may have sealed under them. What the removed invited or could have opened is closed: every open invite. Also
 * where he says, unseen by who removes him, that he had left before or laid a phone aside, which he can write at any
 * time: those phones are removed with him, or what they write from now on would count.
 */
export const applyRemove = (state: RosterState, by: Device, remove: Remove, place: Place): boolean => {
  const member = personOf(state, remove.devices)
  if (by.role !== 'coordinator' || !member || member === by.member) return false
  const active = state.devicesOf(member)
  const verdict = active.length === 0 ? 'confirmed' : decide(state, by, member, 'remove')
  state.ballots.push({ ...place, by: by.member, member, isAlone: verdict === 'alone' })
  if (verdict === 'vote') return true
  const unseen = state.goneUnseen(member, place)
  const ended = state.end(active, 'removed', place)
  const named = new Set([...ended.map(({ id }) => id), ...remove.devices, ...unseen])
  const again = [...named].filter((id) => state.former.get(id)?.end === 'left' || unseen.includes(id))
  if (ended.length > 0 || again.length > 0) state.cancelInvites(() => true)
  for (const id of named) {
    const former = state.former.get(id)
    if (!former) continue
    const newestMonth = later(former.newestMonth, remove.newestMonth)
    const end = again.includes(id) ? ({ end: 'removed', by: place.author } as const) : {}
    state.former.set(id, { ...former, ...end, pins: pinned(former, remove.pins), newestMonth })
  }
  state.keys.add(remove.keys, state.knowledge.of(place.list, place.index))
  return true
}

/** Of the rooms of all: names of months sort by time. */
const newestMonthIn = (pins: Pins): RoomName | null =>
  [...pins.keys()]
    .filter((room) => /^\d{4}-\d{2}$/.test(room))
    .sort()
    .at(-1) ?? null

/** Who left or laid a phone aside named no newest month: it is the one that is pinned, or a stolen phone could write on. */
export const applyPin = (state: RosterState, by: Device, { devices, pins }: PinLater): boolean => {
  if (by.role !== 'coordinator') return false
  const former = devices.map((id) => state.former.get(id)).filter((device) => device !== undefined)
  for (const device of former) {
    const { end, newestMonth } = device
    const newest = end === 'removed' ? newestMonth : later(newestMonth, newestMonthIn(pins))
    state.former.set(device.id, { ...device, pins: pinned(device, pins), newestMonth: newest })
  }
  return former.length > 0
}

/** A phone of one's own; the last one of a person goes by leaving. */
export const applyRetire = (state: RosterState, by: Device, { device }: Retire, place: Place): boolean => {
  const retired = state.devices.get(device)
  if (!retired || retired.member !== by.member || state.devicesOf(by.member).length === 1) return false
  state.end([retired], 'retired', place)
  return true
}

/** Nobody is held: also the last coordinator may go (his phone warns him before). */
export const applyLeave = (state: RosterState, by: Device, place: Place): boolean => {
  state.end(state.devicesOf(by.member), 'left', place)
  return true
}
