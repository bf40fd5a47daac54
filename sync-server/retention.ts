/** How long this relay keeps months: older rooms are dropped when it starts and once a day, roster and board never [R33]; blobs with them. */

import type { Log } from './log.ts'
import { monthRoom, monthStartMs, type RoomName } from './protocol/ids.ts'
import { limits } from './protocol/limits.ts'
import type { Store } from './storage/store.ts'

export interface RetentionOptions {
  readonly store: Store
  readonly log: Log
  readonly retentionMonths: number
  /** ms since 1970 */
  readonly now?: () => number
  /** calls back after so many ms; gives back what takes that back */
  readonly schedule?: (work: () => void, delayMs: number) => () => void
}

export interface Retention {
  /** Drops what is too old now, and again every day. Resolves after the first time; never rejects. */
  start(): Promise<void>
  stop(): void
}

const dayMs = 24 * 3600 * 1000

/** The oldest month that is kept: so many months before this one. */
const oldestKeptMs = (nowMs: number, retentionMonths: number): number => {
  const now = new Date(nowMs)
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - retentionMonths)
}

export const isRoomKept = (room: RoomName, nowMs: number, retentionMonths: number): boolean => {
  const startMs = monthStartMs(room)
  return startMs === null || startMs >= oldestKeptMs(nowMs, retentionMonths)
}

const scheduleOnce = (work: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(work, delayMs)
  timer.unref()
  return () => clearTimeout(timer)
}

export const createRetention = (options: RetentionOptions): Retention => {
  const { store, log, retentionMonths, now = Date.now, schedule = scheduleOnce } = options
  let takeBack = (): void => undefined
  let isStopped = false

  const sweep = async (): Promise<void> => {
    let dropped = 0
    try {
      for (const { network, room } of await store.monthsBefore(
        monthRoom(oldestKeptMs(now(), retentionMonths)),
      )) {
        if (isStopped) return
        await store.drop(network, room)
        dropped++
      }
      await store.blobs.dropBefore(oldestKeptMs(now(), retentionMonths), now() - limits.blobUploadMs)
    } catch (cause) {
      log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'old months were not dropped')
    }
    if (dropped > 0) log.info({ rooms: dropped, months: retentionMonths }, 'old months dropped')
  }

  const start = async (): Promise<void> => {
    await sweep()
    if (!isStopped) takeBack = schedule(() => void start(), dayMs)
  }

  return {
    start,
    stop() {
      isStopped = true
      takeBack()
    },
  }
}
