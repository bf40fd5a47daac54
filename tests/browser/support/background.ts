/** Wakes the service worker of a phone whose app is closed, as the browser does when there is a link again. */

import type { BrowserPhone } from './browser-phone.ts'

/** Closes every page of the app and lets the worker come to rest; gives what wakes it with a background sync. */
export const closeApp = async (phone: BrowserPhone): Promise<(tag: string) => Promise<void>> => {
  const blank = await phone.context.newPage()
  const devtools = await phone.context.newCDPSession(blank)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const ours = registrations.find(({ scopeURL }) => scopeURL === `${phone.origin}/`)
      if (ours) resolve(ours.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const registrationId = await registered
  for (const page of phone.context.pages()) if (page !== blank) await page.close()
  await devtools.send('ServiceWorker.stopAllWorkers')
  return async (tag) => {
    await devtools.send('ServiceWorker.dispatchSyncEvent', {
      origin: phone.origin,
      registrationId,
      tag,
      lastChance: false,
    })
  }
}
