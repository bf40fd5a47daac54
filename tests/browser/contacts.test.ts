/** An address from one phone to another on the built app: written, waited for, given by one tap, hidden again. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postToRelay } from '../../src/sync/post.ts'
import { Phone } from '../support/phone.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
let zeinab: Phone

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
  zeinab = new Phone('زينب', { ms: Date.now() })
  zeinab.appOrigin = relay.origin
  zeinab.line = { post: (body, closing) => postToRelay(relay.origin, body, closing) }
  await zeinab.restart()
  await zeinab.found()
})
afterAll(async () => {
  await zeinab.end()
  await browser.close()
  await relay.remove()
})

const address = 'خلف جامع النور، الباب الأزرق'
const title = 'إنسولين لانتوس'

const join = async (link: string, name: string): Promise<BrowserPhone> => {
  const phone = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await phone.join(name)
  return phone
}

test('the taker waits for it, gets it by one tap of who asked, and sees it no more once he lets go', async () => {
  const link = await zeinab.invite(3)
  const asker = await join(link, 'أم سعيد')
  const taker = await join(link, 'هيوا')

  await asker.go('/add/need')
  await asker.choose('cat.medicine')
  await asker.field('form.title').fill(title)
  await asker.page.getByText(asker.word('type.contact'), { exact: true }).click()
  await asker.isShown(asker.word('contact.afterApprovalWhy'))
  await asker.field('contact.address').fill(address)
  await asker.button('act.save').click()
  await asker.isHeaded(title)
  await asker.putOffKeeping()
  await asker.isShown(address)
  await asker.sendAll()

  await taker.sendAll()
  await taker.go('/outbox')
  await taker.button('outbox.look').click()
  await taker.openCard(title)
  await taker.isShown(taker.word('contact.sealed'))
  await taker.button('act.take').click()
  await taker.isShown(new RegExp(`${taker.word('contact.unsent')}|${taker.word('contact.waitingWhy')}`))
  await taker.sendAll()
  await taker.openCard(title)
  await taker.isShown(taker.word('contact.waitingWhy'))
  expect(await taker.page.getByText(address).count()).toBe(0)

  await asker.go('/outbox')
  await asker.button('outbox.look').click()
  await asker.go('/today')
  await asker.page.getByRole('button', { name: asker.word('act.give') }).click()
  await asker.isShown(asker.word('contact.given'))
  await asker.sendAll()

  await taker.go('/outbox')
  await taker.button('outbox.look').click()
  await taker.openCard(title)
  await taker.isShown(address)

  await taker.button('act.release').click()
  await taker.isShown(taker.word('contact.over'))
  expect(await taker.page.getByText(address).count()).toBe(0)
  expect([...asker.faults, ...taker.faults]).toEqual([])
  const sent = Buffer.concat([...asker.sent, ...taker.sent])
  expect(sent.includes(Buffer.from(address))).toBe(false)
  await asker.close()
  await taker.close()
})
