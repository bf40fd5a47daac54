/** Registers the service worker and knows whether a newer version waits; it is taken over only when a person says so. */

import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { Workbox } from 'workbox-window'
import { inAppBrowser } from '../components/in-app-browser.ts'
import { isInstalled } from '../components/is-installed.ts'
import type { Door } from '../hooks/door.ts'
import { trustedUrl } from './trusted-url.ts'
import { followWanted } from './wanted-files.ts'

export interface Update {
  /** a newer version is ready */
  waiting: ReadonlySignal<boolean>
  /** takes it and loads every open page again, each once no form is being filled in there */
  take(): void
}

const checkEveryMs = 60 * 60 * 1000

/** What follows a save, the end of its draft and the way to its place, is done by then. */
const afterFormMs = 1500

/** Another tab may have asked: each keystroke is kept, and yet no page goes from under the hand that writes on it. */
const reloadOnceFree = (dirtyForms: ReadonlySignal<ReadonlySet<string>>): void => {
  if (dirtyForms.value.size === 0) {
    location.reload()
    return
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  effect(() => {
    clearTimeout(timer)
    if (dirtyForms.value.size === 0) timer = setTimeout(() => location.reload(), afterFormMs)
  })
}

/** Inside another app one is on the way to the browser: all of the app is fetched only once somebody has stayed. */
const hasStayed = ({ network }: Pick<Door, 'network'>): Promise<void> =>
  new Promise((resolve) => {
    if (inAppBrowser(navigator.userAgent, isInstalled()) === null) resolve()
    else
      network.subscribe((now) => {
        if (now) resolve()
      })
  })

/** No service worker in development, or where the browser forbids it: then the app works, only not from cold without a link. */
export const watchForUpdate = (door: Pick<Door, 'dirtyForms' | 'network' | 'settings'>): Update => {
  const waiting = signal(false)
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD)
    return { waiting, take: () => location.reload() }

  const workbox = new Workbox(trustedUrl('/sw.js'), { scope: '/', updateViaCache: 'none' })
  // an own flag: with `clients.claim()` `event.isUpdate` is false when the update comes during the first visit
  let asked = false
  workbox.addEventListener('waiting', () => {
    waiting.value = true
  })
  workbox.addEventListener('controlling', () => {
    if (asked) reloadOnceFree(door.dirtyForms)
  })
  // another tab may have asked
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data === 'taking-over') asked = true
  })
  hasStayed(door)
    .then(() => followWanted(door.settings))
    .then(() => workbox.register())
    .catch((reason: unknown) => console.warn('the app will not start without a link', reason))
  setInterval(() => {
    if (navigator.onLine) workbox.update().catch((reason: unknown) => console.info('no update now', reason))
  }, checkEveryMs)

  return {
    waiting,
    take: () => {
      asked = true
      workbox.messageSkipWaiting()
    },
  }
}
