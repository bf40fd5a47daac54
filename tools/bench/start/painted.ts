/** When a page has painted what a person waits for. */

import type { Page } from 'playwright-core'

/** Runs in the page: ms since the navigation began when the first element of that kind had been painted. */
const watch = (selector: string): void => {
  const found = Promise.withResolvers<number>()
  Object.assign(window, { painted: found.promise })
  const look = () => {
    if (!document.querySelector(selector)) return
    watcher.disconnect()
    requestAnimationFrame(() => {
      const painted = new MessageChannel()
      painted.port1.onmessage = () => found.resolve(performance.now())
      painted.port2.postMessage(null)
    })
  }
  const watcher = new MutationObserver(look)
  watcher.observe(document, { childList: true, subtree: true })
}

/** Before the page is opened; from then on in each that it opens. */
export const watchFor = async (page: Page, selector: string): Promise<void> => {
  await page.addInitScript(watch, selector)
}

export const paintedMs = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted)

/** Runs in the page: ms from pressing the button until the first element of that kind is painted. */
const press = ({ button, selector }: { button: string; selector: string }): Promise<number> =>
  new Promise((resolve, reject) => {
    const found = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === button,
    )
    if (!found) return reject(new Error(`no button ${button}`))
    const startedAt = performance.now()
    const watcher = new MutationObserver(() => {
      if (!document.querySelector(selector)) return
      watcher.disconnect()
      requestAnimationFrame(() => {
        const painted = new MessageChannel()
        painted.port1.onmessage = () => resolve(performance.now() - startedAt)
        painted.port2.postMessage(null)
      })
    })
    watcher.observe(document, { childList: true, subtree: true })
    found.click()
  })

export const msFromPressing = (page: Page, button: string, selector: string): Promise<number> =>
  page.evaluate(press, { button, selector })
