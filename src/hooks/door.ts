/** What the app hands to the hooks: the databases, the way to the engine, settings. Chosen in app/start.ts and nowhere else. */

import type { ReadonlySignal, Signal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Command, CommandResult, EngineStatus } from '../engine/api.ts'
import type { AppDatabase, NetworkDatabase } from '../storage/database.ts'
import type { NetworkRow } from '../storage/schema.ts'

export interface Settings {
  language: 'ar' | 'ckb' | 'en' | 'fr'
  digits: 'arabic' | 'latin'
  theme: 'system' | 'light' | 'dark'
  /** how large everything is written, beside what the browser itself is set to */
  text: 'usual' | 'large' | 'largest'
  /** pages and what is touched are read aloud, where the phone has a voice for it */
  aloud: boolean
  /** nothing is fetched that was not asked for, beside words; true also means: live work and the app's own letters rest */
  dataSaver: boolean
}

export interface Door {
  /** resolves when the entry is durable on this phone and its row is visible */
  run(command: Command): Promise<CommandResult>
  status: ReadonlySignal<EngineStatus>
  /** the network on the screen; null: this phone is in none; undefined: not read yet */
  network: ReadonlySignal<NetworkRow | null | undefined>
  /** rows of that network */
  database: ReadonlySignal<NetworkDatabase | null>
  app: AppDatabase
  settings: ReadonlySignal<Settings>
  changeSettings(changes: Partial<Settings>): Promise<void>
  /** what stood after `#j=` when the app was opened, until it was used or put aside */
  invite: Signal<string | null>
  /** ms since 1970, once a minute */
  now: ReadonlySignal<number>
  /** forms that hold something unsaved, by draft key */
  dirtyForms: Signal<ReadonlySet<string>>
  /** opens the browser's own question; null where the browser has none to open now */
  install: ReadonlySignal<(() => Promise<boolean>) | null>
  /** asks the browser not to erase; true when it agreed */
  persist(): Promise<boolean>
}

export const DoorContext = createContext<Door | null>(null)

export const useDoor = (): Door => {
  const door = useContext(DoorContext)
  if (!door) throw new Error('the shell provides the door')
  return door
}
