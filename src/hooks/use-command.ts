/** Does what a person intends, one at a time, and keeps what went wrong until the next try. */

import { useRef, useState } from 'preact/hooks'
import type { Command, CommandError, CommandResult } from '../engine/api.ts'
import { useDoor } from './door.ts'

/** Saving is to take no longer at the 95th percentile (experience design, budgets). */
export const noticeableMs = 150

export interface CommandRunner {
  /**
   * A second press while the first runs is answered with the first's result. A screen that is left once it is done is not
   * drawn again for that: it looks busy only when it takes long enough to be noticed, and stays as it is to the end.
   */
  run: (command: Command, next?: 'leave') => Promise<CommandResult>
  busy: boolean
  error: CommandError | null
  clearError: () => void
}

export const useCommand = (): CommandRunner => {
  const door = useDoor()
  const running = useRef<Promise<CommandResult> | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<CommandError | null>(null)

  const start = async (command: Command, next?: 'leave'): Promise<CommandResult> => {
    const isLeaving = next === 'leave'
    if (!isLeaving) setBusy(true)
    const slow = isLeaving ? setTimeout(() => setBusy(true), noticeableMs) : undefined
    setError(null)
    const result = await door.run(command)
    clearTimeout(slow)
    if (result.ok && isLeaving) return result
    running.current = null
    if (!result.ok) setError(result.error)
    setBusy(false)
    return result
  }
  const run = (command: Command, next?: 'leave'): Promise<CommandResult> => {
    running.current ??= start(command, next)
    return running.current
  }
  return { run, busy, error, clearError: () => setError(null) }
}
