/** The main job on the built app: logged offline, kept over reloads and a killed relay, delivered, read on another phone. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

const needs = [
  { category: 'cat.food', title: 'سلة غذائية لعائلة من خمسة', area: 'شارع ١٢' },
  { category: 'cat.medicine', title: 'إنسولين لانتوس لأمي', area: 'قرب جامع النور' },
  { category: 'cat.water', title: 'دينمو ماء للزقاق السابع', area: 'الزقاق ٧' },
]

test('two phones: offline, killed relay, reloads, and both have everything in the end', async () => {
  const zeinab = await BrowserPhone.open(browser, relay.origin)
  await zeinab.found('شبكة حي الحرية', 'زينب')
  await zeinab.addNeed({ category: 'cat.winter', title: 'ثلاث بطانيات', quantity: '3' })
  const link = await zeinab.invite()
  const ahmad = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await ahmad.join('أحمد')
  await ahmad.isShown('ثلاث بطانيات')
  // the installed shell must be in the cache before the network goes
  for (const phone of [zeinab, ahmad])
    await phone.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

  // the network is really off: nobody listens any more, and the browsers have no line either
  await relay.kill()
  for (const phone of [zeinab, ahmad]) await phone.context.setOffline(true)
  for (const need of needs) await zeinab.addNeed(need)
  await zeinab.isShown(zeinab.word('state.local'))
  await ahmad.addOffer({ kind: 'offer.transport', title: 'سيارة لنقل المرضى' })
  await ahmad.openCard('ثلاث بطانيات')
  await ahmad.button('act.take').click()
  await ahmad.isShown(ahmad.word('claim.local'))

  for (const phone of [zeinab, ahmad]) await phone.go('/board')
  for (const phone of [zeinab, ahmad]) await phone.reload()
  for (const { title } of needs) await zeinab.isShown(title)
  await ahmad.openCard('ثلاث بطانيات')
  await ahmad.isShown(ahmad.word('claim.local'))

  // up, killed in the middle of everything, and up again
  await relay.start()
  for (const phone of [zeinab, ahmad]) await phone.context.setOffline(false)
  await zeinab.go('/outbox')
  await relay.kill()
  await relay.start()
  await zeinab.sendAll()
  await ahmad.sendAll()
  await zeinab.sendAll()

  for (const phone of [zeinab, ahmad]) {
    await phone.go('/board')
    for (const { title } of needs) await phone.isShown(title)
    await phone.isShown('ثلاث بطانيات')
  }
  await zeinab.openCard(needs[0]?.title ?? '')
  await zeinab.isShown(zeinab.word('state.delivered'))
  await zeinab.openCard('ثلاث بطانيات')
  await zeinab.isShown('أحمد')
  expect([...zeinab.faults, ...ahmad.faults]).toEqual([])

  const stored = relay.storedBytes()
  const needles = [
    'زينب',
    'أحمد',
    'الحرية',
    'بطانيات',
    'سيارة',
    'شارع',
    'winter',
    'medicine',
    ...needs.map(({ title }) => title),
  ]
  expect(needles.filter((needle) => stored.includes(Buffer.from(needle)))).toEqual([])
  const sent = Buffer.concat([...zeinab.sent, ...ahmad.sent])
  expect(sent.length).toBeGreaterThan(1000)
  expect(needles.filter((needle) => sent.includes(Buffer.from(needle)))).toEqual([])
  await zeinab.close()
  await ahmad.close()
})
