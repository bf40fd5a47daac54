/** Who may act on whom: alone, with a second person, or not at all. */

import type { DeviceId } from './ids.ts'
import type { Device, Vote } from './roster.ts'
import type { Place, RosterState } from './roster-state.ts'
import type { Role } from './statement.ts'

/** From so many coordinators on, nobody makes or unmakes one alone. */
const councilSize = 3

/**
 * May a coordinator make this change now? Alone on members and followers. A coordinator is made alone, and unmade alone
 * by a senior, while there are fewer than three; else it is a vote, and the second person's makes the change.
 */
export const decide = (
  state: RosterState,
  by: Device,
  member: DeviceId,
  change: Vote['change'],
): 'alone' | 'together' | 'vote' => {
  const role = state.roleOf(member)
  if (role !== 'coordinator' && change !== 'coordinator') return 'alone'
  const isFew = state.coordinators().size < councilSize
  if (isFew && (role !== 'coordinator' || state.isSenior(by.member, member))) return 'alone'
  return state.votes.cast({ by: by.member, member, change }) ? 'together' : 'vote'
}

/** The role in which somebody comes in: as a coordinator only if that is decided, else as a member who one voted for. */
export const admittedRole = (state: RosterState, by: Device, device: DeviceId, wished: Role): Role => {
  if (wished !== 'coordinator') return wished
  return by.role === 'coordinator' && decide(state, by, device, wished) !== 'vote' ? wished : 'member'
}

/** Gives a person another role, or votes for it. Stepping down is one's own, but for the last coordinator. */
export const changeRole = (
  state: RosterState,
  by: Device,
  device: DeviceId,
  role: Role,
  place: Place,
): boolean => {
  const member = state.devices.get(device)?.member
  if (by.role !== 'coordinator' || !member || state.roleOf(member) === role) return false
  const isSelf = by.member === member
  if (isSelf && state.coordinators().size === 1) return false
  if (isSelf || decide(state, by, member, role) !== 'vote') state.setRole(member, role, place)
  return true
}
