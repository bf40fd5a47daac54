/**
 * How long a person waits in a district of 5,000 needs, 2,000 offers and 500 people: the built app in Chromium, without
 * a link, its page slowed to a sixth. The engine's worker cannot be slowed: what it works is reported beside, times six.
 */
import { availableParallelism, loadavg } from 'node:os'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { BrowserPhone, followLink } from '../../tests/browser/support/browser-phone.ts'
import { RelayProcess } from '../../tests/browser/support/relay-process.ts'
import { launchOptions } from '../../tests/support/chromium.ts'
import type { BenchOptions } from '../bench.ts'
import { buildIfNeeded } from '../build.ts'
import { fillDatabase } from './board/fill.ts'
import { fillPhone } from './board/filled-phone.ts'
import { type MatchFigures, matchFigures } from './board/match-time.ts'
import { type Answer, PageClock } from './board/page-clock.ts'
import { pageWork } from './board/page-work.ts'
import { size, type Tables } from './board/rows.ts'
import { withWorkerMs } from './board/worker-time.ts'

const slowdown = 6
const runs = { starts: 5, firstSearches: 3, saves: 40 }
/** What the first search may take before it is given up, ms. */
const firstPatienceMs = 4000
/** Arabic, Sorani, Latin with diacritics, digits of both kinds, Franco, and what nobody wrote. */
const queries = [
  'بطانيات',
  'حليب اطفال',
  'نەخۆش',
  'ilaç',
  'médic',
  '١٢',
  '306',
  '7aleeb',
  'dawa',
  'شارع ٩',
  'قطط',
]

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
/** The smallest value that 95 of 100 do not exceed. */
const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0
const whole = Math.round

interface Throttled {
  page: Page
  clock: PageClock
}

const openThrottled = async (context: BrowserContext): Promise<Throttled> => {
  const page = await context.newPage()
  const clock = await PageClock.of(page)
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { page, clock }
}

export interface BoardFigures {
  /** a list can be read, and its links are followed: as it was last seen */
  listMs: number
  /** the app's own first card, from the rows */
  ownListMs: number
  /** what the engine worked meanwhile, as if it were slowed too */
  listWorkerMsTimes6: number | null
  /** what the page's thread worked for the first card and for a letter (p95) without a slowdown, times six */
  listPageWorkMsTimes6: number
  searchPageWorkMsTimes6: number
  savePageWorkMsTimes6: number
  firstSearchMs: number
  /** from the first letter of a word, which puts what is found in the place of the list, to what it changes on the screen */
  searchBeginP95Ms: number
  /** from each further letter */
  searchP95Ms: number
  /** also below the screen */
  searchAllP95Ms: number
  saveP95Ms: number
  saveWorkerMsTimes6: number | null
  /** of a start, of a word that is searched, of a save: the median of each, and of these the largest */
  longestTaskMs: number
  /** of all that was done: one bad moment of the machine is in it */
  longestTaskOfAllMs: number
}

const leadTo = async (page: Page, path: string): Promise<void> => {
  await followLink(page, path)
  await page.waitForURL((url) => url.pathname === path)
}

/** A person touches the line to search in, be it in the picture of what was last seen. */
const reachSearch = async (page: Page): Promise<void> => {
  await page.locator('search input').first().click()
  await page.locator('#last-view').waitFor({ state: 'detached' })
  await page.locator('search input').focus()
}

const measureStarts = async (context: BrowserContext, origin: string) => {
  const times: number[] = []
  const ownTimes: number[] = []
  const works: number[] = []
  const tasks: number[] = []
  for (let run = 0; run < runs.starts; run++) {
    const { page, clock } = await openThrottled(context)
    const [time, work] = await withWorkerMs(async () => {
      await page.goto(`${origin}/board`, { waitUntil: 'commit' })
      return clock.ownCardMs()
    })
    times.push(await clock.firstCardMs())
    ownTimes.push(time)
    works.push((work ?? 0) * slowdown)
    await page.waitForTimeout(3000)
    tasks.push(await clock.longestTaskMs())
    await page.close()
  }
  return { times, ownTimes, works, tasks }
}

const measureFirstSearch = async (context: BrowserContext, origin: string): Promise<number> => {
  const { page, clock } = await openThrottled(context)
  await page.goto(`${origin}/board`, { waitUntil: 'commit' })
  await clock.ownCardMs()
  await reachSearch(page)
  const answer = await clock.keystroke('ب', firstPatienceMs)
  await page.close()
  return answer?.allMs ?? Number.NaN
}

const measureSearch = async (context: BrowserContext, origin: string, people: Tables) => {
  const { page, clock } = await openThrottled(context)
  await page.goto(`${origin}/board`, { waitUntil: 'commit' })
  await clock.ownCardMs()
  // in the roster, which the engine knows by now, is nobody: people are found from rows alone
  await fillDatabase(page, people)
  await reachSearch(page)
  const field = page.locator('search input')
  await clock.keystroke('ا', firstPatienceMs)
  const begins: Answer[] = []
  const answers: Answer[] = []
  const tasks: number[] = []
  await clock.longestTaskMs()
  for (const query of queries) {
    await field.fill('')
    await page.waitForTimeout(700)
    for (const [place, letter] of [...query].entries()) {
      const answer = await clock.keystroke(letter)
      if (answer) (place === 0 ? begins : answers).push(answer)
    }
    tasks.push(await clock.longestTaskMs())
  }
  await page.close()
  return {
    begins: begins.map(({ firstMs }) => firstMs),
    firsts: answers.map(({ firstMs }) => firstMs),
    alls: answers.map(({ allMs }) => allMs),
    tasks,
  }
}

/** What the page itself works for the first card and for each letter, as if it were slowed: whatever else runs here. */
const measureWork = async (context: BrowserContext, origin: string, phone: BrowserPhone, people: Tables) => {
  const starts: number[] = []
  for (let run = 0; run < runs.starts; run++) {
    const page = await context.newPage()
    const clock = await PageClock.of(page)
    const work = await pageWork(page)
    await page.goto(`${origin}/board`, { waitUntil: 'commit' })
    await clock.ownCardMs()
    starts.push((await work()) * slowdown)
    await page.close()
  }
  const page = await context.newPage()
  const clock = await PageClock.of(page)
  const work = await pageWork(page)
  await page.goto(`${origin}/board`, { waitUntil: 'commit' })
  await clock.ownCardMs()
  // in the roster, which the engine knows by now, is nobody: people are found from rows alone
  await fillDatabase(page, people)
  await reachSearch(page)
  const field = page.locator('search input')
  await clock.keystroke('ا', firstPatienceMs)
  const letters: number[] = []
  const idle: number[] = []
  for (const query of queries) {
    await field.fill('')
    await page.waitForTimeout(700)
    for (const [place, letter] of [...query].entries()) {
      const before = await work()
      const answer = await clock.keystroke(letter)
      const worked = ((await work()) - before) * slowdown
      if (!answer) idle.push(worked)
      else if (place > 0) letters.push(worked)
    }
  }
  const saves: number[] = []
  await page.goto(`${origin}/add/need`)
  for (let run = 0; run < runs.starts; run++) {
    const title = `حاجة من شارع ${run}`
    await page.getByLabel(phone.word('form.title'), { exact: false }).fill(title)
    await page.waitForTimeout(1500)
    const before = await work()
    await clock.saveMs(phone.word('act.save'), title)
    saves.push(((await work()) - before) * slowdown)
    await leadTo(page, '/add/need')
  }
  await page.close()
  // a letter that changes nothing costs what the measuring costs
  return { starts, letters: letters.map((ms) => ms - median(idle)), saves }
}

const measureSaves = async (context: BrowserContext, origin: string, phone: BrowserPhone) => {
  const { page, clock } = await openThrottled(context)
  await page.goto(`${origin}/add/need`)
  const times: number[] = []
  const works: number[] = []
  const tasks: number[] = []
  for (let run = -1; run < runs.saves; run++) {
    const title = `حاجة رقم ${run}`
    await page.getByLabel(phone.word('form.title'), { exact: false }).fill(title)
    await page.waitForTimeout(1500)
    const [time, work] = await withWorkerMs(() => clock.saveMs(phone.word('act.save'), title))
    if (run >= 0) {
      times.push(time)
      works.push((work ?? 0) * slowdown)
      tasks.push(await clock.longestTaskMs())
    } else
      await page
        .getByRole('dialog')
        .getByRole('button', { name: phone.word('act.notNow') })
        .click()
    await leadTo(page, '/add/need')
  }
  await page.close()
  return { times, works, tasks }
}

export default async ({ isJson }: BenchOptions): Promise<void> => {
  if (!process.env.TADAMUN_STATIC && !buildIfNeeded()) process.exit(1)
  const say = isJson ? () => undefined : console.log
  const relay = await RelayProcess.start()
  const browser = await chromium.launch(launchOptions)
  try {
    const phone = await BrowserPhone.open(browser, relay.origin)
    const { context, origin } = phone
    const tables = await fillPhone(phone)
    // an engine's start takes the rows about people away again
    const people = { members: tables.members ?? [] }
    await relay.kill()
    await context.setOffline(true)
    const starts = await measureStarts(context, origin)
    say(
      'starts',
      starts.times.map(whole),
      'own',
      starts.ownTimes.map(whole),
      'worker × 6',
      starts.works.map(whole),
      'long tasks',
      starts.tasks,
    )
    const first: number[] = []
    for (let run = 0; run < runs.firstSearches; run++) first.push(await measureFirstSearch(context, origin))
    say('first search', first.map(whole))
    const search = await measureSearch(context, origin, people)
    say(
      'search',
      search.firsts.map(whole),
      'below the screen too',
      search.alls.map(whole),
      'long tasks',
      search.tasks,
    )
    const saves = await measureSaves(context, origin, phone)
    say('saves', saves.times.map(whole), 'worker × 6', saves.works.map(whole), 'long tasks', saves.tasks)
    const work = await measureWork(context, origin, phone, people)
    say(
      'work of the page × 6: starts',
      work.starts.map(whole),
      'letters',
      work.letters.map(whole),
      'saves',
      work.saves.map(whole),
    )
    const figures: BoardFigures & MatchFigures = {
      ...matchFigures(tables, Date.now()),
      listMs: whole(median(starts.times)),
      ownListMs: whole(median(starts.ownTimes)),
      listWorkerMsTimes6: whole(median(starts.works)),
      listPageWorkMsTimes6: whole(median(work.starts)),
      searchPageWorkMsTimes6: whole(p95(work.letters)),
      firstSearchMs: whole(median(first)),
      savePageWorkMsTimes6: whole(median(work.saves)),
      searchBeginP95Ms: whole(p95(search.begins)),
      searchP95Ms: whole(p95(search.firsts)),
      searchAllP95Ms: whole(p95(search.alls)),
      saveP95Ms: whole(p95(saves.times)),
      saveWorkerMsTimes6: whole(p95(saves.works)),
      longestTaskMs: whole(Math.max(...[starts, search, saves].map(({ tasks }) => median(tasks)))),
      longestTaskOfAllMs: whole(Math.max(...starts.tasks, ...search.tasks, ...saves.tasks)),
    }
    const loadPerCore = whole(((loadavg()[0] ?? 0) / availableParallelism()) * 10) / 10
    console.log(JSON.stringify({ name: 'board', ...size, ...figures, loadPerCore }))
  } finally {
    await browser.close()
    await relay.remove()
  }
}
