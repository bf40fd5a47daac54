/** Tells the service worker which files of the app this phone wants: its language, and whether it saves data. */

import { effect, type ReadonlySignal } from '@preact/signals'
import type { Settings } from '../hooks/door.ts'
import { savesData } from '../hooks/saves-data.ts'
import { fetchRestMessage, type Wanted, wantedCache, wantedPath } from '../storage/app-files.ts'

/** Behind what a start itself needs of a slow link and phone. */
const afterStartMs = 5000

/** Where the browser keeps nothing, the service worker takes all languages. */
const writeWanted = async (settings: Settings): Promise<void> => {
  const wanted: Wanted = { language: settings.language, savesData: savesData(settings) }
  try {
    const cache = await caches.open(wantedCache)
    await cache.put(wantedPath, new Response(JSON.stringify(wanted)))
  } catch (reason) {
    console.warn('which files are wanted is not kept', reason)
  }
}

const askForThem = async (): Promise<void> => {
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage(fetchRestMessage)
}

/** Resolves when a service worker that is installed now would know what is wanted. */
export const followWanted = async (settings: ReadonlySignal<Settings>): Promise<void> => {
  let isFirst = true
  const ask = () => void askForThem()
  effect(() => {
    const next = settings.value
    if (!isFirst) void writeWanted(next).then(ask)
    isFirst = false
  })
  window.addEventListener('online', ask)
  setTimeout(ask, afterStartMs)
  await writeWanted(settings.peek())
}
