/**
 * `npm run screenshots [-- FOLDER]`: pictures of the built app in use, 360×740; into FOLDER every screen, else the README's
 * five and the manifest's four.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { BrowserPhone, launchBrowser } from '../tests/browser/support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from '../tests/browser/support/neighbours.ts'
import { RelayProcess } from '../tests/browser/support/relay-process.ts'
import type { Language } from '../tests/browser/support/words.ts'
import { buildIfNeeded } from './build.ts'
import { root } from './root.ts'
import { takeStorePicture } from './store-picture.ts'

const readmePictures = ['today-ar', 'board-ar', 'need-ar', 'add-ar', 'board-en-dark']
/** Beside tools/web-manifest.ts. */
const storePictures = ['today-ar', 'board-ar', 'need-ar']
const storeFolder = join(root, 'public', 'screenshots')
const wide = { width: 1280, height: 800 }
const chosen = process.argv[2]
const folder = chosen ? resolve(chosen) : join(root, 'docs', 'screenshots')
/** So that what was written just now is some hours old in the picture. */
const laterMs = 3 * 3600_000

type Scheme = 'light' | 'dark'

/** Takes the picture of one screen, if it is wanted. */
type Shoot = (name: string) => Promise<void>

const shooter = (page: Page, language: Language, scheme: Scheme): Shoot => {
  const ending = `${language}${scheme === 'dark' ? '-dark' : ''}`
  return async (name) => {
    const full = `${name}-${ending}`
    if (!chosen && !readmePictures.includes(full)) return
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
    // what was said in passing does not stand before what is shown
    await page.locator('.toast > div').waitFor({ state: 'detached' })
    await page.screenshot({ path: join(folder, `${full}.png`), animations: 'disabled' })
    console.log(full)
    if (!chosen && storePictures.includes(full))
      await takeStorePicture(page, join(storeFolder, `${name}.png`))
  }
}

/** Of a laptop's page, for the manifest alone. */
const shootWide = async ({ page }: BrowserPhone): Promise<void> => {
  const narrow = page.viewportSize()
  await page.setViewportSize(wide)
  await takeStorePicture(page, join(storeFolder, 'board-wide.png'))
  if (narrow) await page.setViewportSize(narrow)
}

/** One after the other: opens a place, waits for words on it, takes the picture. */
const shootPlaces = async (
  phone: BrowserPhone,
  shoot: Shoot,
  places: readonly (readonly [name: string, path: string, word: string])[],
): Promise<void> => {
  for (const [name, path, word] of places) {
    await phone.go(path)
    await phone.isShown(word)
    await shoot(name)
  }
}

/** Installed, so that all but what a newcomer sees first is in the app's own letters. */
const open = async (relay: RelayProcess, language: Language, colorScheme: Scheme, path = '/') => {
  const phone = await BrowserPhone.open(browser, relay.origin, { language, colorScheme, path })
  await phone.isInstalled()
  return phone
}

const shootBeginning = async (relay: RelayProcess, links: Neighbours, language: Language, scheme: Scheme) => {
  const phone = await open(relay, language, scheme)
  const shoot = shooter(phone.page, language, scheme)
  const word = (key: string) => phone.word(key)
  await shootPlaces(phone, shoot, [
    ['start', '/', word('start.noAccount')],
    ['create', '/create', word('create.act')],
    ['join', '/join', word('join.link')],
    ['help', '/help', word('help.notTitle')],
  ])
  await phone.go(links.memberLink.slice(links.memberLink.indexOf('/#j=')))
  await phone.isShown(word('join.after'))
  await shoot('join-link')
  await phone.go('/')
  await phone.button('join.other').click()
  await phone.go('/#j=broken')
  await phone.isShown(word('err.linkBroken'))
  await shoot('join-broken')
  await phone.go('/create')
  await phone.field('create.name').fill('شبكة الزقاق')
  await phone.field('me.name').fill('نور الهدى')
  await phone.button('create.act').click()
  await phone.page.waitForURL(/\/board$/)
  await shootPlaces(phone, shoot, [
    ['board-empty', '/board', word('board.emptyNeeds')],
    ['today-empty', '/today', word('today.first')],
    ['people-alone', '/people', word('people.alone')],
    ['network-alone', '/network', word('network.onlyWhy')],
    ['outbox-empty', '/outbox', word('outbox.empty')],
  ])
  await phone.close()
}

const shootForms = async (phone: BrowserPhone, shoot: Shoot): Promise<void> => {
  await phone.go('/add/need')
  await phone.choose('cat.winter')
  await phone.field('form.title').fill('بطانيات لعائلة نازحة')
  await phone.choose('when.today')
  await phone.page.evaluate(() => scrollTo(0, 0))
  await shoot('add')
  await phone.page.evaluate(() => scrollTo(0, 700))
  await shoot('add-lower')
  await phone.page.locator('.contact-fields > summary').last().click()
  await phone.page.evaluate(() => scrollTo(0, 5000))
  await shoot('add-contact')
  await phone.button('form.startOver').or(phone.page.locator('h1')).first().waitFor()
  await phone.go('/add/offer')
  await phone.choose('offer.transport')
  await phone.page.evaluate(() => scrollTo(0, 0))
  await shoot('add-offer')
  await phone.page.evaluate(() => scrollTo(0, 700))
  await shoot('add-offer-lower')
}

const shootRecords = async (phone: BrowserPhone, shoot: Shoot): Promise<void> => {
  for (const [name, title] of [
    ['need', 'بطانيات لعائلة نازحة'],
    ['need-taken', 'ماء للزقاق السابع'],
    ['need-mine', 'إنسولين لانتوس لأم عمر'],
    ['need-own', 'سلة غذائية لعائلة من خمسة'],
    ['need-latin', 'İngilizce öğretmeni, 6. sınıf'],
  ] as const) {
    await phone.openCard(title)
    await shoot(name)
    if (name === 'need') {
      await phone.page.evaluate(() => scrollTo(0, 5000))
      await shoot('need-lower')
      await phone.button('act.takePart').click()
      await phone.isShown(phone.word('need.howMuch'))
      await shoot('need-part')
      await phone.page.keyboard.press('Escape')
    }
  }
  await phone.button('act.cancelNeed').click()
  await phone.isShown(phone.word('need.cancelWhat'))
  await shoot('need-cancel')
  await phone.openClosedCard('أوراق البطاقة الموحدة')
  await shoot('need-done')
  await phone.go('/board')
  await phone.choosePrefix('board.offers')
  await phone.page.getByText('سيارة بيك أب').waitFor()
  await shoot('offers')
  await phone.page.getByText('سيارة بيك أب').click()
  await phone.isHeaded('سيارة بيك أب')
  await shoot('offer')
}

/** As a coordinator in the middle of a day's work. */
const shootUse = async (relay: RelayProcess, links: Neighbours, language: Language, scheme: Scheme) => {
  const link = links.coordinatorLink
  const phone = await open(relay, language, scheme, link.slice(link.indexOf('/#j=')))
  const shoot = shooter(phone.page, language, scheme)
  const word = (key: string) => phone.word(key)
  await phone.join('فاطمة الزهراء')
  await phone.isShown('بطانيات لعائلة نازحة')
  await phone.openCard('إنسولين لانتوس لأم عمر')
  await phone.button('act.take').or(phone.button('act.reserve')).click()
  await phone.addNeed({
    category: 'cat.food',
    title: 'سلة غذائية لعائلة من خمسة',
    area: 'شارع ١٢',
  })
  await phone.sendAll()
  await phone.page.clock.setSystemTime(Date.now() + laterMs)
  await phone.go('/board')
  await phone.isShown('بطانيات لعائلة نازحة')
  // counts come after the list, the engine's word after the rows
  await phone.page
    .getByRole('radio', { name: new RegExp(`^${word('board.needs')} `) })
    .waitFor({ state: 'attached' })
  await shoot('board')
  if (!chosen && language === 'ar' && scheme === 'light') await shootWide(phone)
  await phone.page.evaluate(() => scrollTo(0, 5000))
  await shoot('board-lower')
  await phone.page.evaluate(() => scrollTo(0, 0))
  await phone.page.locator('.add-button').click()
  await phone.isShown(word('add.needHint'))
  await shoot('add-sheet')
  await phone.go('/today')
  await phone.isShown('إنسولين لانتوس لأم عمر')
  await phone.isShown(phone.word('line.allSent', { ago: '' }).trim())
  await shoot('today-new-role')
  // whoever has read what the role means sees the day's work
  await phone.button('newRole.read').click()
  await phone.button('newRole.read').waitFor({ state: 'hidden' })
  await shoot('today')
  await shootRecords(phone, shoot)
  await shootPlaces(phone, shoot, [
    ['people', '/people', 'Ayşe Türkmen'],
    ['network', '/network', word('network.me')],
    ['settings', '/settings', word('settings.digits')],
    ['invite', '/invite', word('invite.make')],
    ['requests', '/requests', word(chosen ? 'requests.lead' : 'requests.none')],
    ['admit', '/admit', word('meet.scanCard')],
    ['meet', '/meet', word('meet.lead')],
  ])
  await phone.go('/people')
  await phone.page.getByText('أبو علي').click()
  await phone.isHeaded('أبو علي')
  await shoot('member')
  await phone.button('rem.act').click()
  await phone.isShown(word('rem.keeps'))
  await shoot('remove')
  await phone.go('/network')
  await phone.page.getByText(word('network.myPlace')).click()
  await phone.isShown(word('member.phones'))
  await shoot('my-place')
  await phone.invite()
  await shoot('invite-ready')
  await shootForms(phone, shoot)
  await phone.context.setOffline(true)
  await relay.kill()
  await phone.addNeed({ category: 'cat.water', title: 'خزان ماء للمدرسة', area: 'مدرسة النهضة' })
  await shoot('need-unsent')
  await phone.go('/outbox')
  await phone.button('act.sendNow').click()
  await phone.isShown(word('problem.offline'))
  await shoot('outbox')
  await phone.go('/network')
  await phone.isShown(word('problem.offline'))
  await shoot('network-offline')
  await phone.close()
  await relay.start()
}

if (!process.env.TADAMUN_STATIC && !buildIfNeeded()) process.exit(1)
for (const made of [folder, storeFolder]) mkdirSync(made, { recursive: true })
const browser = await launchBrowser()
const only = chosen ? undefined : ['ar-light', 'en-dark']
try {
  for (const language of ['ar', 'en'] as const)
    for (const scheme of ['light', 'dark'] as const) {
      if (only && !only.includes(`${language}-${scheme}`)) continue
      const relay = await RelayProcess.start()
      const neighbours = await settleNeighbours(relay.origin)
      // the README shows an ordinary day
      if (chosen) await neighbours.ask(language === 'ar' ? 'أم سجاد' : 'Soran')
      if (chosen) await shootBeginning(relay, neighbours, language, scheme)
      await shootUse(relay, neighbours, language, scheme)
      await neighbours.end()
      await relay.remove()
    }
} finally {
  await browser.close()
}
