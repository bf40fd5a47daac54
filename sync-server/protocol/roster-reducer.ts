/**
 * The roster: who we are, reduced from signed statements by one pure function that phones and relay share.
 *
 * Input are entries of the room `roster` whose signatures were checked, statements that open a list by
 * `opensRosterList` as well; genesis and ask count only there, first in their list. The order of
 * statements is causal (own list, then `after`; an ask comes after its invite), then by seniority, then by head hash:
 * see `roster-order.ts`. The same set gives the same roster whatever order it came in. A statement whose causes are
 * not here waits; one that its author may not make, or of a type of a later version, keeps its place and changes
 * nothing.
 */

import type { Bytes } from './bytes.ts'
import { clientPrefix, type DeviceId } from './ids.ts'
import type { Asker, Device, OpenInvite, Roster } from './roster.ts'
import { type RosterEntry, RosterOrder } from './roster-order.ts'
import { type AudienceName, type Invite, inviteIdOf, type Statement } from './statement.ts'

interface State {
  devices: Map<DeviceId, Device>
  askers: Map<DeviceId, Asker>
  invites: Map<string, OpenInvite>
  chains: Record<AudienceName, Bytes[]>
  prefixes: Set<number>
}

const isCoordinator = (state: State, device: DeviceId): boolean =>
  state.devices.get(device)?.role === 'coordinator'

const admit = (state: State, device: Omit<Device, 'seniority'>): void => {
  state.devices.set(device.id, { ...device, seniority: state.devices.size })
  state.askers.delete(device.id)
  state.prefixes.add(clientPrefix(device.id))
}

const whyNotAdmitted = (
  state: State,
  device: DeviceId,
  invite: OpenInvite | undefined,
  atS: number,
): Asker['reason'] | null => {
  if (!invite) return 'noInvite'
  if (state.prefixes.has(clientPrefix(device))) return 'idTaken'
  if (invite.cancelled) return 'cancelled'
  if (atS > invite.expiresS) return 'expired'
  if (invite.used >= invite.uses) return 'used'
  return invite.approval ? 'approval' : null
}

/** Changes the state by one statement; false when its author may not make it. */
const apply = (state: State, author: DeviceId, statement: Statement, index: number): boolean => {
  switch (statement.type) {
    case 'genesis': {
      if (state.devices.size > 0 || index > 0) return false
      const { signKey, receiveKey, atS, keys } = statement
      admit(state, {
        id: author,
        member: author,
        signKey,
        receiveKey,
        role: 'coordinator',
        joinedS: atS,
        invitedBy: null,
      })
      for (const audience of ['all', 'members', 'coordinators'] as const)
        state.chains[audience].push(keys[audience])
      return true
    }
    case 'ask': {
      if (state.devices.has(author) || index > 0) return false
      const invite = state.invites.get(inviteIdOf(statement.inviteKey))
      const reason = whyNotAdmitted(state, author, invite, statement.atS)
      const { signKey, receiveKey, atS } = statement
      if (reason || !invite) {
        const mayReadRoster = invite?.approval === true && (reason === 'approval' || reason === 'used')
        state.askers.set(author, {
          id: author,
          signKey,
          receiveKey,
          inviteKey: statement.inviteKey,
          askedS: atS,
          reason: reason ?? 'noInvite',
          mayReadRoster,
        })
        return false
      }
      invite.used++
      admit(state, {
        id: author,
        member: author,
        signKey,
        receiveKey,
        role: invite.role,
        joinedS: atS,
        invitedBy: invite.by,
      })
      return true
    }
    case 'invite': {
      const id = inviteIdOf(statement.key)
      if (!isCoordinator(state, author) || state.invites.has(id)) return false
      const { key, role, expiresS, uses, approval } = statement satisfies Invite
      state.invites.set(id, { key, role, expiresS, uses, approval, used: 0, cancelled: false, by: author })
      return true
    }
    case 'cancel': {
      const invite = state.invites.get(inviteIdOf(statement.key))
      if (!isCoordinator(state, author) || !invite) return false
      invite.cancelled = true
      return true
    }
    default:
      return state.devices.has(author)
  }
}

/** See the head of this file. `entries` in any order, any of them more than once. */
export const reduceRoster = (entries: readonly RosterEntry[]): Roster => {
  const state: State = {
    devices: new Map(),
    askers: new Map(),
    invites: new Map(),
    chains: { all: [], members: [], coordinators: [] },
    prefixes: new Set(),
  }
  const order = new RosterOrder(entries, {
    seniorityOf: (author) => state.devices.get(author)?.seniority ?? null,
    hasInvite: (id) => state.invites.has(id),
  })
  let applied = 0
  let refused = 0
  for (let turn = order.next(); turn; turn = order.next()) {
    const { line, entry, statement } = turn
    if (!apply(state, line.author, statement, entry.index)) refused++
    order.pass(line)
    applied++
  }
  const { devices, askers, invites, chains } = state
  const waiting = order.statements - applied
  const last = chains.all.length - 1
  return {
    devices,
    former: new Map(),
    askers,
    invites,
    chains,
    current: { all: last, members: last, coordinators: last },
    stale: [],
    votes: [],
    cuts: new Map(),
    settings: { membersMayInvite: false },
    lengths: order.lengths(),
    applied,
    waiting,
    refused,
  }
}

export const emptyRoster = (): Roster => reduceRoster([])
