/** The service worker: the installed app starts from the phone alone, and a newer version waits until a person takes it. */

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { answerShare } from './share-target.ts'

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: (PrecacheEntry | string)[] }

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()

// every place in the app is the same page; what the relay answers itself is not
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('index.html'), {
    denylist: [/^\/v1\//, /^\/(?:healthz|metrics)$/, /\.[a-z\d]+$/i],
  }),
)

registerRoute(
  ({ url }) => url.origin === self.location.origin && url.pathname === '/paste',
  ({ request }) => answerShare(request),
  'POST',
)

const takeOver = async (): Promise<void> => {
  // every open page loads itself again when the new version takes control; it must know that this was wanted
  for (const page of await self.clients.matchAll({ type: 'window' })) page.postMessage('taking-over')
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
