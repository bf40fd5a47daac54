/** Every screen, in both languages and both themes, as narrow as phones are: for everybody, and in one language. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../tools/root.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from './support/neighbours.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'
import type { Language } from './support/words.ts'

/** The narrowest that WCAG 2.2 asks for (1.4.10): also a 1,280 px window at 400 %. */
const narrowPx = 320
/** All of a page at once: what a bar at the lower edge covers, a reader scrolls out from under it. */
const tallPx = 3000
const languages: readonly Language[] = ['ar', 'en']

/** The paths that were looked at, in each language. */
const seen: Record<string, Set<string>> = { ar: new Set(), en: new Set() }

let browser: Browser
let relay: RelayProcess
let neighbours: Neighbours | undefined

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
  neighbours = await settleNeighbours(relay.origin)
})
afterAll(async () => {
  await neighbours?.end()
  await browser.close()
  await relay.remove()
})

const links = (): Neighbours => {
  if (!neighbours) throw new Error('beforeAll settled them')
  return neighbours
}

/** Everything about the screen as it stands; what is wrong is said once, at the end, for all screens. */
const check = async (phone: BrowserPhone, name: string): Promise<void> => {
  const say = (faults: readonly string[], where: string) => {
    for (const fault of faults) phone.faults.push(`${where}: ${fault}`)
  }
  await phone.page.emulateMedia({ colorScheme: 'light' })
  say(await phone.accessibilityFaults('all'), `${name}, light`)
  // in the dark only the colours are others
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  say(await phone.accessibilityFaults('colours'), `${name}, dark`)
  say(await screenFaults(phone.page, phone.language), name)
  seen[phone.language]?.add(new URL(phone.page.url()).pathname)
}

const open = (language: Language, path = '/'): Promise<BrowserPhone> =>
  BrowserPhone.open(browser, relay.origin, { language, path, width: narrowPx, height: tallPx })

const fragmentOf = (link: string): string => link.slice(link.indexOf('/#j='))

const askToLeave = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/network')
  await phone.page.getByText(phone.word('network.myPlace')).click()
  await phone.page
    .getByRole('button', { name: /\u2068/ })
    .last()
    .click()
  await phone.isShown(phone.word('member.leaveWhat'))
}

const leave = async (phone: BrowserPhone): Promise<void> => {
  const dialog = phone.page.getByRole('dialog')
  await dialog.getByRole('button', { name: phone.word('member.leaveAct') }).click()
  await phone.isShown(phone.word('member.leaveDone'))
}

describe.each(languages)('in %s', (language) => {
  test('before there is a network: start, create, a notebook, join, broken and expired links, settings, help', async () => {
    const phone = await open(language)
    await phone.isShown(phone.word('start.noAccount'))
    await check(phone, 'start')
    for (const [path, key] of [
      ['/create', 'create.act'],
      ['/create?solo', 'create.actSolo'],
      ['/join', 'act.next'],
      ['/meet', 'meet.makeCard'],
      ['/settings', 'settings.digits'],
      ['/help', 'help.notTitle'],
    ] as const) {
      await phone.go(path)
      await phone.isShown(phone.word(key))
      await check(phone, path)
    }
    await phone.go('/create')
    await phone.button('create.act').click()
    await phone.isShown(phone.word('err.required'))
    await check(phone, 'create with a fault')
    await phone.close()

    const broken = await open(language, '/#j=broken')
    await broken.isShown(broken.word('err.linkBroken'))
    await check(broken, 'broken link')
    await broken.close()
    const invited = await open(language, fragmentOf(links().memberLink))
    await invited.isShown(invited.word('join.act'))
    await check(invited, 'good link')
    await invited.page.clock.setSystemTime(Date.now() + 90 * 24 * 3600_000)
    await invited.reload()
    await invited.isShown(invited.word('err.inviteExpired'))
    await check(invited, 'expired link')
    expect([...phone.faults, ...broken.faults, ...invited.faults]).toEqual([])
    await invited.close()
  })

  test('a network of one: everything is empty and says what to do', async () => {
    const phone = await open(language)
    await phone.found('شبكة الزقاق', 'نور الهدى')
    for (const [path, key] of [
      ['/today', 'today.first'],
      ['/board', 'board.emptyNeeds'],
      ['/people', 'people.alone'],
      ['/network', 'network.onlyWhy'],
      ['/invite', 'invite.make'],
      ['/archive', 'archive.none'],
      ['/neighbour', 'packet.lead'],
      ['/need/none', 'need.gone'],
      ['/offer/none', 'offer.gone'],
      ['/member/none', 'member.gone'],
      ['/about-me', 'profile.languages'],
      ['/backup', 'backup.make'],
      ['/restore', 'backup.restoreLead'],
      ['/storage', 'storage.room'],
      ['/export', 'export.make'],
      ['/import', 'import.choose'],
      ['/categories', 'own.none'],
      ['/changes', 'changes.none'],
    ] as const) {
      await phone.go(path)
      await phone.isShown(phone.word(key))
      await check(phone, `empty ${path}`)
    }
    await phone.go('/board')
    await phone.choose('board.offers')
    await phone.isShown(phone.word('board.emptyOffers'))
    await check(phone, 'no offers')
    await phone.button('board.filters').click()
    await phone.isShown(phone.word('search.whose'))
    await check(phone, 'sheet: filters')
    await phone.page.keyboard.press('Escape')
    await phone.sendAll()
    await check(phone, 'empty outbox')
    expect(phone.faults).toEqual([])
    await phone.close()
  })

  test('a network in use: lists, records in every state, forms, people, dialogs', async () => {
    const phone = await open(language, fragmentOf(links().coordinatorLink))
    await phone.join('فاطمة الزهراء')
    await phone.isShown('بطانيات لعائلة نازحة')
    await check(phone, 'board')
    await phone.choosePrefix('board.offers')
    await phone.isShown('سيارة بيك أب')
    await check(phone, 'offers')
    await phone.page.getByText('سيارة بيك أب').click()
    await phone.isHeaded('سيارة بيك أب')
    await check(phone, "another's offer")

    await phone.go('/board')
    // each language takes another one
    await phone.openCard(language === 'ar' ? 'إنسولين لانتوس لأم عمر' : 'غرفة لعائلة مهجرة، شهر واحد')
    await check(phone, 'urgent need')
    await phone.button('act.take').click()
    await phone.button('act.onWay').waitFor()
    await check(phone, 'need that I take')
    await phone.openCard('ماء للزقاق السابع')
    await check(phone, 'taken need')
    for (const [key, shown] of [
      ['report.open', 'report.why'],
      ['hide.act', 'hide.note'],
    ] as const) {
      await phone.button(key).click()
      await phone.isShown(phone.word(shown))
      await check(phone, `dialog: ${key}`)
      await phone.page.keyboard.press('Escape')
    }
    await phone.button('act.reserve').click()
    await phone.isShown(phone.word('claim.reserve'))
    await check(phone, 'need for which I am reserve')
    await phone.openCard('بطانيات لعائلة نازحة')
    await phone.button('act.takePart').click()
    await phone.isShown(phone.word('need.howMuch'))
    await check(phone, 'sheet: how much')
    await phone.page.keyboard.press('Escape')
    await phone.button('act.cancelNeed').click()
    await phone.isShown(phone.word('need.cancelWhat'))
    await check(phone, 'dialog: cancel')
    for (const title of ['أوراق البطاقة الموحدة', 'مدفأة نفطية']) {
      await phone.openClosedCard(title)
      await check(phone, `closed need: ${title}`)
    }

    await phone.go('/add/need')
    await phone.choose('cat.other')
    await phone.isShown(phone.word('cat.reunion'))
    await phone.isShown(phone.word('more.dayOrLength'))
    for (const fold of await phone.page.locator('summary').all()) await fold.click()
    await check(phone, 'add a need')
    await phone.go('/paste')
    await phone.field('paste.text').fill('• بطانيتين شارع ٤ ٠٧٧٠١٢٣٤٥٦٧\n• عندي سيارة واكدر اوصل مرضى')
    await phone.button('paste.read').click()
    await phone.isShown(phone.word(language === 'ar' ? 'paste.found_two' : 'paste.review'))
    await check(phone, 'a pasted message')
    await phone.go('/add/visit')
    await phone.choose('cat.food')
    for (const step of ['say', 'when', 'amount', 'where', 'agree']) {
      await phone.button('act.next').click()
      await phone.isHeaded(phone.word(`visit.${step}`))
      if (step === 'where') await phone.page.locator('summary').click()
      // the parts of the others stand in the form
      if (!['say', 'when'].includes(step)) await check(phone, `visit: ${step}`)
    }
    await phone.choose('visit.yesAll')
    await phone.button('act.next').click()
    await phone.isHeaded(phone.word('visit.check'))
    await check(phone, 'visit: what was answered')
    await phone.go('/same')
    await phone.isShown(phone.word('same.none'))
    await check(phone, 'no needs that look alike')
    await phone.go('/add/offer')
    await phone.choose('offer.goods')
    await check(phone, 'add an offer')
    await phone.choose('offer.dated')
    await check(phone, 'add a dated offer')
    await phone.addNeed({ category: 'cat.food', title: 'سلة غذائية' })
    await check(phone, 'own need')
    await phone.button('history.title').click()
    await phone.isHeaded(phone.word('history.title'))
    await check(phone, 'what happened to a need')
    await phone.page.goBack()
    await phone.button('act.edit').click()
    await phone.isHeaded(phone.word('form.editNeed'))
    await check(phone, 'edit a need')
    await phone.addOffer({ kind: 'offer.skill', title: 'تصليح مضخات' })
    await check(phone, 'own offer')
    await phone.button('act.edit').click()
    await phone.isHeaded(phone.word('form.editOffer'))
    await check(phone, 'edit an offer')

    await phone.go('/today')
    await phone.isShown('غرفة لعائلة مهجرة، شهر واحد')
    await check(phone, 'today')
    await phone.page.locator('.add-button').click()
    await phone.isShown(phone.word('add.needHint'))
    await check(phone, 'sheet: add')
    await phone.go('/people')
    await phone.isShown('Ayşe Türkmen')
    await check(phone, 'people')
    await phone.page.getByText('أبو علي').click()
    await phone.isHeaded('أبو علي')
    await check(phone, 'member')
    await phone.go('/network')
    await phone.page.getByText(phone.word('network.me')).click()
    await phone.isShown(phone.word('me.nameHint'))
    await check(phone, 'dialog: my name')
    await phone.go('/settings')
    await phone.isShown(phone.word('settings.digits'))
    await check(phone, 'settings')
    await phone.invite()
    await check(phone, 'invite that is ready')
    // from three coordinators on the next one would come in as a member
    await askToLeave(phone)
    await leave(phone)
    expect(phone.faults).toEqual([])
    await phone.close()
  })

  test('people: requests, roles, removing, own phones, meeting, leaving', async () => {
    const name = language === 'ar' ? 'أم سجاد' : 'Soran'
    const phone = await open(language, fragmentOf(links().coordinatorLink))
    await phone.join('نور')
    await phone.isShown('بطانيات لعائلة نازحة')
    // after somebody left, her phone gives the newcomer the keys of today
    await links().ask(name)
    await links().zeinab.exchange()
    await phone.start('/requests')
    await phone.isShown(name)
    await phone.fourWords()
    await check(phone, 'requests')
    await phone.page
      .getByRole('button', { name: new RegExp(`^${phone.word('join.differ')}`) })
      .first()
      .click()
    await phone.isShown(phone.word('join.stop'))
    await check(phone, 'words that differ')
    await phone.go('/today')
    await phone.page.locator('a[href="/requests"]').first().waitFor()
    await check(phone, 'today with requests')

    await phone.go('/people')
    await phone.page.getByText('أبو علي').click()
    await phone.isHeaded('أبو علي')
    await phone.button('member.changeRole').click()
    await phone.choose('role.coordinator')
    await check(phone, 'sheet: role')
    await phone.page.keyboard.press('Escape')
    await phone.button('rem.act').click()
    await phone.isShown(phone.word('rem.keeps'))
    await check(phone, 'remove')
    await phone.go('/network')
    await phone.page.getByText(phone.word('network.myPlace')).click()
    await phone.isShown(phone.word('member.phones'))
    await check(phone, 'own place')

    await phone.go('/invite')
    await phone.choose('invite.atOnce')
    await phone.isShown(phone.word('invite.meansLater'))
    await check(phone, 'invite at once')
    await phone.page
      .getByRole('button', { name: phone.word('invite.cancel') })
      .first()
      .click()
    await phone.isShown(phone.word('invite.cancelWhat'))
    await check(phone, 'dialog: cancel an invite')
    await phone.go('/admit')
    await phone.isShown(phone.word('camera.none'))
    await phone.button('meet.noCamera').click()
    await check(phone, 'admit')
    const joiner = await open(language, '/meet')
    await joiner.field('me.name').fill('كريم')
    await joiner.button('meet.makeCard').click()
    await joiner.isShown(joiner.word('meet.cardWhat'))
    await check(joiner, 'card')
    await joiner.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await joiner.button('meet.shareCard').click()
    await joiner.isShown(joiner.word('share.copied'))
    const card = await joiner.page.evaluate(() => navigator.clipboard.readText())
    await joiner.button('meet.then').click()
    await joiner.isShown(joiner.word('camera.none'))
    await check(joiner, 'reading the way in')
    await phone.field('meet.paste').fill(card)
    await phone.button('act.next').click()
    await phone.isShown(phone.word('meet.confirmWhat'))
    await check(phone, 'card that was read')
    await phone.button('join.approve').click()
    await phone.isHeaded(phone.word('meet.show'))
    await check(phone, 'the way in')

    await askToLeave(phone)
    await check(phone, 'dialog: leave')
    await leave(phone)
    for (const [path, key] of [
      ['/today', 'ended.stays'],
      ['/people', 'ended.line'],
    ] as const) {
      await phone.go(path)
      await phone.isShown(phone.word(key))
      await check(phone, `out: ${path}`)
    }
    expect([...phone.faults, ...joiner.faults]).toEqual([])
    await phone.close()
    await joiner.close()
  })

  test('waiting for an answer to a request', async () => {
    const link = await links().zeinab.invite(1, 'member', true)
    const phone = await open(language, fragmentOf(link))
    await phone.isShown(phone.word('join.afterAsking'))
    await check(phone, 'a link that needs approval')
    await phone.ask('نور')
    await phone.fourWords()
    await check(phone, 'waiting for an answer')
    await phone.go('/board')
    await phone.isShown(phone.word('line.joining'))
    await check(phone, 'board while waiting')
    expect(phone.faults).toEqual([])
    await phone.close()
  })
})

test('no screen that one can go to was left out', () => {
  const routes = [
    ...readFileSync(join(root, 'src/app/routes.tsx'), 'utf8').matchAll(/<Route path="([^"]+)"/g),
  ]
  const paths = routes.map(([, path]) => path ?? '')
  expect(paths.length).toBeGreaterThan(30)
  for (const language of languages) {
    const isSeen = (path: string) => {
      const pattern = new RegExp(
        `^${path.replaceAll(/\/:\w+\?/g, '(/[^/]+)?').replaceAll(/:\w+/g, '[^/]+')}$`,
      )
      return [...(seen[language] ?? [])].some((each) => pattern.test(each))
    }
    expect(paths.filter((path) => !isSeen(path))).toEqual([])
  }
})
