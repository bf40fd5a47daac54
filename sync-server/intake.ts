/** Takes what a request brings for one room; each list is judged alone [R3]. */

import type { Bytes } from './protocol/bytes.ts'
import { monthStartMs, type RoomName } from './protocol/ids.ts'
import { limits } from './protocol/limits.ts'
import { parseUpdate, type Run } from './protocol/update.ts'
import { type Intake, type IntakeDependencies, type IntakeSession, takeRun } from './run-intake.ts'

export const emptyIntake = (): Intake => ({ needs: [], refused: [], held: [] })

/** A month room is open from the retention limit to two days before it begins [R30]; other rooms always. */
const isRoomOpen = (room: RoomName, nowMs: number): boolean => {
  const startMs = monthStartMs(room)
  if (startMs === null) return true
  const now = new Date(nowMs)
  const oldestMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - limits.retentionMonths)
  return startMs >= oldestMs && startMs <= nowMs + limits.roomAheadMs
}

/** Rooms of private spaces are not built yet: nothing says who may read them, so nobody may. */
export const isPrivateRoom = (room: RoomName): boolean => room.startsWith('s-')

/** Malformed updates are refused whole and counted; nobody can say whose they were, so their client is 0 [R2]. */
const runsOf = (updates: readonly Bytes[], session: IntakeSession, intake: Intake): Run[] => {
  const runs: Run[] = []
  for (const update of updates) {
    const parsed = session.strikes < limits.strikes ? parseUpdate(update) : null
    if (parsed?.ok) runs.push(...parsed.value)
    else {
      session.strikes++
      intake.refused.push({ client: 0, index: 0, reason: parsed ? 'malformed' : 'tooFast' })
    }
  }
  return runs
}

/** For those who may not write here: every run gets its reason, nothing is verified. */
export const refuseUpdates = (
  updates: readonly Bytes[],
  session: IntakeSession,
  reason: 'notAllowed' | 'room',
): Intake => {
  const intake = emptyIntake()
  for (const { client, fromIndex } of runsOf(updates, session, intake))
    intake.refused.push({ client, index: fromIndex, reason })
  return intake
}

/** Resolves when all that was accepted is durable [R11]; throws `StoreFailure`. */
export const takeUpdates = async (
  dependencies: IntakeDependencies,
  session: IntakeSession,
  room: RoomName,
  updates: readonly Bytes[],
): Promise<Intake> => {
  if (isPrivateRoom(room)) return refuseUpdates(updates, session, 'notAllowed')
  if (!isRoomOpen(room, dependencies.now())) return refuseUpdates(updates, session, 'room')
  const intake = emptyIntake()
  const context = { ...dependencies, session, room, intake }
  let waiting = runsOf(updates, session, intake)
  let before = Number.POSITIVE_INFINITY
  // a roster names its own authors: whoever is unknown now may be known when the other lists are in
  while (waiting.length > 0 && waiting.length < before) {
    before = waiting.length
    const unknown: Run[] = []
    for (const run of waiting) if ((await takeRun(context, run)) === 'unknownAuthor') unknown.push(run)
    waiting = unknown
  }
  for (const { client, fromIndex } of waiting)
    intake.refused.push({ client, index: fromIndex, reason: 'notAllowed' })
  return intake
}
