/** A phone whose clock is wrong: in its page and in the engine's worker. */

import type { BrowserContext } from 'playwright-core'

/** The script of a clock that is wrong. */
const wrongClock = (errorMs: number): string => `{
  const True = globalThis.Date
  const now = () => True.now() + ${errorMs}
  globalThis.Date = class extends True {
    constructor(...parts) { if (parts.length === 0) super(now()); else super(...parts) }
    static now() { return now() }
  }
}
`

/**
 * Page and engine worker; scripts of a worker know no init script, so it is put before the worker's own. Gives what
 * resolves once the worker has been given its clock.
 */
export const setClocks = async (context: BrowserContext, errorMs: number): Promise<Promise<void>[]> => {
  await context.addInitScript(wrongClock(errorMs))
  const { promise, resolve } = Promise.withResolvers<void>()
  await context.route(/\/assets\/engine-[^/]*\.js$/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: wrongClock(errorMs) + (await response.text()) })
    resolve()
  })
  return [promise]
}
