/** Who may open a list in a roster room [R5]: what costs little is asked before any signature is checked. */

import type { NetworkRoster } from './network-roster.ts'
import { type Bytes, sha256, toBase64url } from './protocol/bytes.ts'
import { entryKind, headHash, noHead, parseEntry } from './protocol/entry.ts'
import { type DeviceId, type ListName, type NetworkId, parseListName, rosterRoom } from './protocol/ids.ts'
import { reduceRoster } from './protocol/roster-reducer.ts'
import { type Ask, type Genesis, inviteIdOf } from './protocol/statement.ts'
import { parseStatement } from './protocol/statement-codec.ts'
import { opensRosterList } from './protocol/statement-proof.ts'
import type { Run } from './protocol/update.ts'
import { receiverLength } from './protocol/wraps.ts'

/** Asks that wait for a coordinator in one network: a link that leaked cannot fill the roster. */
export const maxAskers = 200

/** A run that begins a list with a genesis or an ask, neither of them checked yet. */
export interface Opening {
  readonly list: ListName
  readonly device: DeviceId
  readonly statement: Genesis | Ask
  readonly publicPart: Bytes
  /** all bytes of the entry before its signature */
  readonly unsigned: Bytes
}

export const openingOf = (run: Run): Opening | null => {
  const key = run.fromIndex === 0 && run.list ? parseListName(run.list) : null
  const first = run.entries[0]
  const entry = key && first ? parseEntry(first) : null
  if (!key || !run.list || !entry?.ok || entry.value.kind !== entryKind.statement) return null
  const { publicPart, unsigned } = entry.value
  const statement = parseStatement(publicPart)
  if (!statement.ok || (statement.value.type !== 'genesis' && statement.value.type !== 'ask')) return null
  return { list: run.list, device: key.device, statement: statement.value, publicPart, unsigned }
}

export const isProven = (network: NetworkId, { device, statement, publicPart }: Opening): Promise<boolean> =>
  opensRosterList(network, device, statement, publicPart)

/** Who brings an opening. */
export interface Bearer {
  readonly device: DeviceId
  /** the relay held nothing of this network when the request came: it lost its disk, or is a second one [R14] */
  readonly isRefill: boolean
  /** all else of the request is in: whoever is still unknown stays so */
  readonly isLast: boolean
}

const isCarried = ({ roster }: NetworkRoster, { device }: Opening, bearer: Bearer): boolean =>
  bearer.device !== device && (bearer.isRefill || roster.devices.has(bearer.device))

/**
 * The relay alone refuses late first arrivals, unless somebody wrapped a key for that device already, or another
 * member brings the ask, or the relay itself is new to the network: it cannot say then when anybody came.
 */
const isTooLate = async (
  held: NetworkRoster,
  opening: Opening,
  ask: Ask,
  bearer: Bearer,
  nowMs: number,
): Promise<boolean> => {
  const invite = held.roster.invites.get(inviteIdOf(ask.inviteKey))
  if (!invite || invite.expiresS * 1000 >= nowMs) return false
  if (bearer.isRefill || isCarried(held, opening, bearer)) return false
  const receiver = toBase64url((await sha256(ask.receiveKey)).slice(0, receiverLength))
  return !held.wrapReceivers.has(receiver)
}

/**
 * Would the roster admit this ask, or let it wait for a coordinator? What another member brings stood in the roster
 * elsewhere: statements of others come after it, also where its author is out by now, and would wait for it here for ever.
 * So an ask that would take the place of somebody admitted (an invite for one, claimed again with an earlier time) comes
 * in only by the hand of a member: whoever holds a used link cannot push anybody out.
 */
const isWelcome = async (
  network: NetworkId,
  held: NetworkRoster,
  opening: Opening,
  bearer: Bearer,
): Promise<boolean> => {
  const { list, device, statement, unsigned } = opening
  if (isCarried(held, opening, bearer)) return true
  const key = parseListName(list)
  if (!key) return false
  const head = await headHash(
    { network, room: rosterRoom, list: key, index: 0, previous: noHead() },
    unsigned,
  )
  const tried = reduceRoster([...held.entries, { list, index: 0, head, statement }])
  const displaces = [...held.roster.devices.keys()].some((id) => !tried.devices.has(id))
  if (displaces) return false
  const reason = tried.askers.get(device)?.reason
  return tried.devices.has(device) || reason === 'approval' || reason === 'used'
}

/**
 * What becomes of the opening of a device that the roster does not know: `unknown` = its invite is not here (it may
 * come in the same request), `forged` = its proof is none.
 */
export const judgeOpening = async (
  network: NetworkId,
  held: NetworkRoster,
  opening: Opening,
  bearer: Bearer,
  nowMs: number,
): Promise<'taken' | 'unknown' | 'refused' | 'forged'> => {
  const { statement } = opening
  const hasGenesis = held.entries.some((entry) => entry.statement?.type === 'genesis')
  if (statement.type === 'genesis') {
    // who came before it keeps nobody out
    if (hasGenesis) return 'refused'
    return (await isProven(network, opening)) ? 'taken' : 'forged'
  }
  // an invite can be void for good, and statements come after an ask by it all the same; of a network that is not here it says nothing
  const isStray = hasGenesis && bearer.isLast && isCarried(held, opening, bearer)
  if (!isStray && !held.roster.invites.has(inviteIdOf(statement.inviteKey))) return 'unknown'
  if (held.roster.askers.size >= maxAskers || (await isTooLate(held, opening, statement, bearer, nowMs)))
    return 'refused'
  if (!(await isProven(network, opening))) return 'forged'
  return (await isWelcome(network, held, opening, bearer)) ? 'taken' : 'refused'
}
