/**
 * What a person waits for, timed inside the page: from the touch to the painted frame. Its end is the first task after the
 * frame was given to be shown, before any that waited for it (`user-blocking`: timers and messages come later).
 */

import type { Page } from 'playwright-core'

interface BenchWindow extends Window {
  /** ms since the navigation began, when the first card had been painted: as it was last seen, or by the app */
  firstCardMs?: number
  /** the same, when the app's own first card was there */
  ownCardMs?: number
  longTasksMs: number[]
}

/** Nothing changed for so long: the list has come to rest. */
const restMs = 800

/** Runs in each page before the app does. */
const watchPage = (): void => {
  const page = window as unknown as BenchWindow
  page.longTasksMs = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) page.longTasksMs.push(Math.round(duration))
  }).observe({ type: 'longtask', buffered: true })
  const watch = (selector: string, name: 'firstCardMs' | 'ownCardMs') => {
    const watcher = new MutationObserver(() => {
      if (!document.querySelector(selector)) return
      watcher.disconnect()
      requestAnimationFrame(() => {
        const painted = () => {
          page[name] = performance.now()
        }
        void scheduler.postTask(painted, { priority: 'user-blocking' })
      })
    })
    watcher.observe(document, { childList: true, subtree: true })
  }
  watch('.record', 'firstCardMs')
  watch('#app .record', 'ownCardMs')
}

/** ms from a keystroke until the first of what it changed was painted, and until all of it was. */
export interface Answer {
  firstMs: number
  allMs: number
}

/** Runs in the page, before a keystroke; null when it changes nothing. */
const watchKeystroke = (restMs: number): void => {
  const place = document.querySelector('main')
  let pressedAt: number | null = null
  const paintedAt: number[] = []
  const result = new Promise<Answer | null>((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const rest = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        watcher.disconnect()
        const [first] = paintedAt
        const last = paintedAt.at(-1)
        if (pressedAt === null || first === undefined || last === undefined) resolve(null)
        else resolve({ firstMs: first - pressedAt, allMs: last - pressedAt })
      }, restMs)
    }
    const watcher = new MutationObserver((changes) => {
      const isField = ({ target }: MutationRecord) =>
        (target instanceof Element ? target : target.parentElement)?.closest('search') !== null
      if (pressedAt === null || changes.every(isField)) return
      rest()
      requestAnimationFrame(() => {
        const painted = () => paintedAt.push(performance.now())
        void scheduler.postTask(painted, { priority: 'user-blocking' })
      })
    })
    addEventListener(
      'input',
      (event) => {
        pressedAt = event.timeStamp
        rest()
      },
      { once: true, capture: true },
    )
    if (place)
      watcher.observe(place, { childList: true, subtree: true, characterData: true, attributes: true })
  })
  ;(window as unknown as { keystroke: Promise<Answer | null> }).keystroke = result
}

/** Runs in the page: from pressing until the page of what was saved is painted. */
const pressAndRead = ({ button, title }: { button: string; title: string }): Promise<number> =>
  new Promise((resolve, reject) => {
    const found = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === button,
    )
    if (!found) return reject(new Error(`no button ${button}`))
    const watcher = new MutationObserver(() => {
      const heading = document.querySelector('h1')?.textContent ?? ''
      if (!heading.includes(title)) return
      watcher.disconnect()
      requestAnimationFrame(() => {
        const painted = () => resolve(performance.now() - startedAt)
        void scheduler.postTask(painted, { priority: 'user-blocking' })
      })
    })
    watcher.observe(document, { childList: true, subtree: true, characterData: true })
    const startedAt = performance.now()
    found.click()
  })

export class PageClock {
  readonly #page: Page

  private constructor(page: Page) {
    this.#page = page
  }

  static async of(page: Page): Promise<PageClock> {
    await page.addInitScript(watchPage)
    return new PageClock(page)
  }

  /** From the beginning of the navigation until the first card of a list is painted. */
  async firstCardMs(): Promise<number> {
    const found = await this.#page.waitForFunction(() => (window as unknown as BenchWindow).firstCardMs)
    return (await found.jsonValue()) ?? 0
  }

  /** Until a touch is answered by the app itself. */
  async ownCardMs(): Promise<number> {
    const found = await this.#page.waitForFunction(() => (window as unknown as BenchWindow).ownCardMs)
    return (await found.jsonValue()) ?? 0
  }

  /** Types one letter where the focus is; null when the list stayed as it was for `patienceMs`. */
  async keystroke(letter: string, patienceMs = restMs): Promise<Answer | null> {
    await this.#page.evaluate(watchKeystroke, patienceMs)
    await this.#page.keyboard.type(letter)
    return this.#page.evaluate(() => (window as unknown as { keystroke: Promise<Answer | null> }).keystroke)
  }

  saveMs(button: string, title: string): Promise<number> {
    return this.#page.evaluate(pressAndRead, { button, title })
  }

  /** The longest task since this was last asked, or since the page began; 0 where none took 50 ms. */
  longestTaskMs(): Promise<number> {
    return this.#page.evaluate(() => Math.max(0, ...(window as unknown as BenchWindow).longTasksMs.splice(0)))
  }
}
