/** Does what a person intends, one at a time, and keeps what went wrong until the next try. */

import { useRef, useState } from 'preact/hooks'
import type { Command, CommandError, CommandResult } from '../engine/api.ts'
import { useDoor } from './door.ts'

export interface CommandRunner {
  /**
   * A second press while the first runs is answered with the first's result. Where the screen is left once it is done, it stays
   * busy: nobody draws it once more.
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
    setBusy(true)
    setError(null)
    const result = await door.run(command)
    running.current = null
    if (!result.ok) setError(result.error)
    if (!result.ok || next !== 'leave') setBusy(false)
    return result
  }
  const run = (command: Command, next?: 'leave'): Promise<CommandResult> => {
    running.current ??= start(command, next)
    return running.current
  }
  return { run, busy, error, clearError: () => setError(null) }
}
