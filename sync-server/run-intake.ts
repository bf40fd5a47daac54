/** Judges one run of entries, stores what is good, and notes why the rest was not taken [R3]-[R5], [R32]. */

import { createNativeCrypto } from './native-crypto.ts'
import type { NetworkRoster, Rosters } from './network-roster.ts'
import { judgeOpening, openingOf } from './opening.ts'
import { toBase64url } from './protocol/bytes.ts'
import { doesCount } from './protocol/does-count.ts'
import { noHead } from './protocol/entry.ts'
import type { ListFrom, ListRefusal } from './protocol/exchange.ts'
import { emptyList, type HeldList, type JudgedEntry, judgeRun } from './protocol/gate.ts'
import {
  type DeviceId,
  type ListKey,
  type ListName,
  listNameOf,
  type NetworkId,
  parseListName,
  type RoomName,
  rosterRoom,
} from './protocol/ids.ts'
import { limits } from './protocol/limits.ts'
import { isStatementProven } from './protocol/statement-proof.ts'
import type { Run } from './protocol/update.ts'
import { importVerifyKey, type SubtleKey } from './protocol/verify.ts'
import type { RoomList, RoomStates } from './room-states.ts'
import type { AppendFailure, HeadedEntry, Store } from './storage/store.ts'

/** What became of the updates for one room. */
export interface Intake {
  readonly needs: ListFrom[]
  readonly refused: { client: number; index: number; reason: ListRefusal }[]
  /** runs that both sides hold now: they need not be sent back */
  readonly held: { client: number; from: number; to: number }[]
}

export interface IntakeDependencies {
  readonly store: Store
  readonly rosters: Rosters
  readonly states: RoomStates
  readonly now: () => number
  /** [R32] bytes of entries that a network, and one of its devices, may keep here */
  readonly networkBytes: number
  readonly deviceBytes: number
  /** [R30] */
  readonly retentionMonths: number
  /** for counting: an update, or a part of one, was not taken */
  readonly onRefused: (reason: ListRefusal) => void
}

/** One request, over all its rooms. */
export interface IntakeSession {
  readonly network: NetworkId
  /** who brings it: its own entries and those of others */
  readonly device: DeviceId
  /** nothing of this network was held when it came */
  readonly isRefill: boolean
  /** the bearer was in when its request came: a leaving in it does not turn away what it wrote before */
  readonly wasIn: boolean
  /** [R4] grants up to `count` verifications */
  takeVerifies(count: number): number
  /** bad signatures and malformed updates so far; at `limits.strikes` nothing more is judged */
  strikes: number
}

export interface RoomIntake extends IntakeDependencies {
  readonly session: IntakeSession
  readonly room: RoomName
  readonly intake: Intake
  /** what is unknown now will not become known by this request */
  readonly isLast: boolean
}

/** The disk refused: nothing that is not on it may be acknowledged [R11]. Caught where the request is answered. */
export class StoreFailure extends Error {
  readonly failure: AppendFailure

  constructor(failure: AppendFailure) {
    super(`the store failed: ${failure.code}`)
    this.failure = failure
  }
}

/** `unknownAuthor` = nobody in the roster, as it is now, has this list */
export type RunOutcome = 'done' | 'unknownAuthor'

interface Author {
  readonly list: ListKey
  readonly key: SubtleKey
  /** length that this list may reach [R5] */
  readonly maxLength: number
}

const refuse = ({ intake }: RoomIntake, client: number, index: number, reason: ListRefusal): RunOutcome => {
  intake.refused.push({ client, index, reason })
  return 'done'
}

const need = ({ intake }: RoomIntake, client: number, from: number): RunOutcome => {
  intake.needs.push({ client, from })
  return 'done'
}

const rosterNow = ({ rosters, session }: RoomIntake): Promise<NetworkRoster> => rosters.get(session.network)

const otherLists = async ({ states, session, room }: RoomIntake, key: ListKey): Promise<RoomList[]> => {
  const own = listNameOf(key)
  const lists = await states.listsOf(session.network, room, key.device)
  return lists.filter(({ list }) => list !== own)
}

const authorOf = async (context: RoomIntake, list: ListKey): Promise<Author | null> => {
  const held = await rosterNow(context)
  const key = await held.keyOf(list.device)
  if (!key) return null
  const { devices, former } = held.roster
  if (devices.has(list.device)) return { list, key, maxLength: Number.POSITIVE_INFINITY }
  // what a former device wrote in its time is taken from others only
  const isCarried = context.session.wasIn || devices.has(context.session.device)
  if (former.has(list.device)) return { list, key, maxLength: isCarried ? Number.POSITIVE_INFINITY : 0 }
  if (context.room !== rosterRoom) return null
  // who was in, and is not since the admission is void: statements of others come after all that he wrote
  if (isCarried) return { list, key, maxLength: Number.POSITIVE_INFINITY }
  const written = (await otherLists(context, list)).reduce((sum, { length }) => sum + length, 0)
  return { list, key, maxLength: Math.max(0, limits.askerEntries - written) }
}

/** Held entries for the gate to compare with, and the head before them, read once. */
const heldListOf = async (context: RoomIntake, held: RoomList | undefined, run: Run): Promise<HeldList> => {
  if (!held) return emptyList()
  const { store, session, room } = context
  const start = Math.max(0, run.fromIndex - 1)
  const end = Math.min(held.length, run.fromIndex + run.entries.length)
  const entries: HeadedEntry[] = []
  while (run.fromIndex < held.length && start + entries.length < end) {
    const from = start + entries.length
    const piece = await store.readList(session.network, room, held.list, from, limits.updateBytes)
    if (piece.entries.length === 0) break
    entries.push(...piece.entries)
  }
  return {
    ...held,
    entryAt: async (index) => entries[index - start]?.entry ?? null,
    // asked only where bytes differ: the check whether that is a fork counts against the budget like any other
    headBefore: async (index) => {
      if (session.takeVerifies(1) === 0) return null
      return index === 0 ? noHead() : (entries[index - 1 - start]?.head ?? null)
    },
  }
}

const isWithinQuota = async (context: RoomIntake, list: ListKey, entries: readonly JudgedEntry[]) => {
  const { store, session } = context
  const added = entries.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const [network, device] = await Promise.all([
    store.bytes(session.network),
    store.bytes(session.network, list.device),
  ])
  return network + added <= context.networkBytes && device + added <= context.deviceBytes
}

/** Records up to the first that would not count: behind a fork, or of a former device and not from its time. */
const countedPart = async (context: RoomIntake, key: ListKey, entries: readonly JudgedEntry[]) => {
  const { room } = context
  const { roster } = await rosterNow(context)
  const place = { author: key.device, room, list: listNameOf(key) }
  const isFormer = roster.former.has(key.device)
  const end = entries.findIndex(({ index, entry }) => {
    // asked of former devices only
    const keyId = isFormer && entry.sealed ? toBase64url(entry.sealed.keyId) : null
    return !doesCount(roster, { ...place, index, keyId })
  })
  return end === -1 ? entries : entries.slice(0, end)
}

/** Statements up to the first whose proof fails. What counts for nothing is kept: all are to hold the same roster. */
const provenPart = async ({ session }: RoomIntake, { device }: ListKey, entries: readonly JudgedEntry[]) => {
  for (const [i, { entry }] of entries.entries())
    if (!(await isStatementProven(session.network, device, entry))) return entries.slice(0, i)
  return entries
}

/** Null when all of it is durable, else why not. */
const storeEntries = async (
  context: RoomIntake,
  list: ListKey,
  entries: readonly JudgedEntry[],
): Promise<ListRefusal | null> => {
  const [first] = entries
  if (!first) return null
  const isNewList = first.index === 0
  if (isNewList && (await otherLists(context, list)).length >= limits.generations) return 'quota'
  if (!(await isWithinQuota(context, list, entries))) return 'quota'
  const { store, session, room } = context
  const headed = entries.map(({ bytes, head }) => ({ entry: bytes, head }))
  const appended = await store.append(session.network, room, listNameOf(list), first.index, headed)
  if (appended.ok) return null
  switch (appended.error.code) {
    case 'conflict':
      return 'fork'
    case 'clientTaken':
      return 'notAllowed'
    case 'gap':
    case 'full':
    case 'unavailable':
      throw new StoreFailure(appended.error)
  }
}

const takeFromAuthor = async (
  context: RoomIntake,
  run: Run,
  author: Author,
  held: RoomList | undefined,
): Promise<RunOutcome> => {
  const { session, intake, room } = context
  const length = held?.length ?? 0
  const end = run.fromIndex + run.entries.length
  if (run.fromIndex > length) return need(context, run.client, length)
  const allowedEnd = Math.max(length, Math.min(end, author.maxLength))
  const judgedEnd = length + (end > length ? session.takeVerifies(allowedEnd - length) : 0)
  const judged = await judgeRun({
    network: session.network,
    room,
    list: author.list,
    held: await heldListOf(context, held, run),
    key: author.key,
    run: { ...run, entries: run.entries.slice(0, judgedEnd - run.fromIndex) },
    crypto: createNativeCrypto(),
  })
  const acceptable = room === rosterRoom ? provenPart : countedPart
  const accepted = await acceptable(context, author.list, judged.accepted)
  const problem = await storeEntries(context, author.list, accepted)
  if (problem) return refuse(context, run.client, accepted[0]?.index ?? length, problem)
  const heldEnd = run.fromIndex + judged.skipped + accepted.length
  if (heldEnd > run.fromIndex) intake.held.push({ client: run.client, from: run.fromIndex, to: heldEnd })
  if (accepted.length < judged.accepted.length) return refuse(context, run.client, heldEnd, 'notAllowed')
  if (judged.stop) {
    if (judged.stop.reason === 'gap') return need(context, run.client, length)
    const isFork = judged.stop.reason === 'fork' && judged.stop.proven
    if (!isFork) session.strikes++
    const reason = judged.stop.reason === 'fork' && !isFork ? 'signature' : judged.stop.reason
    return refuse(context, run.client, judged.stop.index, reason)
  }
  if (heldEnd === end) return 'done'
  return refuse(context, run.client, heldEnd, judgedEnd < allowedEnd ? 'tooFast' : 'notAllowed')
}

/** The first entry goes in alone: it decides what its author may do with the rest [R15]. */
const takeOpener = async (context: RoomIntake, run: Run, list: ListKey): Promise<RunOutcome> => {
  const opening = openingOf(run)
  // its author may become known by another list of the same request
  if (!opening) return 'unknownAuthor'
  const { session } = context
  const verdict = await judgeOpening(
    session.network,
    await rosterNow(context),
    opening,
    { ...session, isLast: context.isLast },
    context.now(),
  )
  if (verdict === 'unknown') return 'unknownAuthor'
  if (verdict === 'forged') session.strikes++
  const key = verdict === 'taken' ? await importVerifyKey(opening.statement.signKey) : null
  if (!key) return refuse(context, run.client, 0, 'notAllowed')
  const refusedBefore = context.intake.refused.length
  const first: Run = { ...run, entries: run.entries.slice(0, 1) }
  await takeFromAuthor(context, first, { list, key, maxLength: 1 }, undefined)
  const rest = run.entries.slice(1)
  if (context.intake.refused.length > refusedBefore || rest.length === 0) return 'done'
  return takeRun(context, { ...run, fromIndex: 1, entries: rest })
}

/** Resolves when what was accepted is durable; throws {@link StoreFailure}. */
export const takeRun = async (context: RoomIntake, run: Run): Promise<RunOutcome> => {
  const { states, session, room } = context
  if (session.strikes >= limits.strikes) return refuse(context, run.client, run.fromIndex, 'tooFast')
  const held = await states.list(session.network, room, run.client)
  const name: ListName | null = held?.list ?? run.list
  const list = name && parseListName(name)
  if (!list) return need(context, run.client, 0)
  // two devices whose ids begin alike: the later one is void
  if (run.list && run.list !== name) return refuse(context, run.client, 0, 'notAllowed')
  const author = await authorOf(context, list)
  if (author) return takeFromAuthor(context, run, author, held)
  return room === rosterRoom && !held ? takeOpener(context, run, list) : 'unknownAuthor'
}
