/** The service worker: the installed app starts from the phone alone, and a newer version waits until a person takes it. */

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { fetchRestMessage } from '../storage/app-files.ts'
import { backgroundTag } from '../storage/schema.ts'
import { type AppFile, AppFiles } from './app-files.ts'
import { withLastView } from './last-view.ts'
import { answerShare } from './share-target.ts'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: (PrecacheEntry | string)[]
  /** from background.ts, once it is loaded */
  exchangeInBackground?: (isAsking: boolean) => Promise<boolean>
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { createScriptURL(url: string): string },
    ): {
      createScriptURL(url: string): unknown
    }
  }
}

/** Not in TypeScript's library (https://wicg.github.io/background-sync/spec/). */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/** A name with a hash of what is in it needs no revision. */
const isHashed = ({ revision }: PrecacheEntry): boolean => !revision
const files = self.__WB_MANIFEST as (PrecacheEntry & AppFile)[]
precacheAndRoute(files.filter((file) => !isHashed(file)))
cleanupOutdatedCaches()

const appFiles = new AppFiles(files.filter(isHashed))
registerRoute(
  ({ url }) => url.origin === self.location.origin && appFiles.has(url.pathname),
  ({ request }) => appFiles.answer(request),
)
self.addEventListener('install', (event) => event.waitUntil(appFiles.install()))
self.addEventListener('activate', (event) => event.waitUntil(appFiles.tidy()))

const fetchRest = async (answerTo: MessagePort | undefined): Promise<void> => {
  const isAll = await appFiles.fetchRest()
  answerTo?.postMessage(isAll)
}
self.addEventListener('message', (event) => {
  if (event.data === fetchRestMessage) event.waitUntil(fetchRest(event.ports[0]))
})

const indexPage = createHandlerBoundToURL('index.html')

// every place in the app is the same page; what the relay answers itself is not
registerRoute(
  new NavigationRoute(
    async (asked) => withLastView(await indexPage(asked), asked.url, (path) => appFiles.has(path)),
    { denylist: [/^\/v1\//, /^\/(?:healthz|metrics)$/, /\.[a-z\d]+$/i] },
  ),
)

registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname === '/paste',
  ({ request }) => answerShare(request),
  'POST',
)

const pagesOfApp = (): Promise<readonly WindowClient[]> =>
  self.clients.matchAll({ type: 'window', includeUncontrolled: true })

const takeOver = async (): Promise<void> => {
  // every open page loads itself again when the new version takes control; it must know that this was wanted. They are
  // still under the worker before
  for (const page of await pagesOfApp()) page.postMessage('taking-over')
  await self.skipWaiting()
}

// workbox-window's word for «تحديث»
self.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING') {
    event.waitUntil(takeOver())
  }
})

// the first visit is under this worker at once: what was fetched is then also there without a link
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

/** Once fetched while this version is being installed, a browser keeps it with this script. */
const secondScript = '/sw-background.js'
const policy = self.trustedTypes?.createPolicy('tadamun', { createScriptURL: () => secondScript })
const loadBackground = (): void => importScripts((policy?.createScriptURL('') ?? secondScript) as string)

// later it could not be fetched any more (https://w3c.github.io/ServiceWorker/#importscripts)
self.addEventListener('install', loadBackground)

/** Somebody looks: the engine does it, and says so. */
const isLookedAt = async (): Promise<boolean> =>
  (await pagesOfApp()).some(({ visibilityState }) => visibilityState === 'visible')

const exchange = async (isAsking: boolean): Promise<void> => {
  if (await isLookedAt()) return
  if (!self.exchangeInBackground) loadBackground()
  const isDone = await self.exchangeInBackground?.(isAsking)
  // a browser tries again, after some minutes, what has failed
  if (isDone === false) throw new Error('not everything has left this phone')
}

const listen = (kind: 'sync' | 'periodicsync', isAsking: boolean): void =>
  self.addEventListener(kind as 'message', (event: ExtendableEvent) => {
    if ((event as SyncEvent).tag === backgroundTag) event.waitUntil(exchange(isAsking))
  })
// what was written without a link goes as soon as there is one, also with the app closed
listen('sync', false)
// what neighbours wrote is there when the app is opened without one
listen('periodicsync', true)
