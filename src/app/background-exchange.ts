/** Asks the browser to let the service worker exchange when there is a link, also when the app is closed by then. */

import { effect } from '@preact/signals'
import type { Door } from '../hooks/door.ts'
import { savesData } from '../hooks/saves-data.ts'
import { backgroundTag } from '../storage/schema.ts'

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/background-sync/spec/). */
interface BackgroundRegistration {
  sync?: { register(tag: string): Promise<void> }
  periodicSync?: {
    register(tag: string, options: { minInterval: number }): Promise<void>
    unregister(tag: string): Promise<void>
  }
}

/** A browser asks less often where the app is used less often. */
const newsEveryMs = 6 * 60 * 60_000

const registration = async (): Promise<BackgroundRegistration> =>
  (await navigator.serviceWorker.ready) as unknown as BackgroundRegistration

const hasUnsent = async ({ database }: Door): Promise<boolean> => {
  const outbox = database.peek()?.outbox
  return outbox !== undefined && (await outbox.filter(({ delivered }) => delivered === 0).count()) > 0
}

/** What waits goes when there is a link; at once where there is one and the app is put away in the same moment. */
const askForSync = async (door: Door): Promise<void> => {
  const { sync } = await registration()
  if (sync && (await hasUnsent(door))) await sync.register(backgroundTag)
}

/** Granted without a question, and only to an app that is on the home screen and used. Who saves data asks when he looks. */
const askForNews = async (isWanted: boolean): Promise<void> => {
  const { periodicSync } = await registration()
  if (!periodicSync) return
  if (!isWanted) return periodicSync.unregister(backgroundTag)
  const name = 'periodic-background-sync' as PermissionName
  const { state } = await navigator.permissions.query({ name })
  if (state === 'granted') await periodicSync.register(backgroundTag, { minInterval: newsEveryMs })
}

/** Where the browser has no such thing, or does not allow it, the app sends when it is open, as ever. */
const withoutIt = (reason: unknown): void => console.info('nothing leaves with the app closed', reason)

/** From now on, whenever something waits: after a save without a link, and when the app is put away. */
export const watchForBackground = (door: Door): void => {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') askForSync(door).catch(withoutIt)
  })
  // each command ends with a status
  door.status.subscribe(() => {
    if (!navigator.onLine) askForSync(door).catch(withoutIt)
  })
  effect(() => void askForNews(!savesData(door.settings.value)).catch(withoutIt))
}
