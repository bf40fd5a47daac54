/** One pass over the statements in their order, with the cuts that are known: the roster that these make. */

import type { ListName } from './ids.ts'
import {
  applyAddDevice,
  applyAdmit,
  applyAsk,
  applyCancel,
  applyGenesis,
  applyInvite,
} from './roster-admission.ts'
import type { EntriesByList } from './roster-causes.ts'
import { applyLeave, applyPin, applyRemove, applyRetire } from './roster-ending.ts'
import { type RosterCuts, RosterOrder } from './roster-order.ts'
import { changeRole } from './roster-roles.ts'
import { type Place, RosterState } from './roster-state.ts'
import type { Statement } from './statement.ts'

export interface RosterWorld {
  state: RosterState
  lengths: ReadonlyMap<ListName, number>
  applied: number
  waiting: number
  refused: number
}

/** Changes the state by one statement; false when its author may not make it. */
const apply = (state: RosterState, place: Place, statement: Statement): boolean => {
  if (statement.type === 'genesis') return applyGenesis(state, place, statement)
  if (statement.type === 'ask') return applyAsk(state, place, statement)
  // proven by its two signatures, whoever brings it; it is heeded before the order begins
  if (statement.type === 'fork') return true
  // who waits to be let in has a name already
  if (statement.type === 'name') state.noteName(place)
  const by = state.devices.get(place.author)
  if (!by) return false
  switch (statement.type) {
    case 'invite':
      return applyInvite(state, by, statement)
    case 'cancel':
      return applyCancel(state, by, statement)
    case 'admit':
      return applyAdmit(state, by, statement, place)
    case 'device':
      return applyAddDevice(state, by, statement)
    case 'role':
      return changeRole(state, by, statement.device, statement.role, place)
    case 'remove':
      return applyRemove(state, by, statement, place)
    case 'pin':
      return applyPin(state, by, statement)
    case 'retire':
      return applyRetire(state, by, statement, place)
    case 'leave':
      return applyLeave(state, by, place)
    case 'rotate':
      if (by.role !== 'coordinator') return false
      state.keys.add(statement.keys, state.knowledge.of(place.list, place.index))
      return true
    case 'settings':
      if (by.role !== 'coordinator') return false
      state.membersMayInvite = statement.membersMayInvite
      return true
    case 'name':
    case 'carried':
      return true
  }
}

export const worldOf = (lists: EntriesByList, cuts: RosterCuts): RosterWorld => {
  const state = new RosterState()
  const order = new RosterOrder(lists, cuts, {
    rankOf: (author) => state.rankOf(author),
    hasInvite: (id) => state.invites.has(id),
  })
  let applied = 0
  let refused = 0
  for (let turn = order.next(); turn; turn = order.next()) {
    const { line, entry, statement } = turn
    const { list, index } = entry
    state.knowledge.arrive(list, index, 'after' in statement ? statement.after : [])
    if (!apply(state, { author: line.author, list, index }, statement)) refused++
    order.pass(line)
    applied++
  }
  return { state, lengths: order.lengths(), applied, refused, waiting: order.statements - applied }
}
