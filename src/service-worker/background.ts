/**
 * The second script of the service worker: exchanges while no page is open. Its own file, fetched and kept with the
 * first, and run only when there is something to exchange.
 */

import { postToRelay } from '../sync/post.ts'
import { exchangeAll } from './exchange-all.ts'

declare const self: ServiceWorkerGlobalScope & {
  exchangeInBackground?: (isAsking: boolean) => Promise<boolean>
}

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/netinfo/). */
const { connection } = navigator as WorkerNavigator & {
  connection?: { saveData?: boolean; effectiveType?: string }
}

self.exchangeInBackground = (isAsking) =>
  exchangeAll(
    {
      prefix: '',
      appOrigin: self.location.origin,
      buildMs: import.meta.env.BUILT_AT_MS,
      phoneNow: Date.now,
      isSlowLink: () => connection?.saveData === true || /2g/.test(connection?.effectiveType ?? ''),
      post: postToRelay,
      locks: navigator.locks,
    },
    isAsking,
  )
