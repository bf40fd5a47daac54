/**
 * How long a person waits for the app: on the first visit over a slow line of our own, until the first screen can be used;
 * with an invite until the first card; and on each later start without a link, beside a stock Yjs app with the same
 * records. The page is slowed; workers cannot be: what they work is reported beside, times as much.
 * `npm run bench -- start [cold400] [cold150] [warm]`: only these.
 */
import { type Browser, chromium } from 'playwright-core'
import { BrowserPhone } from '../../tests/browser/support/browser-phone.ts'
import { settleNeighbours } from '../../tests/browser/support/neighbours.ts'
import { RelayProcess } from '../../tests/browser/support/relay-process.ts'
import { launchOptions } from '../../tests/support/chromium.ts'
import type { BenchOptions } from '../bench.ts'
import { buildIfNeeded } from '../build.ts'
import { fillPhone } from './board/filled-phone.ts'
import { size } from './board/rows.ts'
import { loadPerCore } from './live/load-per-core.ts'
import { type Conditions, coldJoin, coldVisit, fetchedBehind } from './start/cold-visits.ts'
import { openShapedLine, type PassedBytes, type ShapedLine } from './start/shaped-line.ts'
import { openStockPhone } from './start/stock-phone.ts'
import { warmStart } from './start/warm-starts.ts'

const runs = 5
/** Of the design's table of budgets. */
const cold400: Conditions = { kbitPerSecond: 400, roundTripMs: 400, slowdown: 4 }
const cold150: Conditions = { kbitPerSecond: 150, roundTripMs: 800, slowdown: 6 }
const warmSlowdown = 6

const median = (values: readonly number[]): number =>
  Math.round([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0)
const times = async <Value>(job: () => Promise<Value>): Promise<Value[]> => {
  const values: Value[] = []
  for (let run = 0; run < runs; run++) values.push(await job())
  return values
}
/** kB to the browser and from it, one decimal. */
const kB = ({ down, up }: PassedBytes) => ({
  down: Math.round(down / 100) / 10,
  up: Math.round(up / 100) / 10,
})

type Say = (...words: unknown[]) => void

interface ColdFigures {
  usableMs: number
  workerMs: number | null
  kBUntilUsable: { down: number; up: number }
  /** with an invite: until it asks for the name */
  inviteMs: number
  /** and from the name to the first card */
  listMs: number
  installedMs: number
  kBUntilInstalled: { down: number; up: number }
  kBInAll: { down: number; up: number }
}

const measureCold = async (
  browser: Browser,
  line: ShapedLine,
  conditions: Conditions,
  invite: string,
  say: Say,
): Promise<ColdFigures> => {
  const visits = await times(() => coldVisit(browser, line, conditions))
  say(
    'first visit',
    visits.map(({ usableMs }) => Math.round(usableMs)),
  )
  const joins = await times(() => coldJoin(browser, line, conditions, invite))
  say(
    'by invite',
    joins.map(({ usableMs, listMs }) => [Math.round(usableMs), Math.round(listMs)]),
  )
  const behind = await fetchedBehind(browser, line, conditions)
  const bytes = visits[runs >> 1]?.untilUsable ?? { down: 0, up: 0 }
  const figures = {
    usableMs: median(visits.map(({ usableMs }) => usableMs)),
    workerMs: median(visits.map(({ workerMs }) => workerMs ?? 0)),
    kBUntilUsable: kB(bytes),
    inviteMs: median(joins.map(({ usableMs }) => usableMs)),
    listMs: median(joins.map(({ listMs }) => listMs)),
    installedMs: Math.round(behind.installedMs),
    kBUntilInstalled: kB(behind.untilInstalled),
    kBInAll: kB(behind.inAll),
  }
  say(figures)
  return figures
}

interface WarmFigures {
  /** until the list can be read, as it was last seen */
  warmMs: number
  /** until the app itself has drawn it */
  warmOwnMs: number
  stockWarmMs: number
  /** how many times longer the stock app takes than ours to something to read, and than ours to its own first card */
  stockRatio: number
  stockOwnRatio: number
  stockKB: number
}

/** By turns, so that what else the machine does touches both. */
const measureWarm = async (browser: Browser, say: Say): Promise<WarmFigures> => {
  const relay = await RelayProcess.start()
  try {
    const phone = await BrowserPhone.open(browser, relay.origin)
    const rows = await fillPhone(phone)
    await relay.kill()
    await phone.context.setOffline(true)
    const stock = await openStockPhone(browser, rows)
    const pairs = await times(async () => ({
      ours: await warmStart(phone.context, `${relay.origin}/board`, warmSlowdown),
      stocks: await warmStart(stock.context, stock.address, warmSlowdown),
    }))
    await stock.remove()
    say(
      'later starts, ours and stock',
      pairs.map(({ ours, stocks }) => [ours.readMs, ours.ownMs, stocks.ownMs].map(Math.round)),
    )
    const warmMs = median(pairs.map(({ ours }) => ours.readMs))
    const warmOwnMs = median(pairs.map(({ ours }) => ours.ownMs))
    const stockWarmMs = median(pairs.map(({ stocks }) => stocks.ownMs))
    const ratio = (ms: number) => Math.round((stockWarmMs / ms) * 10) / 10
    return {
      warmMs,
      warmOwnMs,
      stockWarmMs,
      stockRatio: ratio(warmMs),
      stockOwnRatio: ratio(warmOwnMs),
      stockKB: Math.round(stock.stateBytes / 1000),
    }
  } finally {
    await relay.remove()
  }
}

/** A quarter on a relay behind the line, and the way into it. */
const measureColds = async (browser: Browser, wanted: ReadonlySet<string>, say: Say) => {
  const relay = await RelayProcess.start()
  const neighbours = await settleNeighbours(relay.origin)
  const line = await openShapedLine(relay.port)
  try {
    const { pathname, hash } = new URL(neighbours.memberLink)
    const invite = pathname + hash
    // the relay has packed each file, and the machine has run the browser
    await fetchedBehind(browser, line, { kbitPerSecond: 1e6, roundTripMs: 0, slowdown: 1 })
    const slow = wanted.has('cold400') && (await measureCold(browser, line, cold400, invite, say))
    const slower = wanted.has('cold150') && (await measureCold(browser, line, cold150, invite, say))
    return {
      ...(slow && { cold400Ms: slow.usableMs, cold400: slow }),
      ...(slower && { cold150Ms: slower.usableMs, cold150: slower }),
    }
  } finally {
    line.close()
    await neighbours.end()
    await relay.remove()
  }
}

export default async ({ isJson, args }: BenchOptions): Promise<void> => {
  if (!process.env.TADAMUN_STATIC && !buildIfNeeded()) process.exit(1)
  const say: Say = isJson ? () => undefined : console.log
  const wanted = new Set(args.length > 0 ? args : ['cold400', 'cold150', 'warm'])
  const isCold = wanted.has('cold400') || wanted.has('cold150')
  const browser = await chromium.launch(launchOptions)
  try {
    const cold = isCold && (await measureColds(browser, wanted, say))
    const warm = wanted.has('warm') && (await measureWarm(browser, say))
    console.log(JSON.stringify({ name: 'start', ...size, ...cold, ...warm, loadPerCore: loadPerCore() }))
  } finally {
    await browser.close()
  }
}
