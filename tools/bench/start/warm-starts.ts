/** An installed app is opened again without a link: until its first card is painted. */

import type { BrowserContext } from 'playwright-core'
import { paintedMs, watchFor } from './painted.ts'

/** ms; the page's processor slowed so many times. */
export const warmStart = async (
  context: BrowserContext,
  address: string,
  slowdown: number,
): Promise<number> => {
  const page = await context.newPage()
  await watchFor(page, '.record')
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(address, { waitUntil: 'commit' })
  const ms = await paintedMs(page)
  // what an app does behind its first card belongs to this start, not to the next
  await page.waitForTimeout(3000)
  await page.close()
  return ms
}
