/** One act of one actor at one time: what the relay and what phones make of it. */

import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { parseEntry } from '../../sync-server/protocol/entry.ts'
import { judgeRun } from '../../sync-server/protocol/gate.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { isStatementProven } from '../../sync-server/protocol/statement-proof.ts'
import type { Saw, Seat } from '../support/council.ts'
import type { TestList } from '../support/entries.ts'
import { type Actor, hostileRelay } from './actors.ts'
import { bring } from './channels.ts'
import type { Stage } from './stage.ts'
import type { StatementAction } from './statement-actions.ts'

/**
 * now: nothing has changed · settled: his place changes later, by who knows of the act · meanwhile: neither knew of the
 * other · after: he knows of it · backdated: he knows of it and writes as if he did not
 */
export const times = ['now', 'settled', 'meanwhile', 'after', 'backdated'] as const
export type Time = (typeof times)[number]

const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return toBase64url(value as Bytes)
  if (value instanceof Map) return [...value].map(plain).sort()
  if (Array.isArray(value)) return value.map(plain)
  if (value && typeof value === 'object')
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, plain(one)])
  return value
}

/** What people would notice of a roster: no invite that lets nobody in, no cut but those of records, no key of who is not in. */
const visible = ({ lengths, applied, waiting, refused, cards, ...rest }: Roster) => {
  const invites = [...rest.invites].filter(([, { cancelled }]) => !cancelled)
  const cuts = [...rest.cuts].filter(([id]) => !id.startsWith(rosterRoom))
  return Object.fromEntries(
    Object.entries({ ...rest, invites, cuts }).map(([key, value]) => [key, JSON.stringify(plain(value))]),
  )
}

const visibleOf = new WeakMap<Roster, ReturnType<typeof visible>>()

/** void: nothing is another than without it · vote · half: a vote, and something else · done */
export const effectOf = (without: Roster, roster: Roster): string => {
  const before = visibleOf.get(without) ?? visible(without)
  visibleOf.set(without, before)
  const after = visible(roster)
  const changed = Object.keys(after).filter((key) => after[key] !== before[key])
  if (changed.length === 0) return 'void'
  const isVote = roster.votes.length > without.votes.length
  if (isVote) return changed.length === 1 ? 'vote' : 'half'
  return 'done'
}

const sawAt = (time: Time, base: Saw): Saw => {
  if (time === 'backdated') return 'nothing'
  return time === 'meanwhile' ? base : 'all'
}
const isLate = (time: Time): boolean => time === 'after' || time === 'backdated'

const isProven = async ({ list }: Seat): Promise<boolean> => {
  const parsed = parseEntry(list.entries.at(-1) as Bytes)
  return parsed.ok && isStatementProven(list.network, list.key.device, parsed.value)
}

interface Told {
  seat: Seat
  from: number
  roster: Roster
  proven: boolean
}

/** Plays the cell with or without the act. */
const play = async (
  stage: Stage,
  actor: Actor,
  action: StatementAction,
  time: Time,
  isActing: boolean,
): Promise<Told> => {
  const { council } = stage
  const seat = await actor.enter(stage)
  await action.before?.(stage, seat)
  const base = council.now()
  if (isLate(time)) await actor.end?.(stage, 'all')
  const from = seat.list.length
  if (isActing) await action.act(stage, seat, sawAt(time, base))
  const proven = !isActing || (await isProven(seat))
  if (time === 'settled') await actor.end?.(stage, 'all')
  if (time === 'meanwhile') await actor.end?.(stage, base)
  return { seat, from, roster: stage.roster(), proven }
}

/** The relay is asked where the act would be the first news to it. */
const relayOf = async (stage: Stage, actor: Actor, { seat, from }: Told): Promise<string> => {
  const store = stage.store.copy()
  const act = seat.list
  const kept = [...act.entries]
  const heads = [...act.heads]
  act.entries.length = from
  act.heads.length = from
  await stage.fill(store, actor.isOutside ? [act] : [])
  act.entries.push(...kept.slice(from))
  act.heads.push(...heads.slice(from))
  return bring(store, seat.device, act, actor.isOutside ? 0 : from, stage.person('neighbour').device)
}

/** unknown: no phone takes a statement whose author's key it has not */
const heard = (without: Roster, { seat, roster }: Told): string => {
  const { devices, former, askers } = without
  const isKnown = [devices, former, askers].some((some) => some.has(seat.id))
  return isKnown ? effectOf(without, roster) : 'unknown'
}

/** Of acts that nothing is said before: the same for all of them. */
const known = new Map<string, Roster>()

const withoutAct = async (
  stage: Stage,
  actor: Actor,
  action: StatementAction,
  time: Time,
): Promise<Roster> => {
  const key = `${actor.name} ${time} ${action.size ?? 'four'} ${action.before ? action.name : ''}`
  const start = stage.mark()
  const roster = known.get(key) ?? (await play(stage, actor, action, time, false)).roster
  stage.rewind(start)
  known.set(key, roster)
  return roster
}

export const statementVerdict = async (
  stage: Stage,
  actor: Actor,
  action: StatementAction,
  time: Time,
): Promise<string> => {
  const start = stage.mark()
  try {
    const without = await withoutAct(stage, actor, action, time)
    const told = await play(stage, actor, action, time, true)
    const effect = told.proven ? heard(without, told) : 'forged'
    const isAsked = time === 'now' || isLate(time)
    return isAsked ? `${await relayOf(stage, actor, told)} ${effect}` : effect
  } finally {
    stage.rewind(start)
  }
}

/** What a phone's gate says of a list that goes on where the author's own ends, under another signature. */
export const gateOf = async (own: TestList, forged: TestList, { device }: Seat): Promise<string> => {
  const { network, room, key, length, head } = own
  const held = { length, head, entryAt: async () => null }
  const run = forged.run(length)
  const judged = await judgeRun({ network, room, list: key, held, key: device.signing.verifyKey, run })
  return judged.stop?.reason === 'signature' && judged.accepted.length === 0 ? 'forged' : 'taken'
}

/** What becomes of an act that a relay puts into the founder's list. */
export const forgedVerdict = async (stage: Stage, action: StatementAction): Promise<string> => {
  const start = stage.mark()
  try {
    const founder = stage.person('founder')
    await action.before?.(stage, founder)
    const forger = await hostileRelay(stage)
    await action.act(stage, forger, 'all')
    return await gateOf(founder.list, forger.list, founder)
  } finally {
    stage.rewind(start)
  }
}
