/** The browser is killed in the middle of saving, as a phone does with an app when it needs the room. */
import { expect, test } from 'vitest'
import { killBrowsers } from './support/killed-browser.ts'

/** `CHAOS_KILLS=200` for more; so does `npm run chaos -- --browser 200`. */
const kills = Number(process.env.CHAOS_KILLS ?? 30)

test('of all saves that were shown as saved none is lost, whenever the browser is killed', async () => {
  const verdict = await killBrowsers(kills)
  expect(verdict).toMatchObject({ runs: kills, lost: [] })
  expect(verdict.shown).toBeGreaterThanOrEqual(kills)
}, 600_000)
