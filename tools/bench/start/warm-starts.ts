/** An installed app is opened again without a link: until its first card is painted. */

import type { BrowserContext } from 'playwright-core'
import { paintedMs, watchFor } from './painted.ts'

export interface WarmStart {
  /** until a list can be read: ours shows what was last seen before any script has run */
  readMs: number
  /** until the app itself has drawn its first card */
  ownMs: number
}

const anyCard = '.record'
const ownCard = '#app .record'

/** The page's processor slowed so many times. */
export const warmStart = async (
  context: BrowserContext,
  address: string,
  slowdown: number,
): Promise<WarmStart> => {
  const page = await context.newPage()
  await watchFor(page, anyCard, ownCard)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.goto(address, { waitUntil: 'commit' })
  const ownMs = await paintedMs(page, ownCard)
  const readMs = await paintedMs(page, anyCard)
  // what an app does behind its first card belongs to this start, not to the next
  await page.waitForTimeout(3000)
  await page.close()
  return { readMs, ownMs }
}
