/** When a page has painted what a person waits for. */

import type { Page } from 'playwright-core'

/** Runs in the page: for each selector, ms since the navigation began when the first such element had been painted. */
const watch = (selectors: readonly string[]): void => {
  const watchOne = (selector: string): Promise<number> =>
    new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(selector)) return
        watcher.disconnect()
        requestAnimationFrame(() => {
          const painted = new MessageChannel()
          painted.port1.onmessage = () => resolve(performance.now())
          painted.port2.postMessage(null)
        })
      }
      const watcher = new MutationObserver(look)
      watcher.observe(document, { childList: true, subtree: true })
    })
  Object.assign(window, { painted: Object.fromEntries(selectors.map((each) => [each, watchOne(each)])) })
}

/** Before the page is opened; from then on in each that it opens. */
export const watchFor = async (page: Page, ...selectors: string[]): Promise<void> => {
  await page.addInitScript(watch, selectors)
}

/** `selector`: one that is watched for. */
export const paintedMs = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (each) => (window as unknown as { painted: Record<string, Promise<number>> }).painted[each] ?? 0,
    selector,
  )

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
