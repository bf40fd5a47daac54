/** Who may open a list in a roster room, and what statements the relay takes at all [R5]. */

import type { NetworkRoster } from './network-roster.ts'
import { sha256, toBase64url } from './protocol/bytes.ts'
import { type Entry, entryKind, parseEntry } from './protocol/entry.ts'
import { type DeviceId, type NetworkId, parseListName } from './protocol/ids.ts'
import { reduceRoster } from './protocol/roster.ts'
import {
  type Ask,
  inviteIdOf,
  opensRosterList,
  parseStatement,
  type Statement,
} from './protocol/statement.ts'
import type { Run } from './protocol/update.ts'
import { receiverLength } from './protocol/wraps.ts'

/** Asks that wait for a coordinator in one network: a link that leaked cannot fill the roster. */
export const maxAskers = 200

export interface Opener {
  readonly device: DeviceId
  readonly statement: Statement & { readonly type: 'genesis' | 'ask' }
}

export const statementOf = (entry: Entry): Statement | 'malformed' | null => {
  if (entry.kind !== entryKind.statement) return null
  const parsed = parseStatement(entry.publicPart)
  return parsed.ok ? parsed.value : 'malformed'
}

/** The genesis or ask that a run begins with, when it proves itself; null for every other run. */
export const openerOf = async (network: NetworkId, run: Run): Promise<Opener | null> => {
  const key = run.fromIndex === 0 && run.list ? parseListName(run.list) : null
  const first = run.entries[0]
  const entry = key && first ? parseEntry(first) : null
  if (!key || !entry?.ok) return null
  const statement = statementOf(entry.value)
  if (!statement || statement === 'malformed') return null
  if (statement.type !== 'genesis' && statement.type !== 'ask') return null
  return (await opensRosterList(network, key.device, statement, entry.value.publicPart))
    ? { device: key.device, statement }
    : null
}

/**
 * May this statement be taken at this place? Genesis and ask carry proofs that the reducer trusts, wherever they
 * stand; so they are checked wherever they stand.
 */
export const isStatementProven = async (
  network: NetworkId,
  device: DeviceId,
  entry: Entry,
): Promise<boolean> => {
  const statement = statementOf(entry)
  if (statement === 'malformed') return false
  if (statement?.type !== 'genesis' && statement?.type !== 'ask') return true
  return opensRosterList(network, device, statement, entry.publicPart)
}

/** The relay alone refuses late first arrivals, unless somebody wrapped a key for that device already. */
const isTooLate = async (held: NetworkRoster, ask: Ask, nowMs: number): Promise<boolean> => {
  const invite = held.roster.invites.get(inviteIdOf(ask.inviteKey))
  if (!invite || invite.expiresS * 1000 >= nowMs) return false
  const receiver = toBase64url((await sha256(ask.receiveKey)).slice(0, receiverLength))
  return !held.wrapReceivers.has(receiver)
}

/**
 * What becomes of a proven opener of a device that the roster does not know: `unknown` = its invite is not here (it
 * may come in the same request), `refused` = never.
 */
export const judgeOpener = async (
  held: NetworkRoster,
  run: Run,
  { device, statement }: Opener,
  nowMs: number,
): Promise<'taken' | 'unknown' | 'refused'> => {
  if (statement.type === 'genesis') return held.entries.length === 0 ? 'taken' : 'refused'
  if (held.roster.askers.size >= maxAskers || (await isTooLate(held, statement, nowMs))) return 'refused'
  const list = run.list
  if (!list) return 'refused'
  // the head only decides between asks of the same moment; this one is not in the order yet
  const tried = reduceRoster([...held.entries, { list, index: 0, head: new Uint8Array(32), statement }])
  if (tried.devices.has(device)) return 'taken'
  const reason = tried.askers.get(device)?.reason
  if (reason === 'approval' || reason === 'used') return 'taken'
  return reason === 'noInvite' || reason === undefined ? 'unknown' : 'refused'
}
