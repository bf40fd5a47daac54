/**
 * What Lighthouse says about the built app in its default settings for phones: the first screen, and the board of a phone
 * that is in a network; each the median of three. It is not among the project's packages (docs/decisions/0039): without it
 * this prints the line that installs it.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { BrowserPhone } from '../../tests/browser/support/browser-phone.ts'
import { RelayProcess } from '../../tests/browser/support/relay-process.ts'
import { launchOptions } from '../../tests/support/chromium.ts'
import type { BenchOptions } from '../bench.ts'
import { buildIfNeeded } from '../build.ts'
import { root } from '../root.ts'
import { loadPerCore } from './live/load-per-core.ts'

const runs = 3
/** Apache-2.0. */
const version = '13.5.0'
const place = 'node_modules/.cache/tadamun/lighthouse'
const entry = join(root, place, 'node_modules', 'lighthouse', 'core', 'index.js')
const categories = ['performance', 'accessibility', 'best-practices'] as const

/** Of what Lighthouse gives; scores from 0 to 1, null where it could not judge. */
interface Verdict {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { id: string; title: string; score: number | null; numericValue?: number }>
  runtimeError?: { message: string }
}
type Lighthouse = (address: string, flags: Record<string, unknown>) => Promise<{ lhr: Verdict } | undefined>

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0

/** What keeps a category from its full score. */
const faultsOf = ({ categories: judged, audits }: Verdict): string[] => {
  const asked = Object.values(judged).flatMap(({ auditRefs }) => auditRefs.filter(({ weight }) => weight > 0))
  return asked.flatMap(({ id }) => {
    const audit = audits[id]
    return audit && audit.score !== null && audit.score < 0.9 ? [`${id} ${audit.score}: ${audit.title}`] : []
  })
}

interface PageScores {
  performance: number
  accessibility: number
  bestPractices: number
  /** largest contentful paint and total blocking time on Lighthouse's simulated phone */
  paintMs: number
  blockedMs: number
  faults: string[]
}

const judge = async (
  lighthouse: Lighthouse,
  address: string,
  port: number,
  isKept: boolean,
): Promise<PageScores> => {
  const verdicts: Verdict[] = []
  for (let run = 0; run < runs; run++) {
    const flags = { port, onlyCategories: categories, logLevel: 'error', disableStorageReset: isKept }
    const result = await lighthouse(address, flags)
    if (!result) throw new Error('Lighthouse gave nothing')
    if (result.lhr.runtimeError) throw new Error(result.lhr.runtimeError.message)
    verdicts.push(result.lhr)
  }
  const score = (category: string) => median(verdicts.map((each) => each.categories[category]?.score ?? 0))
  const ms = (audit: string) =>
    Math.round(median(verdicts.map((each) => each.audits[audit]?.numericValue ?? 0)))
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    paintMs: ms('largest-contentful-paint'),
    blockedMs: ms('total-blocking-time'),
    faults: [...new Set(verdicts.flatMap(faultsOf))],
  }
}

export default async ({ isJson }: BenchOptions): Promise<void> => {
  if (!existsSync(entry)) {
    console.error(
      `Lighthouse is not here. It is no package of the project; this puts it beside them (176 MB):\n\n  npm install --prefix ${place} --ignore-scripts lighthouse@${version}\n`,
    )
    process.exit(1)
  }
  if (!process.env.TADAMUN_STATIC && !buildIfNeeded()) process.exit(1)
  const { default: lighthouse } = (await import(pathToFileURL(entry).href)) as { default: Lighthouse }
  const relay = await RelayProcess.start()
  const folder = mkdtempSync(join(tmpdir(), 'tadamun-lighthouse-'))
  const port = await freePort()
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    args: [...launchOptions.args, `--remote-debugging-port=${port}`],
    locale: 'ar-IQ',
  })
  try {
    const start = await judge(lighthouse, relay.origin, port, false)
    const page = context.pages()[0] ?? (await context.newPage())
    await page.goto(relay.origin)
    const phone = BrowserPhone.over(page, relay.origin, 'ar')
    await phone.found('شبكة حي الحرية', 'زينب')
    for (const title of ['بطانيات', 'حليب أطفال', 'دواء ضغط'])
      await phone.addNeed({ category: 'cat.food', title })
    await phone.isInstalled()
    await page.goto('about:blank')
    const board = await judge(lighthouse, `${relay.origin}/board`, port, true)
    if (!isJson) console.log('first screen', start, 'board', board)
    console.log(JSON.stringify({ name: 'lighthouse', version, start, board, loadPerCore: loadPerCore() }))
  } finally {
    await context.close()
    await relay.remove()
    rmSync(folder, { recursive: true, force: true })
  }
}
