/** What this person has read or answered for himself alone: it stays on this phone, and nobody else learns of it. */

import { useCallback } from 'preact/hooks'
import type { AppDatabase } from '../storage/database.ts'
import { useDoor } from './door.ts'
import { useAppQuery } from './use-live-query.ts'

const key = 'noted'
/** Enough for what is still on Today; the oldest goes first. */
const maxNotes = 300

const readNotes = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((note) => typeof note === 'string') : []

export const readNoted = async (app: AppDatabase): Promise<ReadonlySet<string>> =>
  new Set(readNotes((await app.settings.get(key))?.value))

export interface Noted {
  /** undefined until read */
  notes: ReadonlySet<string> | undefined
  note: (what: string) => Promise<void>
}

export const useNoted = (): Noted => {
  const { app } = useDoor()
  const notes = useAppQuery(readNoted)
  const note = useCallback(
    (what: string) =>
      app.transaction('rw', app.settings, async () => {
        const others = readNotes((await app.settings.get(key))?.value).filter((one) => one !== what)
        await app.settings.put({ key, value: [...others, what].slice(-maxNotes) })
      }),
    [app],
  )
  return { notes, note }
}
