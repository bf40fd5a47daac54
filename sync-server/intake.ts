/** Takes what a request brings for one room; each list is judged alone [R3]. */

import type { Bytes } from './protocol/bytes.ts'
import { monthStartMs, type RoomName } from './protocol/ids.ts'
import { limits } from './protocol/limits.ts'
import { parseUpdate, type Run } from './protocol/update.ts'
import { isRoomKept } from './retention.ts'
import { type Intake, type IntakeDependencies, type IntakeSession, takeRun } from './run-intake.ts'

export const emptyIntake = (): Intake => ({ needs: [], refused: [], held: [] })

/** A month room is open from the retention limit to two days before it begins [R30]; other rooms always. */
const isRoomOpen = (room: RoomName, nowMs: number, retentionMonths: number): boolean =>
  isRoomKept(room, nowMs, retentionMonths) && (monthStartMs(room) ?? 0) <= nowMs + limits.roomAheadMs

/** Rooms of private spaces are not built yet: nothing says who may read them, so nobody may. */
export const isPrivateRoom = (room: RoomName): boolean => room.startsWith('s-')

/** Updates that were read, and what is to be said of those that could not be. */
export interface ReadUpdates {
  readonly runs: readonly Run[]
  readonly intake: Intake
}

/** Bytes of entries that are judged and stored as one run though they came in several updates. */
const joinedBytes = 64 * 1024

/** Runs that continue one another become one: one look at the list, one write. */
const joined = (runs: readonly Run[]): Run[] => {
  const all: Run[] = []
  const lastByClient = new Map<number, { run: Run; bytes: number }>()
  for (const run of runs) {
    const bytes = run.entries.reduce((sum, { length }) => sum + length, 0)
    const last = lastByClient.get(run.client)
    const isNext = last && last.run.fromIndex + last.run.entries.length === run.fromIndex
    if (isNext && last.bytes + bytes <= joinedBytes) {
      last.run.entries.push(...run.entries)
      last.bytes += bytes
      continue
    }
    const opened = { ...run, entries: [...run.entries] }
    all.push(opened)
    lastByClient.set(run.client, { run: opened, bytes })
  }
  return all
}

/**
 * Malformed updates are refused whole and counted; nobody can say whose they were, so their client is 0 [R2]. What comes
 * after the last strike is not read.
 */
export const readUpdates = (
  updates: readonly Bytes[],
  session: IntakeSession,
  maxBytes: number = limits.updateBytes,
): ReadUpdates => {
  const intake = emptyIntake()
  const runs: Run[] = []
  for (const update of updates) {
    const parsed = session.strikes < limits.strikes ? parseUpdate(update, maxBytes) : null
    if (parsed?.ok) runs.push(...parsed.value)
    else {
      session.strikes++
      intake.refused.push({ client: 0, index: 0, reason: parsed ? 'malformed' : 'tooFast' })
    }
  }
  return { runs: joined(runs), intake }
}

/** For those who may not write here: every run gets its reason, nothing is verified. */
export const refuseUpdates = ({ runs, intake }: ReadUpdates, reason: 'notAllowed' | 'room'): Intake => {
  for (const { client, fromIndex } of runs) intake.refused.push({ client, index: fromIndex, reason })
  return intake
}

const judgeUpdates = async (
  dependencies: IntakeDependencies,
  session: IntakeSession,
  room: RoomName,
  updates: ReadUpdates,
): Promise<Intake> => {
  if (isPrivateRoom(room)) return refuseUpdates(updates, 'notAllowed')
  if (!isRoomOpen(room, dependencies.now(), dependencies.retentionMonths))
    return refuseUpdates(updates, 'room')
  const { intake } = updates
  const context = { ...dependencies, session, room, intake, isLast: false }
  let waiting = updates.runs
  let before = Number.POSITIVE_INFINITY
  // a roster names its own authors: whoever is unknown now may be known when the other lists are in
  while (waiting.length > 0 && waiting.length < before) {
    before = waiting.length
    const unknown: Run[] = []
    for (const run of waiting) if ((await takeRun(context, run)) === 'unknownAuthor') unknown.push(run)
    waiting = unknown
  }
  for (const run of waiting) {
    if ((await takeRun({ ...context, isLast: true }, run)) === 'done') continue
    const { client, fromIndex } = run
    intake.refused.push({ client, index: fromIndex, reason: 'notAllowed' })
  }
  return intake
}

/** Resolves when all that was accepted is durable [R11]; throws `StoreFailure`. */
export const takeUpdates = async (
  dependencies: IntakeDependencies,
  session: IntakeSession,
  room: RoomName,
  updates: ReadUpdates,
): Promise<Intake> => {
  const intake = await judgeUpdates(dependencies, session, room, updates)
  for (const { reason } of intake.refused) dependencies.onRefused(reason)
  return intake
}
