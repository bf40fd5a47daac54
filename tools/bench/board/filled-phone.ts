/** A phone that holds a district, as it is after some days: installed, its scripts compiled. */

import type { BrowserPhone } from '../../../tests/browser/support/browser-phone.ts'
import { fillDatabase } from './fill.ts'
import { districtTables, type Tables } from './rows.ts'

/** Founds a network on a phone that has just opened the app, and fills it; gives its rows. */
export const fillPhone = async (phone: BrowserPhone): Promise<Tables> => {
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.isInstalled()
  // beside the app, not under it
  await phone.page.goto(`${phone.origin}/manifest.webmanifest`)
  const tables = await districtTables(Date.now())
  await fillDatabase(phone.page, tables)
  // the browser keeps compiled scripts after they have run a few times
  for (let n = 0; n < 3; n++) {
    await phone.start('/board')
    await phone.page.locator('.record').first().waitFor()
    // somebody has looked at it, and what it looked like is kept
    await phone.page.evaluate(async () => {
      const cache = await caches.open('last-view')
      while (!(await cache.match('/last-view/board')))
        await new Promise((resolve) => setTimeout(resolve, 200))
    })
    await phone.start('/add/need')
    await phone.page.locator('form, .screen-main').first().waitFor()
  }
  await phone.page.goto('about:blank')
  return tables
}
