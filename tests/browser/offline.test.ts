/** Nothing that was written is lost: over reloads, without a link, and with a relay that answers rubbish. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadLine, type LineMode } from './support/bad-line.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
let line: BadLine

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
  line = await BadLine.open(relay.port)
})
afterAll(async () => {
  await browser.close()
  await line.close()
  await relay.remove()
})

test('a half-written form is there again after a reload, and only when the person starts over is it gone', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.page.addInitScript(() => {
    const asked = { persist: 0 }
    Object.assign(globalThis, { asked })
    navigator.storage.persist = async () => {
      asked.persist++
      return true
    }
  })
  const timesAsked = () =>
    phone.page.evaluate(() => (globalThis as unknown as { asked: { persist: number } }).asked.persist)
  await phone.reload()
  await phone.button('net.create').click()
  await phone.field('create.name').fill('شبكة حي الحرية')
  await phone.field('me.name').fill('زينب')
  await phone.isDraftKept()
  await phone.reload()
  await expectValue(phone, 'create.name', 'شبكة حي الحرية')
  await phone.button('create.act').click()
  await phone.page.waitForURL(/\/board$/)

  await phone.go('/add/need')
  await phone.choose('cat.water')
  await phone.field('form.title').fill('دينمو ماء للزقاق السابع')
  await phone.field('form.details').fill('مقطوع من يومين')
  await phone.isDraftKept()
  await phone.reload()
  await phone.isShown(phone.word('form.draftBack'))
  await expectValue(phone, 'form.title', 'دينمو ماء للزقاق السابع')
  await expectValue(phone, 'form.details', 'مقطوع من يومين')
  expect(await timesAsked()).toBe(0)

  await phone.button('act.save').click()
  await phone.isHeaded('دينمو ماء للزقاق السابع')
  // lasting storage is asked for after the first save, when the person has read why
  await phone.isShown(phone.word('sto.persist'))
  expect(await timesAsked()).toBe(0)
  await phone.button('settings.persistAct').or(phone.button('sto.install')).click()
  await phone.isShown(phone.word('settings.persisted'))
  expect(await timesAsked()).toBe(1)

  await phone.button('act.edit').click()
  await phone.field('form.title').fill('دينمو ماء كبير')
  await phone.isDraftKept()
  await phone.reload()
  await expectValue(phone, 'form.title', 'دينمو ماء كبير')
  await phone.button('form.startOver').click()
  await expectValue(phone, 'form.title', 'دينمو ماء للزقاق السابع')
  await phone.reload()
  await expectValue(phone, 'form.title', 'دينمو ماء للزقاق السابع')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('saved, corrected, cancelled, taken, released and done without a link: all is there after a reload, and leaves later', async () => {
  const ahmad = await BrowserPhone.open(browser, relay.origin)
  await ahmad.found('شبكة الزقاق السابع', 'أحمد')
  for (const title of ['كيس طحين', 'أنبوبة غاز']) await ahmad.addNeed({ category: 'cat.food', title })
  const link = await ahmad.invite()
  const zeinab = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await zeinab.join('زينب')
  await zeinab.isShown('كيس طحين')
  await zeinab.isInstalled()
  await relay.kill()
  await zeinab.context.setOffline(true)

  await zeinab.addNeed({ category: 'cat.medicine', title: 'دواء ضغط' })
  await zeinab.isShown(zeinab.word('state.local'))
  await zeinab.button('act.edit').click()
  await zeinab.field('form.title').fill('دواء ضغط، علبتان')
  await zeinab.button('act.save').click()
  await zeinab.isHeaded('دواء ضغط، علبتان')
  await zeinab.addNeed({ category: 'cat.repair', title: 'تصليح باب' })
  await zeinab.cancelNeed('need.reasonElse')
  await zeinab.openCard('كيس طحين')
  await zeinab.button('act.take').click()
  await zeinab.button('act.release').click()
  await zeinab.button('act.take').waitFor()
  await zeinab.openCard('أنبوبة غاز')
  await zeinab.button('act.take').click()
  await zeinab.button('act.done').click()
  await zeinab.isShown(zeinab.word('need.finished'))

  await zeinab.go('/board')
  await zeinab.reload()
  await zeinab.isShown('دواء ضغط، علبتان')
  await zeinab.openCard('كيس طحين')
  await zeinab.button('act.take').waitFor()
  for (const title of ['أنبوبة غاز', 'تصليح باب']) await zeinab.openClosedCard(title)
  await zeinab.isShown(zeinab.word('need.reasonElse'))
  await zeinab.go('/outbox')
  await zeinab.isShown('دواء ضغط، علبتان')

  await relay.start()
  await zeinab.context.setOffline(false)
  await zeinab.sendAll()
  await zeinab.openCard('دواء ضغط، علبتان')
  await zeinab.isShown(zeinab.word('state.delivered'))
  await ahmad.sendAll()
  await ahmad.go('/board')
  await ahmad.isShown('دواء ضغط، علبتان')
  for (const title of ['أنبوبة غاز', 'تصليح باب']) await ahmad.openClosedCard(title)
  expect([...zeinab.faults, ...ahmad.faults]).toEqual([])
  await zeinab.close()
  await ahmad.close()
})

test('a relay that answers rubbish, or nothing: one plain sentence, nothing lost, and delivered when it is well again', async () => {
  const phone = await BrowserPhone.open(browser, line.origin)
  await phone.found('شبكة الجمعة', 'زينب')
  await phone.sendAll()
  const sentences = ['offline', 'relayRefused', 'relayNonsense', 'notMember', 'clock', 'quota', 'tooFast']
  const isSaid = new RegExp(sentences.map((code) => phone.word(`problem.${code}`)).join('|'))
  const modes: LineMode[] = ['html', 'fault', 'half', 'bytes']
  for (const mode of modes) {
    line.mode = mode
    await phone.addNeed({ category: 'cat.food', title: `سلة ${mode}` })
    await phone.isShown(phone.word('state.local'))
    await phone.go('/outbox')
    const before = line.spoiled
    await phone.button('act.sendNow').click()
    await expect.poll(() => line.spoiled).toBeGreaterThan(before)
    await phone.button('act.sendNow').waitFor()
    await phone.isShown(isSaid)
    expect(await phone.page.getByText(isSaid).count()).toBe(1)
    await phone.isShown(`سلة ${mode}`)
  }
  // what somebody typed heads what can be done with it, in its own direction
  await phone.page.getByRole('button', { name: /سلة html/ }).click()
  await phone.page.getByRole('dialog').locator('h2 > bdi').getByText('سلة html').waitFor()
  await phone.page.keyboard.press('Escape')
  // a line that says nothing is being waited for; when it breaks, nothing is lost either
  line.mode = 'silent'
  await phone.button('act.sendNow').click()
  await phone.isShown(phone.word('state.sending'))
  await phone.addNeed({ category: 'cat.food', title: 'سلة silent' })
  line.hangUp()
  line.mode = 'through'
  await phone.sendAll()
  await phone.openCard('سلة half')
  await phone.isShown(phone.word('state.delivered'))
  await phone.go('/board')
  for (const mode of [...modes, 'silent']) await phone.isShown(`سلة ${mode}`)
  expect(phone.faults).toEqual([])
  await phone.close()
})

const expectValue = (phone: BrowserPhone, key: string, value: string) =>
  expect.poll(() => phone.field(key).inputValue()).toBe(value)
