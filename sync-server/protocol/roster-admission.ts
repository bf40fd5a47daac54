/** How one comes in: genesis, an invite and an ask, admission by a coordinator, a further phone of one's own. */

import type { DeviceId } from './ids.ts'
import { limits } from './limits.ts'
import type { Asker, Device, OpenInvite } from './roster.ts'
import { admittedRole, changeRole } from './roster-roles.ts'
import type { Place, RosterState } from './roster-state.ts'
import {
  type AddDevice,
  type Admit,
  type Ask,
  type Cancel,
  type Genesis,
  type Invite,
  inviteIdOf,
} from './statement.ts'

export const applyGenesis = (state: RosterState, { author, index }: Place, genesis: Genesis): boolean => {
  if (state.rankOf(author) !== null || state.devices.size > 0 || state.former.size > 0 || index > 0)
    return false
  const { signKey, receiveKey, atS, keys } = genesis
  const founder = { id: author, member: author, signKey, receiveKey, joinedS: atS, invitedBy: null }
  state.admit({ ...founder, role: 'coordinator' })
  state.keys.add(keys, 0n)
  return true
}

/** A coordinator's, or where the network allows it a member's, who lets nobody in without a coordinator. */
export const applyInvite = (state: RosterState, by: Device, invite: Invite): boolean => {
  const { key, role, expiresS, uses, approval, codeId } = invite
  const id = inviteIdOf(key)
  const isMembers = state.membersMayInvite && by.role === 'member' && approval && role !== 'coordinator'
  if (state.invites.has(id) || (by.role !== 'coordinator' && !isMembers)) return false
  const code = codeId ? { codeId } : {}
  const terms = { key, role, expiresS, uses, approval, ...code }
  state.invites.set(id, { ...terms, used: 0, cancelled: false, by: by.id })
  return true
}

/** By a coordinator, or by who made the invite. */
export const applyCancel = (state: RosterState, by: Device, { key }: Cancel): boolean => {
  const invite = state.invites.get(inviteIdOf(key))
  if (!invite || (by.role !== 'coordinator' && state.known(invite.by)?.member !== by.member)) return false
  invite.cancelled = true
  return true
}

const whyNotAdmitted = (
  state: RosterState,
  device: DeviceId,
  invite: OpenInvite | undefined,
  atS: number,
): Asker['reason'] | null => {
  if (!invite) return 'noInvite'
  if (state.isTaken(device)) return 'idTaken'
  if (invite.cancelled) return 'cancelled'
  if (atS > invite.expiresS) return 'expired'
  if (invite.used >= invite.uses) return 'used'
  return invite.approval ? 'approval' : null
}

/** Admits, or lets wait; false for who waits. */
export const applyAsk = (state: RosterState, { author, index }: Place, ask: Ask): boolean => {
  if (state.known(author) || index > 0) return false
  const { signKey, receiveKey, inviteKey, atS } = ask
  const invite = state.invites.get(inviteIdOf(inviteKey))
  const reason = whyNotAdmitted(state, author, invite, atS)
  const inviter = invite && state.known(invite.by)
  if (!reason && invite && inviter) {
    invite.used++
    const role = admittedRole(state, inviter, author, invite.role)
    const keys = { signKey, receiveKey }
    state.admit({ id: author, member: author, ...keys, role, joinedS: atS, invitedBy: invite.by })
    return true
  }
  const mayReadRoster = invite?.approval === true && (reason === 'approval' || reason === 'used')
  const asker = { id: author, signKey, receiveKey, inviteKey, askedS: atS }
  state.askers.set(author, { ...asker, reason: reason ?? 'noInvite', mayReadRoster })
  return false
}

/** One who asked and waits, for whatever reason; or face to face. Who is in already gets a vote, if it is one. */
export const applyAdmit = (state: RosterState, by: Device, admit: Admit, place: Place): boolean => {
  if (by.role !== 'coordinator') return false
  const { device: id, role, card } = admit
  if (state.devices.has(id)) return role === 'coordinator' && changeRole(state, by, id, role, place)
  if (state.isTaken(id)) return false
  const asker = state.askers.get(id)
  const keys = card ?? asker
  if (!keys) return false
  const invite = asker && state.invites.get(inviteIdOf(asker.inviteKey))
  if (invite && invite.used < invite.uses) invite.used++
  state.admit({
    id,
    member: id,
    signKey: keys.signKey,
    receiveKey: keys.receiveKey,
    role: admittedRole(state, by, id, role),
    joinedS: asker?.askedS ?? 0,
    invitedBy: card ? by.id : (invite?.by ?? by.id),
  })
  return true
}

export const applyAddDevice = (state: RosterState, by: Device, { device, card }: AddDevice): boolean => {
  if (state.isTaken(device) || state.devicesOf(by.member).length >= limits.devicesOfPerson) return false
  const { signKey, receiveKey } = card
  const { member, role } = by
  state.admit({ id: device, member, signKey, receiveKey, role, joinedS: 0, invitedBy: by.id })
  return true
}
