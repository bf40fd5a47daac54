/** An address from one phone to another on the built app: written, waited for, given by one tap, hidden again. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { postToRelay } from '../../src/sync/post.ts'
import { Phone } from '../support/phone.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'
import type { Language } from './support/words.ts'

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

const join = async (link: string, name: string, language: Language): Promise<BrowserPhone> => {
  const path = link.slice(link.indexOf('/#j='))
  // as narrow as WCAG 2.2 asks for, and all of a page at once
  const phone = await BrowserPhone.open(browser, relay.origin, { path, language, width: 320, height: 2400 })
  await phone.join(name)
  return phone
}

/** What is wrong with the screen as it stands, in both themes. */
const check = async (phone: BrowserPhone, name: string): Promise<void> => {
  const faults = [
    ...(await phone.accessibilityFaults('all')),
    ...(await screenFaults(phone.page, phone.language)),
  ]
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  faults.push(...(await phone.accessibilityFaults('colours')))
  await phone.page.emulateMedia({ colorScheme: 'light' })
  phone.faults.push(...faults.map((fault) => `${name}: ${fault}`))
}

test.each<Language>(['ar', 'en'])(
  'in %s the taker waits for it, gets it by one tap of who asked, and sees it no more once he lets go',
  async (language) => {
    const title = language === 'ar' ? 'إنسولين لانتوس' : 'كرسي متحرك'
    const link = await zeinab.invite(3)
    const asker = await join(link, 'أم سعيد', language)
    const taker = await join(link, 'هيوا', language)

    await asker.go('/add/need')
    await asker.choose('cat.medicine')
    await asker.field('form.title').fill(title)
    await asker.page.getByText(asker.word('type.contact'), { exact: true }).click()
    await asker.isShown(asker.word('contact.afterApprovalWhy'))
    await asker.field('contact.address').fill(address)
    await check(asker, 'form')
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
    await check(taker, 'sealed')
    await taker.button('act.take').click()
    await taker.isShown(new RegExp(`${taker.word('contact.unsent')}|${taker.word('contact.waitingWhy')}`))
    await taker.sendAll()
    await taker.openCard(title)
    await taker.isShown(taker.word('contact.waitingWhy'))
    await check(taker, 'waiting')
    expect(await taker.page.getByText(address).count()).toBe(0)

    await asker.go('/outbox')
    await asker.button('outbox.look').click()
    await asker.go('/today')
    const give = asker.page.getByRole('button', { name: asker.word('act.give') })
    await give.waitFor()
    await check(asker, 'today')
    await asker.openCard(title)
    await check(asker, 'own need that somebody takes')
    await asker.go('/today')
    await give.click()
    await asker.isShown(asker.word('contact.given'))
    await asker.sendAll()

    await taker.go('/outbox')
    await taker.button('outbox.look').click()
    await taker.openCard(title)
    await taker.isShown(address)
    await check(taker, 'given')

    await taker.button('act.release').click()
    await taker.isShown(taker.word('contact.over'))
    await check(taker, 'over')
    expect(await taker.page.getByText(address).count()).toBe(0)
    expect([...asker.faults, ...taker.faults]).toEqual([])
    const sent = Buffer.concat([...asker.sent, ...taker.sent])
    expect(sent.includes(Buffer.from(address))).toBe(false)
    await asker.close()
    await taker.close()
  },
)

test('what somebody says of himself stands on his page, on the phones of others too', async () => {
  const link = await zeinab.invite(2)
  const [writer, reader] = [await join(link, 'د. ليلى', 'ar'), await join(link, 'أحمد', 'ar')]
  await writer.go('/people')
  await writer.page.getByText('د. ليلى').first().click()
  await writer.button('profile.write').click()
  await writer.button('skill.medicine').click()
  await writer.field('profile.otherSkills').fill('خبز التنور')
  await check(writer, 'about me')
  await writer.button('act.save').click()
  await writer.isShown('خبز التنور')
  await check(writer, 'own page')
  await writer.sendAll()

  await reader.go('/outbox')
  await reader.button('outbox.look').click()
  await reader.go('/people')
  await reader.page.getByText('د. ليلى').first().click()
  await reader.isShown('خبز التنور')
  await reader.isShown(reader.word('skill.medicine'))
  await check(reader, "another's page")
  expect([...writer.faults, ...reader.faults]).toEqual([])
  await writer.close()
  await reader.close()
})
