/** What the page's own thread has worked, by its processor clock: on a busy machine this stays true when times do not. */

import type { Page } from 'playwright-core'

/** ms since the page began; only differences mean something. Measured without a slowdown, which would count as work. */
export const pageWork = async (page: Page): Promise<() => Promise<number>> => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
  }
}
