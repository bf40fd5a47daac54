/** Language, digits, colours and size of the text, kept on this phone. */

import { type Settings, useDoor } from './door.ts'

export type { Settings } from './door.ts'

export const useSettings = (): {
  settings: Settings
  change: (changes: Partial<Settings>) => Promise<void>
} => {
  const door = useDoor()
  return { settings: door.settings.value, change: door.changeSettings }
}
