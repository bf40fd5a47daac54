/** The way of one need without a finger on the screen, and what a screen reader is told on the way. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

/** Presses Tab until what has the focus is called so; more presses than a page has things is a trap. */
const tabTo = async (phone: BrowserPhone, name: string | RegExp): Promise<void> => {
  const { page } = phone
  const wanted = page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name }))
    .or(page.getByRole('radio', { name }))
    .or(page.getByRole('textbox', { name }))
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const isThere = await wanted.evaluateAll((elements) =>
      elements.some((one) => one === document.activeElement),
    )
    if (isThere) return
  }
  throw new Error(`Tab never comes to ${name}`)
}
const press = async (phone: BrowserPhone, name: string | RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(phone, name)
  await seesFocus(phone)
  await phone.page.keyboard.press(key)
}
const type = async (phone: BrowserPhone, name: string | RegExp, text: string): Promise<void> => {
  await tabTo(phone, name)
  await seesFocus(phone)
  await phone.page.keyboard.type(text)
}

/** WCAG 2.4.7 and 2.4.11: a ring round what has the focus, within the window, and no bar over it. */
const seesFocus = async (phone: BrowserPhone): Promise<void> => {
  const fault = await phone.page.evaluate(() => {
    const focused = document.activeElement
    if (!focused || focused === document.body) return 'nothing has the focus'
    // a choice is drawn by its cell, a slider by its wave
    const drawn = focused.closest('.choice-cell, .wave, .photo-add') ?? focused
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn)
    if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 2)
      return `no ring round ${drawn.outerHTML}`
    const { left, right, top, bottom } = drawn.getBoundingClientRect()
    const [x, y] = [(left + right) / 2, (top + bottom) / 2]
    if (x < 0 || x > innerWidth || y < 0 || y > innerHeight) return `out of the window: ${drawn.outerHTML}`
    const onTop = document.elementFromPoint(x, y)
    return drawn.contains(onTop) || onTop?.contains(drawn)
      ? ''
      : `${onTop?.className} lies over ${drawn.outerHTML}`
  })
  expect(fault).toBe('')
}

const focusedName = (phone: BrowserPhone): Promise<string> =>
  phone.page.evaluate(() => {
    const focused = document.activeElement
    return focused && focused !== document.body
      ? (focused.getAttribute('aria-label') ?? focused.textContent ?? '').trim()
      : 'nothing'
  })
const isHeadingFocused = (phone: BrowserPhone) =>
  expect
    .poll(() => phone.page.evaluate(() => document.activeElement?.tagName), { timeout: 15_000 })
    .toBe('H1')

/** From where the focus is, the next stops of Tab in what a screen shows: each below the one before, or further along its line. */
const followsReading = async ({ page }: BrowserPhone, stops: number): Promise<void> => {
  const backwards: string[] = []
  let last = { top: Number.NEGATIVE_INFINITY, start: 0 }
  for (let presses = 0; presses < stops; presses++) {
    await page.keyboard.press('Tab')
    const { name, ...place } = await page.evaluate(() => {
      const drawn = document.activeElement?.closest('.choice-cell') ?? document.activeElement ?? document.body
      const { left, right, top } = drawn.getBoundingClientRect()
      const start = document.dir === 'rtl' ? innerWidth - right : left
      return { top: top + scrollY, start, name: drawn.outerHTML.slice(0, 80) }
    })
    const isBelow = place.top > last.top + 8
    const isFurther = Math.abs(place.top - last.top) <= 8 && place.start > last.start
    if (!isBelow && !isFurther) backwards.push(name)
    last = place
  }
  expect(backwards).toEqual([])
}

test('create a network, write a need, take it and say done: by keyboard alone', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.isShown(phone.word('start.noAccount'))
  await press(phone, phone.word('net.create'))
  await isHeadingFocused(phone)
  await type(phone, new RegExp(phone.word('create.name')), 'شبكة حي الحرية')
  await type(phone, new RegExp(phone.word('me.name')), 'زينب')
  await phone.page.keyboard.press('Enter')
  await phone.page.waitForURL(/\/board$/)
  await isHeadingFocused(phone)

  await press(phone, phone.word('act.add'))
  await phone.page.getByRole('dialog').waitFor()
  await press(phone, new RegExp(phone.word('act.need')))
  await phone.isHeaded(phone.word('form.newNeed'))
  await isHeadingFocused(phone)
  await followsReading(phone, 10)
  await phone.page.locator('h1').focus()
  await press(phone, phone.word('cat.food'), 'Space')
  await type(phone, new RegExp(phone.word('form.title')), 'سلة غذائية')
  // on behalf of somebody else: one's own need one does not promise to oneself
  await tabTo(phone, new RegExp(`^(${['for.self', 'for.house'].map((key) => phone.word(key)).join('|')})$`))
  await phone.page.keyboard.press('ArrowUp')
  await phone.page.getByRole('radio', { name: phone.word('for.other'), checked: true }).waitFor()
  await press(phone, phone.word('act.save'))
  await phone.isHeaded('سلة غذائية')
  // asked once whether to keep things: Escape is an answer, and no trap
  await phone.isShown(phone.word('sto.persist'))
  await phone.page.keyboard.press('Escape')
  await phone.page.getByRole('dialog').waitFor({ state: 'hidden' })

  // as somebody finds it: over the bar to the board, along its list, and Escape from a question comes back to what asked it
  await press(phone, phone.word('nav.back'))
  await phone.isHeaded(phone.word('board.title'))
  await isHeadingFocused(phone)
  await press(phone, phone.word('app.skip'))
  expect(await focusedName(phone)).toBe(phone.word('nav.today'))
  await press(phone, phone.word('act.add'))
  await phone.page.getByRole('dialog').waitFor()
  await phone.page.keyboard.press('Escape')
  await expect.poll(() => focusedName(phone)).toBe(phone.word('act.add'))
  await phone.page.locator('h1').focus()
  await press(phone, /سلة غذائية/)
  await phone.isHeaded('سلة غذائية')
  await isHeadingFocused(phone)

  await press(phone, phone.word('act.take'))
  // what was pressed has given way to what comes next, which has the focus now
  await expect.poll(() => focusedName(phone)).toBe(phone.word('act.onWay'))
  // a bar that has just changed takes no second tap
  const isDone = async () => {
    if (await phone.button('act.done').isVisible()) await press(phone, phone.word('act.done'))
    return phone.page.getByText(phone.word('state.confirmed')).first().isVisible()
  }
  await expect.poll(isDone).toBe(true)
  // nothing is left to do: the focus is not lost with the bar, but with the heading or what stands next
  await expect.poll(() => phone.page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('focus goes to the heading of each new place, and Back comes to the same place and link of a long list', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { language: 'en' })
  await phone.found('Eight streets', 'Soran')
  const titles = Array.from({ length: 8 }, (_, index) => `Blankets for street ${index + 1}`)
  for (const title of titles) await phone.addNeed({ category: 'cat.winter', title })
  await phone.go('/board')
  await phone.isShown(titles[0] ?? '')
  await phone.page.evaluate(() => scrollTo(0, 600))
  await phone.page.getByText(titles[4] ?? '', { exact: true }).click()
  await phone.isHeaded(titles[4] ?? '')
  await isHeadingFocused(phone)
  await phone.page.goBack()
  await phone.isHeaded(phone.word('board.title'))
  await expect.poll(() => phone.page.evaluate(() => scrollY)).toBeGreaterThan(300)
  await expect.poll(() => focusedName(phone)).toContain(titles[4])
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('in a window at 400 %, with wide letters and lines, nothing is cut off and no bar lies over what has the focus', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { width: 320, height: 256 })
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.addNeed({
    category: 'cat.winter',
    title: 'بطانيات لعائلة نازحة من خمسة أشخاص',
    area: 'شارع ١٢',
  })
  // WCAG 1.4.12; a sheet that is made here is none that the policy forbids
  await phone.page.evaluate(() => {
    const wide = new CSSStyleSheet()
    wide.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    )
    document.adoptedStyleSheets.push(wide)
  })
  /** As many stops of Tab from the heading on as a page has, or are asked for. */
  const lookAt = async (most: number) => {
    for (const fault of await screenFaults(phone.page, 'ar')) phone.faults.push(fault)
    await phone.page.locator('h1').focus()
    for (let stops = 0; stops < most; stops++) {
      await phone.page.keyboard.press('Tab')
      // behind the last one there is the browser
      if (stops > 5 && (await focusedName(phone)) === 'nothing') return
      await seesFocus(phone)
    }
  }
  await lookAt(12)
  for (const [path, key, stops] of [
    ['/board', 'board.needs', 20],
    ['/add/need', 'more.dayOrLength', 22],
    ['/network', 'network.myPlace', 20],
  ] as const) {
    await phone.go(path)
    await phone.isShown(phone.word(key))
    await lookAt(stops)
  }
  expect(phone.faults).toEqual([])
  await phone.close()
})
