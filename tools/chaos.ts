/**
 * `npm run chaos -- [--runs N] [--browser N]`: kills the relay's process so many times under load, and the browser's
 * process in the middle of saving, and looks for what was said to be safe. The last line is the verdict; it ends with 1
 * when something was lost. The browser needs a build (`npm run build`).
 */
import { parseArgs } from 'node:util'
import { killBrowsers } from '../tests/browser/support/killed-browser.ts'
import { killRelays } from '../tests/support/relay-chaos.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '200' }, browser: { type: 'string', default: '0' } },
})

const countOf = (text: string, name: string): number => {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 0 && count <= 100_000) return count
  console.error(`--${name} takes a whole number.`)
  process.exit(2)
}
const runs = countOf(values.runs, 'runs')
const browserRuns = countOf(values.browser, 'browser')

const startMs = performance.now()
const relay = await killRelays(runs)
const said: string[] = []
if (runs > 0)
  said.push(
    `relay killed ${relay.runs} times, ${relay.acknowledged} entries acknowledged and ${relay.heard} given to others, ` +
      `${relay.lost} of them lost`,
  )
const browser = await killBrowsers(browserRuns)
if (browserRuns > 0)
  said.push(`browser killed ${browser.runs} times, ${browser.shown} saves shown, ${browser.lost.length} lost`)
for (const title of browser.lost) console.error(`lost: ${title}`)
console.log(`chaos: ${said.join(' · ')} (${((performance.now() - startMs) / 1000).toFixed(0)} s)`)
process.exit(relay.lost + browser.lost.length === 0 ? 0 : 1)
