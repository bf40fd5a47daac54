/** One phone in a browser test: a context of its own, its page, and what a thumb does on it. */

import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { launchOptions } from '../../support/chromium.ts'
import { type Language, words } from './words.ts'

export const launchBrowser = (): Promise<Browser> => chromium.launch(launchOptions)

/** What a page without a network logs by itself; everything else is a fault. */
const isExpected = (text: string): boolean => /net::ERR_/.test(text)

export class BrowserPhone {
  readonly context: BrowserContext
  readonly page: Page
  readonly origin: string
  readonly language: Language
  /** console errors and uncaught exceptions */
  readonly faults: string[] = []

  private constructor(context: BrowserContext, page: Page, origin: string, language: Language) {
    this.context = context
    this.page = page
    this.origin = origin
    this.language = language
  }

  static async open(
    browser: Browser,
    origin: string,
    options: { language?: Language; path?: string; colorScheme?: 'light' | 'dark' } = {},
  ): Promise<BrowserPhone> {
    const { language = 'ar', path = '/', colorScheme = 'light' } = options
    const locale = language === 'ar' ? 'ar-IQ' : 'en-GB'
    const context = await browser.newContext({
      viewport: { width: 360, height: 740 },
      locale,
      colorScheme,
      hasTouch: true,
    })
    const page = await context.newPage()
    const phone = new BrowserPhone(context, page, origin, language)
    phone.#watch()
    await page.goto(origin + path)
    return phone
  }

  word(key: string, values: Record<string, string> = {}): string {
    return words(this.language, key, values)
  }

  button(key: string) {
    const name = this.word(key)
    return this.page
      .getByRole('button', { name, exact: true })
      .or(this.page.getByRole('link', { name, exact: true }))
  }

  field(key: string) {
    return this.page.getByLabel(this.word(key), { exact: false })
  }

  async choose(key: string): Promise<void> {
    await this.page
      .getByRole('radio', { name: this.word(key), exact: true })
      .first()
      .check({ force: true })
  }

  async go(path: string): Promise<void> {
    await this.page.goto(this.origin + path)
  }

  async reload(): Promise<void> {
    await this.page.reload()
  }

  async found(network: string, nickname: string): Promise<void> {
    await this.button('net.create').click()
    await this.field('create.name').fill(network)
    await this.field('me.name').fill(nickname)
    await this.button('create.act').click()
    await this.page.waitForURL(/\/(board|today)?$/)
  }

  async invite(): Promise<string> {
    await this.go('/invite')
    await this.button('invite.make').click()
    const link = this.page.getByText(/#j=/).or(this.page.locator('[value*="#j="]')).first()
    await link.waitFor()
    return ((await link.inputValue().catch(() => null)) ?? (await link.textContent()) ?? '').trim()
  }

  async join(nickname: string): Promise<void> {
    await this.field('me.name').fill(nickname)
    await this.button('join.act').click()
    await this.page.waitForURL(/\/(board|today)?$/)
  }

  async addNeed(need: {
    category: string
    title: string
    area?: string
    quantity?: string
    phone?: string
  }): Promise<void> {
    await this.go('/add/need')
    await this.choose(need.category)
    await this.field('form.title').fill(need.title)
    await this.choose('when.today')
    if (need.area) await this.field('form.area').fill(need.area)
    if (need.quantity) await this.field('form.quantity').fill(need.quantity)
    await this.button('act.save').click()
    await this.#saved(need.title)
  }

  async addOffer(offer: { kind: string; title: string }): Promise<void> {
    await this.go('/add/offer')
    await this.choose(offer.kind)
    await this.field('form.title').fill(offer.title)
    await this.choose('offer.standing')
    await this.page.getByRole('checkbox').first().check({ force: true })
    await this.button('act.save').click()
    await this.#saved(offer.title)
  }

  /** Opens a card of the board by its words. */
  async openCard(title: string): Promise<void> {
    await this.go('/board')
    await this.page.getByText(title).first().click()
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  /** Opens the list of what has not left, pulls, and waits until everything has. */
  async sendAll(): Promise<void> {
    await this.go('/outbox')
    const pull = this.button('act.sendNow')
    const done = this.page.getByText(this.word('outbox.empty')).first()
    await pull.or(done).first().waitFor()
    if (await pull.isVisible()) await pull.click()
    await done.waitFor()
  }

  async isShown(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor()
  }

  /** No violation of WCAG 2.2 A and AA on the screen as it is; runs under the app's own CSP. */
  async expectAccessible(name: string): Promise<void> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    const found = violations.map(
      ({ id, nodes }) =>
        `${name}: ${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 400)}`,
    )
    expect(found).toEqual([])
  }

  async close(): Promise<void> {
    await this.context.close()
  }

  async #saved(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
    const later = this.button('act.notNow')
    if (await later.isVisible()) await later.click()
  }

  #watch(): void {
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text())) this.faults.push(message.text())
    })
    this.page.on('pageerror', (error) => this.faults.push(String(error)))
  }
}
