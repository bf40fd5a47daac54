/** Who takes a need, on the built app: two at once without a link, time that runs out, a reserve's turn, and the asker's word. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postToRelay } from '../../src/sync/post.ts'
import { Phone } from '../support/phone.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

const hourMs = 3600_000

let browser: Browser
let relay: RelayProcess
let founder: Phone

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
  founder = new Phone('زينب', { ms: Date.now() })
  founder.appOrigin = relay.origin
  founder.line = { post: (body, closing) => postToRelay(relay.origin, body, closing) }
  await founder.restart()
  await founder.found()
})
afterAll(async () => {
  await founder.end()
  await browser.close()
  await relay.remove()
})

const join = async (link: string, name: string): Promise<BrowserPhone> => {
  const path = link.slice(link.indexOf('/#j='))
  const phone = await BrowserPhone.open(browser, relay.origin, { path, width: 320, height: 2400 })
  await phone.join(name)
  return phone
}

/** Brings what others have written. */
const hear = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/outbox')
  // while it exchanges by itself, a press does nothing
  const look = async () => {
    await phone.button('outbox.look').click()
    return phone.page.getByText(phone.word('outbox.looked')).count()
  }
  await expect.poll(look, { timeout: 15_000, interval: 300 }).toBeGreaterThan(0)
}

const check = async (phone: BrowserPhone, name: string): Promise<void> => {
  const faults = [
    ...(await phone.accessibilityFaults('all')),
    ...(await screenFaults(phone.page, phone.language)),
  ]
  phone.faults.push(...faults.map((fault) => `${name}: ${fault}`))
}

/** A sentence of the app, whose names stand between characters that keep them apart. */
const sentence = (phone: BrowserPhone, key: string, values: Record<string, string> = {}): RegExp => {
  const parts = phone.word(key, Object.fromEntries(Object.keys(values).map((name) => [name, `‹${name}›`])))
  const escaped = parts.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(escaped.replaceAll(/‹(\w+)›/g, (_, name: string) => `[\u2068]?${values[name]}[\u2069]?`))
}

/** What a phone's own clock says: reading time moves, what is written keeps the true one. */
const readAt = async (phone: BrowserPhone, atMs: number, path: string): Promise<void> => {
  await phone.page.clock.setFixedTime(atMs)
  await phone.start(path)
}

const needPath = (phone: BrowserPhone): string => new URL(phone.page.url()).pathname

test('two who took the same need without a link each read who came first, as does who asked', async () => {
  const title = 'سرير طبي'
  const link = await founder.invite(3)
  const [asker, first, second] = [
    await join(link, 'أم سعيد'),
    await join(link, 'أحمد'),
    await join(link, 'هيوا'),
  ]
  await asker.addNeed({ category: 'cat.health', title })
  await asker.sendAll()
  for (const phone of [first, second]) {
    await hear(phone)
    await phone.openCard(title)
  }
  for (const phone of [first, second]) {
    await phone.isInstalled()
    await phone.context.setOffline(true)
    await phone.button('act.take').click()
    await phone.isShown(phone.word('claim.local'))
    await phone.go('/today')
    await phone.isShown(phone.word('claim.local'))
    // not won, so not to be carried out
    expect(await phone.page.getByRole('button', { name: phone.word('act.done') }).count()).toBe(0)
  }
  // the later one is the first with a link
  for (const phone of [second, first]) {
    await phone.context.setOffline(false)
    await phone.sendAll()
  }
  for (const phone of [asker, second]) await hear(phone)

  await first.openCard(title)
  await first.isShown(first.word('claim.yours'))
  await first.isShown(sentence(first, 'order.afterYou', { name: 'هيوا', gap: '.+' }))
  await second.openCard(title)
  await second.isShown(second.word('claim.reserve'))
  await second.isShown(sentence(second, 'claim.before', { name: 'أحمد', gap: '.+' }))
  await check(second, 'reserve')
  await asker.openCard(title)
  await asker.isShown(sentence(asker, 'order.spareGap', { name: 'أحمد', gap: '.+' }))
  await second.go('/today')
  await second.isShown(second.word('nav.today'))
  expect(await second.page.getByText(second.word('claim.local')).count()).toBe(0)
  expect([asker, first, second].flatMap(({ faults }) => faults)).toEqual([])
  for (const phone of [asker, first, second]) await phone.close()
})

test('taken, forgotten, the reserve asked, brought, and confirmed with thanks', async () => {
  const title = 'مدفأة لغرفة الجدة'
  const link = await founder.invite(3)
  const [asker, taker, reserve] = [
    await join(link, 'سعاد'),
    await join(link, 'يوسف'),
    await join(link, 'نسرين'),
  ]
  await asker.addNeed({ category: 'cat.winter', title })
  await asker.sendAll()
  await hear(taker)
  await taker.openCard(title)
  await taker.button('act.take').click()
  await taker.sendAll()
  await hear(reserve)
  await reserve.openCard(title)
  const path = needPath(reserve)
  await reserve.button('act.reserve').click()
  await reserve.isShown(sentence(reserve, 'claim.before', { name: 'يوسف', gap: '.+' }))
  await reserve.sendAll()
  await hear(asker)

  // after 36 hours he is asked, after 48 it is open again
  const startMs = Date.now()
  await readAt(taker, startMs + 37 * hourMs, '/today')
  await taker.isShown(sentence(taker, 'claim.soon', { gap: '.+' }))
  await check(taker, 'asked after 36 hours')
  await readAt(taker, startMs + 49 * hourMs, '/today')
  await taker.isShown(taker.word('claim.expired'))
  await readAt(taker, startMs + 49 * hourMs, path)
  await taker.isShown(taker.word('claim.expiredWhy'))
  await readAt(asker, startMs + 48.2 * hourMs, '/board')
  await asker.isShown(asker.word('state.open'))

  // time as it is: he leaves it, and she who stands by is asked; her no is written nowhere
  await readAt(taker, Date.now(), path)
  await taker.button('act.release').click()
  await taker.button('act.take').waitFor()
  await taker.sendAll()
  await hear(reserve)
  await reserve.go('/today')
  await reserve.isShown(reserve.word('claim.turn'))
  await check(reserve, 'her turn')
  await reserve.page.getByRole('button', { name: new RegExp(`^${reserve.word('act.no')}: `) }).click()
  await reserve.isShown(reserve.word('order.saidNo'))
  await expect.poll(() => reserve.page.getByText(reserve.word('claim.turn')).count()).toBe(0)
  await reserve.go('/outbox')
  await reserve.isShown(reserve.word('outbox.empty'))
  await readAt(asker, Date.now(), '/board')
  await hear(asker)
  await asker.openCard(title)
  await asker.isShown(asker.word('order.asked'))

  // she thinks better of it, and brings it
  await reserve.go(path)
  await reserve.isShown(reserve.word('order.saidNo'))
  await reserve.button('order.yes').click()
  await reserve.isShown(reserve.word('claim.yours'))
  await reserve.button('act.done').click()
  await reserve.isShown(reserve.word('confirm.waits'))
  await reserve.sendAll()
  await hear(asker)
  await asker.go('/today')
  await asker.isShown(sentence(asker, 'duty.confirm', { name: 'نسرين', ago: '.+' }))
  await check(asker, 'did it arrive')

  // first it was not at the door, then it was
  await asker.page
    .getByRole('button', { name: new RegExp(`^${asker.word('confirm.notReceived')}: `) })
    .click()
  await asker.isShown(asker.word('confirm.savedNo'))
  await asker.sendAll()
  await hear(reserve)
  await reserve.go('/today')
  await reserve.isShown(reserve.word('confirm.missedMine'))
  await asker.openCard(title)
  await asker.button('confirm.change').click()
  await asker.button('confirm.received').click()
  await asker.isShown(asker.word('state.confirmed'))
  await asker.page.getByLabel(sentence(asker, 'confirm.thanks', { name: 'نسرين' })).fill('الغرفة دافئة الآن')
  await check(asker, 'thanks')
  await asker.button('confirm.sendThanks').click()
  await asker.isShown('الغرفة دافئة الآن')
  await asker.sendAll()
  await hear(reserve)
  await reserve.go('/today')
  await reserve.isShown('الغرفة دافئة الآن')
  await check(reserve, 'thanked')
  await reserve.go(path)
  await reserve.isShown(reserve.word('state.confirmed'))
  expect([asker, taker, reserve].flatMap(({ faults }) => faults)).toEqual([])
  for (const phone of [asker, taker, reserve]) await phone.close()
})

test('a new coordinator is told what that means, sees a promise without news, and puts it back: its author hears so', async () => {
  const title = 'علاج طبيعي للجد'
  const [asker, taker] = [
    await join(await founder.invite(1), 'أبو علي'),
    await join(await founder.invite(1), 'آرام'),
  ]
  const head = await join(await founder.invite(1, 'coordinator'), 'ليلى')
  await head.go('/today')
  await head.isShown(head.word('newRole.title'))
  await check(head, 'new coordinator')
  await head.button('newRole.read').click()
  await expect.poll(() => head.page.getByText(head.word('newRole.title')).count()).toBe(0)

  await asker.addNeed({ category: 'cat.health', title })
  await asker.sendAll()
  await hear(taker)
  await taker.page.addInitScript(() => {
    navigator.setAppBadge = async (count) => {
      document.documentElement.dataset.badge = String(count)
    }
  })
  await taker.reload()
  await taker.openCard(title)
  const path = needPath(taker)
  await taker.button('act.take').click()
  await taker.button('act.done').waitFor()
  await taker.sendAll()
  await taker.go('/today')
  await taker.page.locator('html[data-badge="1"]').waitFor({ state: 'attached' })

  await hear(head)
  const later = Date.now() + 40 * hourMs
  await readAt(head, later, '/today')
  await head.isShown(sentence(head, 'duty.stalled', { name: 'آرام', gap: '.+' }))
  await check(head, 'without news')
  await head.go(path)
  await head.button('order.backToList').click()
  await head.isShown(head.word('claim.released'))
  await head.button('act.take').waitFor()
  await head.sendAll()
  await hear(taker)
  await taker.go('/today')
  await taker.isShown(taker.word('duty.putBack'))
  await taker.page.getByRole('button', { name: new RegExp(`^${taker.word('today.noted')}: `) }).click()
  await expect.poll(() => taker.page.getByText(taker.word('duty.putBack')).count()).toBe(0)
  expect([asker, taker, head].flatMap(({ faults }) => faults)).toEqual([])
  for (const phone of [asker, taker, head]) await phone.close()
})
