/** Coming in by a link with approval, being removed, leaving: two phones, each with its own screen, over a real relay. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadLine } from './support/bad-line.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

const open = (path = '/'): Promise<BrowserPhone> => BrowserPhone.open(browser, relay.origin, { path })
const pathOf = (link: string): string => link.slice(link.indexOf('/#j='))

/** Pulls by hand until the words stand there: what the other phone did is on its way. */
const pullUntil = async (phone: BrowserPhone, path: string, words: string): Promise<void> => {
  const found = phone.page.getByText(words).first()
  for (let pull = 0; pull < 8; pull++) {
    await phone.sendAll()
    await phone.button('outbox.look').click()
    await phone.go(path)
    if (
      await found.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      )
    )
      return
  }
  throw new Error(`«${words}» did not arrive at ${path}`)
}

test('by a link with approval one waits with four words, the coordinator sees the same and lets him in', async () => {
  const zeinab = await open()
  await zeinab.found('شبكة حي الحرية', 'زينب')
  await zeinab.addNeed({ category: 'cat.food', title: 'سلة غذائية' })
  await zeinab.sendAll()
  const link = await zeinab.invite('onApproval')
  await zeinab.isShown(zeinab.word('invite.thenApprove'))

  const ahmad = await open(pathOf(link))
  await ahmad.isShown(ahmad.word('join.afterAsking'))
  await ahmad.ask('أحمد')
  const shown = await ahmad.fourWords()
  await ahmad.isShown(ahmad.word('join.waiting'))
  // nothing of the network can be read before somebody has said yes
  for (const path of ['/board', '/today', '/people']) {
    await ahmad.go(path)
    await ahmad.isShown(ahmad.word('joining.later'))
  }
  // nor has he anybody to invite, or a network to lose
  await ahmad.go('/network')
  await ahmad.isShown(ahmad.word('network.me'))
  expect(await ahmad.page.getByText(ahmad.word('inv.make')).count()).toBe(0)

  await pullUntil(zeinab, '/today', zeinab.word('n.requests_one'))
  await zeinab.button('act.answer').click()
  await zeinab.isShown('أحمد')
  await zeinab.isShown(zeinab.word('requests.fromMe'))
  expect(await zeinab.fourWords()).toEqual(shown)
  await zeinab.page.getByRole('button', { name: zeinab.word('requests.same') }).click()
  await zeinab.isShown(zeinab.word('requests.none'))
  await zeinab.sendAll()

  await ahmad.go('/joining')
  await ahmad
    .button('joining.look')
    .click({ noWaitAfter: true })
    .catch(() => undefined)
  await ahmad.page.waitForURL(/\/board$/)
  await ahmad.isShown('سلة غذائية')
  expect([...zeinab.faults, ...ahmad.faults]).toEqual([])
  await zeinab.close()
  await ahmad.close()
})

test('who is removed keeps what he had, sees nothing new, and is told how to come back', async () => {
  const zeinab = await open()
  await zeinab.found('شبكة الكرخ', 'زينب')
  await zeinab.addNeed({ category: 'cat.water', title: 'خزان قديم' })
  await zeinab.sendAll()
  const line = await BadLine.open(relay.port)
  const samir = await BrowserPhone.open(browser, line.origin, { path: pathOf(await zeinab.invite()) })
  await samir.join('سمير')
  await samir.isShown('خزان قديم')
  await samir.addNeed({ category: 'cat.food', title: 'قبل الإخراج' })
  await samir.sendAll()

  await pullUntil(zeinab, '/people', 'سمير')
  await pullUntil(zeinab, '/board', 'قبل الإخراج')
  // no word of it can reach him: he writes on
  line.mode = 'silent'
  line.hangUp()
  await zeinab.go('/people')
  await zeinab.page.getByRole('link', { name: /سمير/ }).click()
  await zeinab.isHeaded('سمير')
  await zeinab.isShown('قبل الإخراج')
  const page = (await zeinab.page.getByRole('main').textContent()) ?? ''
  expect(page.indexOf('قبل الإخراج')).toBeLessThan(page.indexOf(zeinab.word('rem.act')))
  await zeinab.button('rem.act').click()
  await zeinab.isShown(zeinab.word('rem.keeps'))
  await zeinab.page
    .getByRole('main')
    .getByRole('button', { name: zeinab.word('rem.act') })
    .click()
  await zeinab.page.waitForURL(/\/people$/)
  await samir.addNeed({ category: 'cat.food', title: 'بعد الإخراج' })
  await zeinab.addNeed({ category: 'cat.food', title: 'سر جديد' })
  await zeinab.sendAll()
  line.mode = 'through'
  line.hangUp()

  await samir.go('/outbox')
  const pull = samir.button('act.sendNow').or(samir.button('outbox.look')).first()
  const stays = samir.page.getByText(samir.word('outbox.stays')).first()
  // the word may come by itself: then the button leaves before the thumb is there
  await Promise.race([pull.click().catch(() => undefined), stays.waitFor()])
  await stays.waitFor()
  expect(await samir.button('act.sendNow').count()).toBe(0)
  await samir.go('/today')
  await samir.isShown(samir.word('ended.stays'))
  expect(await samir.page.locator('.add-button').count()).toBe(0)
  await samir.go('/board')
  await samir.isShown('خزان قديم')
  expect(await samir.page.getByText('سر جديد').count()).toBe(0)

  await zeinab.sendAll()
  await zeinab.go('/board')
  await zeinab.isShown('سر جديد')
  // what he wrote before stays, under his name; what came after does not count
  await zeinab.isShown('قبل الإخراج')
  expect(await zeinab.page.getByText('بعد الإخراج').count()).toBe(0)
  await zeinab.openCard('قبل الإخراج')
  await zeinab.isShown('سمير')
  await zeinab.go('/people')
  await zeinab.isShown('زينب')
  expect(await zeinab.page.getByRole('main').getByText('سمير').count()).toBe(0)
  expect([...zeinab.faults, ...samir.faults]).toEqual([])
  await zeinab.close()
  await samir.close()
  await line.close()
})

test('an invite that was cancelled opens no door; leaving leaves everything readable, and a new invite leads back', async () => {
  const zeinab = await open()
  await zeinab.found('شبكة الباب الشرقي', 'زينب')
  await zeinab.addNeed({ category: 'cat.water', title: 'ماء للمدرسة' })
  await zeinab.sendAll()
  const [link, cancelled] = [await zeinab.invite(), await zeinab.invite()]
  await zeinab.go('/invite')
  await zeinab.page
    .getByRole('button', { name: zeinab.word('invite.cancel') })
    .last()
    .click()
  const dialog = zeinab.page.getByRole('dialog')
  await dialog.getByRole('button', { name: zeinab.word('invite.cancel') }).click()
  await zeinab.isShown(zeinab.word('invite.cancelled'))
  await zeinab.sendAll()

  const nour = await open(pathOf(link))
  await nour.join('نور')
  await nour.isShown('ماء للمدرسة')
  await nour.go('/network')
  await nour.isShown(nour.word('network.myPlace'))
  // only coordinators invite here: a plain member is not sent to a closed door
  expect(await nour.page.getByText(nour.word('inv.make')).count()).toBe(0)
  await nour.page.getByText(nour.word('network.myPlace')).click()
  await nour.page
    .getByRole('button', { name: /\u2068/ })
    .last()
    .click()
  await nour.page
    .getByRole('dialog')
    .getByRole('button', { name: nour.word('member.leaveAct') })
    .click()
  await nour.isShown(nour.word('member.leaveDone'))
  // without another tap: what stays, and how one comes back
  await nour.isShown(nour.word('ended.stays'))
  await nour.go('/joining')
  await nour.isShown(nour.word('ended.stays'))
  await nour.go('/board')
  await nour.isShown('ماء للمدرسة')

  // back by a new invitation, with all that was here before
  const again = await zeinab.invite()
  await zeinab.addNeed({ category: 'cat.food', title: 'خبز للمدرسة' })
  await zeinab.sendAll()
  await nour.go(pathOf(again))
  await nour.isShown(nour.word('join.after'))
  expect(await nour.field('me.name').inputValue()).toBe('نور')
  await nour.button('join.act').click()
  await nour.page.waitForURL(/\/(board|today)?$/)
  // keys were changed when he left: her phone hands today's to whoever came in meanwhile
  await zeinab.sendAll()
  await pullUntil(nour, '/board', 'خبز للمدرسة')
  await nour.isShown('ماء للمدرسة')
  expect(await nour.page.getByText(nour.word('ended.line')).count()).toBe(0)

  const stranger = await open(pathOf(cancelled))
  await stranger.field('me.name').fill('غريب')
  await stranger.button('join.act').click()
  await stranger.isShown(stranger.word('err.inviteUsed'))
  expect([...zeinab.faults, ...nour.faults]).toEqual([])
  for (const phone of [zeinab, nour, stranger]) await phone.close()
})
