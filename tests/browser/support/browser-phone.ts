/** One phone in a browser test: a context of its own, its page, and what a thumb does on it. */

import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { fetchRestMessage } from '../../../src/storage/app-files.ts'
import { launchOptions, wholeLaunchOptions } from '../../support/chromium.ts'
import { type Language, words } from './words.ts'
import { setClocks } from './wrong-clock.ts'

const fakeDevices = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']

/** Its microphone hears a beep each second, and is allowed without a question. */
export const launchHearingBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...launchOptions,
    args: [...launchOptions.args, ...fakeDevices, '--autoplay-policy=no-user-gesture-required'],
  })

/** Also what puts an app on the home screen. */
export const launchWholeBrowser = (): Promise<Browser> => chromium.launch(wholeLaunchOptions)

/** `camera`: a file of pictures (y4m) that its camera sees; it may be written until the camera is opened. */
export const launchBrowser = (camera?: string): Promise<Browser> => {
  if (camera === undefined) return chromium.launch(launchOptions)
  const seen = [...fakeDevices, `--use-file-for-fake-video-capture=${camera}`]
  return chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...seen] })
}

const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** Longer than anything takes on two busy cores, so that what never comes is a failure soon. */
const patienceMs = 30_000

/** What a page without a network logs by itself; everything else is a fault. */
const isExpected = (text: string): boolean => /net::ERR_/.test(text)

/** Runs in each page before it does: what the policy forbids is a fault, even where no console line says so. */
const sayViolations = (): void => {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    console.error(`policy: ${violatedDirective} forbids ${blockedURI} in ${sourceFile}`)
  })
}

/** As a link of the app leads there. Headings of the screen that is left, which may stand for a moment, are marked. */
export const followLink = (page: Page, path: string): Promise<void> =>
  page.evaluate((href) => {
    for (const heading of document.querySelectorAll('h1')) heading.dataset.left = ''
    const link = Object.assign(document.createElement('a'), { href })
    document.body.append(link)
    link.click()
    link.remove()
  }, path)

export class BrowserPhone {
  readonly context: BrowserContext
  readonly page: Page
  readonly origin: string
  readonly language: Language
  /** console errors, uncaught exceptions, violations of the content security policy */
  readonly faults: string[] = []
  /** what the page, its worker and its service worker sent */
  readonly sent: Buffer[] = []
  /** shared by the tabs of one phone */
  readonly #first = { isSaved: false }

  private constructor(
    context: BrowserContext,
    page: Page,
    origin: string,
    language: Language,
    phone?: BrowserPhone,
  ) {
    this.context = context
    this.page = page
    this.origin = origin
    this.language = language
    if (phone) {
      this.faults = phone.faults
      this.sent = phone.sent
      this.#first = phone.#first
    }
  }

  static async open(
    browser: Browser,
    origin: string,
    options: {
      language?: Language
      path?: string
      colorScheme?: 'light' | 'dark'
      width?: number
      height?: number
      /** what the clock of page and worker is wrong by; then without a service worker */
      clockErrorMs?: number
    } = {},
  ): Promise<BrowserPhone> {
    const { language = 'ar', path = '/', colorScheme = 'light', width = 360, height = 740 } = options
    const locale = { ar: 'ar-IQ', ckb: 'ckb-IQ', en: 'en-GB', fr: 'fr-MA' }[language]
    const context = await browser.newContext({
      viewport: { width, height },
      locale,
      colorScheme,
      hasTouch: true,
      // colours that are just fading have any contrast
      reducedMotion: 'reduce',
      // its fetches cannot be rewritten
      serviceWorkers: options.clockErrorMs === undefined ? 'allow' : 'block',
    })
    const clocks = options.clockErrorMs === undefined ? [] : await setClocks(context, options.clockErrorMs)
    context.setDefaultTimeout(patienceMs)
    await context.addInitScript(sayViolations)
    const page = await context.newPage()
    const phone = new BrowserPhone(context, page, origin, language)
    phone.#watch(page)
    context.on('request', (request) => {
      const body = request.postDataBuffer()
      if (body) phone.sent.push(body)
    })
    await page.goto(origin + path)
    await Promise.all(clocks)
    return phone
  }

  /** A phone whose browser somebody else has started: its page as it is. */
  static over(page: Page, origin: string, language: Language): BrowserPhone {
    const phone = new BrowserPhone(page.context(), page, origin, language)
    phone.#watch(page)
    return phone
  }

  /** A second tab of the same phone, which the same words and thumbs move. */
  async openTab(path: string): Promise<BrowserPhone> {
    const page = await this.context.newPage()
    const tab = new BrowserPhone(this.context, page, this.origin, this.language, this)
    tab.#watch(page)
    await page.goto(this.origin + path)
    await tab.#isAwake()
    return tab
  }

  /** Resolves when all of the app that this phone wants lies on it: also what comes behind what a start needs. */
  async isInstalled(): Promise<void> {
    await this.page.evaluate(async (message) => {
      const { active } = await navigator.serviceWorker.ready
      const { port1, port2 } = new MessageChannel()
      const answer = new Promise((resolve) => {
        port1.onmessage = resolve
      })
      active?.postMessage(message, [port2])
      await answer
    }, fetchRestMessage)
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

  choose(key: string): Promise<void> {
    return this.#chooseNamed(this.word(key))
  }

  /** As {@link choose}, where a count stands behind the word. */
  choosePrefix(key: string): Promise<void> {
    return this.#chooseNamed(new RegExp(`^${this.word(key)}`))
  }

  /** As a link of the app leads there; from a page that is none, or of the same kind, by its address. */
  async go(path: string): Promise<void> {
    const from = new URL(this.page.url())
    const kind = (pathname: string) => pathname.split('?')[0]?.split('/').slice(0, 2).join('/')
    const isInvite = path.includes('#')
    if (isInvite || from.origin !== this.origin || kind(from.pathname) === kind(path)) return this.start(path)
    await followLink(this.page, path)
    await this.page.locator('h1:not([data-left])').first().waitFor()
  }

  /** By its address: a new page, as when the app is opened there. */
  async start(path: string): Promise<void> {
    await this.page.goto(this.origin + path)
    await this.#isAwake()
  }

  async reload(): Promise<void> {
    await this.page.reload()
    await this.#isAwake()
  }

  /** What was last seen has given way to the app itself. */
  async #isAwake(): Promise<void> {
    await this.page.locator('#last-view').waitFor({ state: 'detached' })
  }

  async found(network: string, nickname: string): Promise<void> {
    await this.button('net.create').click()
    await this.field('create.name').fill(network)
    await this.field('me.name').fill(nickname)
    await this.button('create.act').click()
    await this.page.waitForURL(/\/(board|today)?$/)
  }

  /** A link by which one is in at once, or asks first. */
  async invite(entry: 'atOnce' | 'onApproval' = 'atOnce'): Promise<string> {
    await this.go('/invite')
    await this.choose(`invite.${entry}`)
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

  /** Asks by a link that needs approval. */
  async ask(nickname: string): Promise<void> {
    await this.field('me.name').fill(nickname)
    await this.button('join.ask').click()
    await this.page.waitForURL(/\/joining$/)
  }

  /** The four words on the screen. */
  async fourWords(): Promise<string[]> {
    const words = this.page.locator('.four-words > li')
    await words.filter({ hasNotText: '…' }).nth(3).waitFor()
    return (await words.allTextContents()).slice(0, 4)
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
    await this.isHeaded(title)
  }

  /** As {@link openCard}, for what is over. */
  async openClosedCard(title: string): Promise<void> {
    await this.go('/board')
    await this.page.locator('.fold-row').click()
    await this.page.getByText(title).first().click()
    await this.isHeaded(title)
  }

  /** On the page of a need. */
  async cancelNeed(reasonKey: string): Promise<void> {
    await this.button('act.cancelNeed').click()
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: this.word(reasonKey) }).click()
    await dialog.getByRole('button', { name: this.word('act.cancelNeed') }).click()
    await this.isShown(this.word('need.cancelDone'))
  }

  async isHeaded(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  /** Opens the list of what has not left, pulls, and waits until everything has. */
  async sendAll(): Promise<void> {
    await this.go('/outbox')
    const pull = this.button('act.sendNow')
    const done = this.page.getByText(this.word('outbox.empty')).first()
    await pull.or(done).first().waitFor()
    // it goes by itself as well: the button may leave before the thumb is there
    await Promise.race([pull.click().catch(() => undefined), done.waitFor()])
    await done.waitFor()
  }

  /** Resolves when the keystroke just made is on the phone: a thumb is slower than a disk, a test is not. */
  isDraftKept(): Promise<void> {
    return this.#isWritten('drafts')
  }

  async isShown(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).filter({ visible: true }).first().waitFor()
  }

  /** What on the screen as it is breaks WCAG 2.2 A or AA; runs under the app's own CSP. */
  async accessibilityFaults(rules: 'all' | 'colours'): Promise<string[]> {
    // once for each page that is loaded: it is half a megabyte
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axe.source)
    return this.page.evaluate(
      async (runOnly) => {
        const { run } = (window as unknown as { axe: typeof axe }).axe
        const { violations } = await run(document, { runOnly, resultTypes: ['violations'] })
        return violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`,
        )
      },
      rules === 'all' ? wcagTags : ['color-contrast', 'link-in-text-block'],
    )
  }

  async close(): Promise<void> {
    await this.context.close()
  }

  /** By its cell, as a thumb does: the button in it is not seen. */
  async #chooseNamed(name: string | RegExp): Promise<void> {
    const radio = this.page.getByRole('radio', { name, exact: true })
    await this.page.locator('label').filter({ has: radio }).first().click()
    await this.page
      .getByRole('radio', { name, exact: true, checked: true })
      .first()
      .waitFor({ state: 'attached' })
  }

  /** After the first save of a phone it asks once whether to keep things for good. */
  async #saved(title: string): Promise<void> {
    await this.isHeaded(title)
    await this.putOffKeeping()
  }

  /** After anything that may have been the first save of this phone. */
  async putOffKeeping(): Promise<void> {
    if (this.#first.isSaved) return
    this.#first.isSaved = true
    const dialog = this.page.getByRole('dialog')
    await dialog.getByRole('button', { name: this.word('act.notNow') }).click()
    await dialog.waitFor({ state: 'hidden' })
    await this.#isWritten('settings')
  }

  /** Resolves when the writes to a table of the app's database that have begun are done. */
  async #isWritten(table: 'drafts' | 'settings'): Promise<void> {
    await this.page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('tadamun')
          opening.onerror = () => reject(opening.error)
          opening.onsuccess = () => {
            // stands in line behind them
            const reading = opening.result.transaction(name)
            reading.oncomplete = () => {
              opening.result.close()
              resolve()
            }
            reading.objectStore(name).count()
          }
        }),
      table,
    )
  }

  #watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text())) this.faults.push(message.text())
    })
    page.on('pageerror', (error) => this.faults.push(String(error)))
  }
}
