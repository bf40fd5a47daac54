/** Starts the app in a window, and is the only place that chooses what each part is made of. */

import './take-invite.ts'
import { signal } from '@preact/signals'
import { type ComponentChild, h, render } from 'preact'
import { followNetwork } from '../hooks/current-network.ts'
import type { Door } from '../hooks/door.ts'
import type { MessageKey } from '../i18n/message-key.ts'
import { wordsAreHere } from '../i18n/translate.ts'
import { type AppDatabase, openAppDatabase } from '../storage/database.ts'
import { browserProblem } from './browser-check.ts'
import { reloadForMissingChunk } from './chunk-reload.ts'
import { startEngine } from './engine-client.ts'
import { noteFirstSave } from './first-save.ts'
import { watchInstallPrompt } from './install-prompt.ts'
import { openInviteInbox } from './invite-inbox.ts'
import { giveWayToApp } from './last-view.ts'
import { type FirstFiles, fetchFirstPlace, fetchJoin } from './routes.tsx'
import { rememberScroll } from './scroll-memory.ts'
import { changeSettings, followOtherPages, restoreSettings, settings, showSettings } from './settings.ts'
import { Shell } from './shell.tsx'
import { openedWithInvite } from './take-invite.ts'
import type { Update } from './update.ts'
import { WholePage } from './whole-page.tsx'

/** Safari's `open()` may hang for ever (https://bugs.webkit.org/show_bug.cgi?id=226547); then a sentence is better. */
const openPatienceMs = 8000

const place = (): HTMLElement => {
  const found = document.getElementById('app')
  if (!found) throw new Error('index.html has the place')
  return found
}

/** The first paint of index.html goes at the moment when there is something better. */
const show = (page: ComponentChild): void => {
  const app = place()
  app.querySelector('.first-paint')?.remove()
  render(page, app)
}

const say = (message: MessageKey, detail?: string): void => {
  const values = message === 'err.https' ? { prefix: 'https://' } : {}
  show(h(WholePage, detail === undefined ? { message, values } : { message, values, detail }))
}

const minuteTick = () => {
  const now = signal(Date.now())
  const tick = () => {
    now.value = Date.now()
  }
  setInterval(tick, 60_000)
  document.addEventListener('visibilitychange', tick)
  return now
}

const makeDoor = async (app: AppDatabase): Promise<Door> => {
  const engine = startEngine(settings)
  const { network, database } = followNetwork(app, engine.status, (reason) =>
    say('err.storage', String(reason)),
  )
  return {
    run: async (command) => {
      const result = await engine.run(command)
      // it is saved: whether this is noted makes nothing undone, and who wrote it does not wait for it
      noteFirstSave(app, command, result).catch((reason: unknown) => console.warn(reason))
      return result
    },
    status: engine.status,
    network,
    database,
    app,
    settings,
    changeSettings: (changes) => changeSettings(app, changes),
    invite: await openInviteInbox(app),
    now: minuteTick(),
    dirtyForms: signal(new Set<string>()),
    install: watchInstallPrompt(),
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
  }
}

/** Rejects when the browser forbids storage (a private window of old Firefox, blocked site data) or does not answer. */
const openInTime = async (app: AppDatabase): Promise<void> => {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the database does not open')), openPatienceMs)
  })
  await Promise.race([app.open(), late])
}

const start = async (): Promise<void> => {
  let files: FirstFiles | null = null
  if (openedWithInvite !== null) void fetchJoin()
  else if (navigator.serviceWorker?.controller) files = fetchFirstPlace(location.pathname)
  await showSettings()
  const problem = browserProblem()
  if (problem) return say(problem)

  const app = openAppDatabase()
  try {
    await openInTime(app)
  } catch (reason) {
    return say('err.storage', String(reason))
  }
  await restoreSettings(app)
  followOtherPages()
  const door = await makeDoor(app)
  const update = signal<Update | null>(null)
  show(h(Shell, { door, update }))
  // after the first screen: it fetches everything that the app needs to start without a link
  const { watchForUpdate } = await import('./update.ts')
  update.value = watchForUpdate(door)
  const { watchForBackground } = await import('./background-exchange.ts')
  watchForBackground(door)
  const { keepLastViews } = await import('./keep-last-view.ts')
  keepLastViews(door.network, files)
}

reloadForMissingChunk()
rememberScroll()
giveWayToApp(place())
start().catch((reason: unknown) => {
  console.error(reason)
  if (wordsAreHere()) return say('err.unexpected', String(reason))
  // not even the words came: the page's own sentence, in each language, says what to do
  document.getElementById('last-view')?.remove()
  document.getElementById('not-arrived')?.removeAttribute('hidden')
})
