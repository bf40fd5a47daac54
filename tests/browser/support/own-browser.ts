/** A Chromium process on a folder of its own that outlives it, as a phone's browser does: killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium, launchOptions } from '../../support/chromium.ts'

const startPatienceMs = 30_000

/** Resolves with the address at which the process is steered. */
const addressOf = async (child: ChildProcess): Promise<string> => {
  const tooLate = setTimeout(() => child.kill('SIGKILL'), startPatienceMs)
  try {
    for await (const line of createInterface({ input: child.stderr as NodeJS.ReadableStream })) {
      const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
      if (address) return address
    }
  } finally {
    clearTimeout(tooLate)
  }
  throw new Error('Chromium ended before it listened')
}

export class OwnBrowser {
  /** everything that it keeps */
  readonly folder = mkdtempSync(join(tmpdir(), 'tadamun-browser-'))
  #process: ChildProcess | null = null
  #browser: Browser | null = null

  /** A page in the browser, which is started if it does not run. */
  async open(address: string): Promise<Page> {
    const context = (this.#browser ?? (await this.#start())).contexts()[0]
    if (!context) throw new Error('a browser has its own context')
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(15_000)
    await page.goto(address)
    return page
  }

  /** As the system kills an app: no farewell, no flush; all of its processes. */
  async kill(): Promise<void> {
    const running = this.#process
    this.#process = null
    this.#browser = null
    if (!running?.pid || running.exitCode !== null || running.signalCode !== null) return
    const ended = once(running, 'exit')
    process.kill(-running.pid, 'SIGKILL')
    await ended
  }

  async remove(): Promise<void> {
    await this.kill()
    // helpers of a killed Chromium let go of their files a moment later
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }

  async #start(): Promise<Browser> {
    const program = findChromium()
    if (!program) throw new Error('there is no Chromium')
    const own = [
      '--headless',
      '--remote-debugging-port=0',
      `--user-data-dir=${this.folder}`,
      '--window-size=360,740',
      '--lang=en-US',
      '--no-default-browser-check',
      'about:blank',
    ]
    // a group of its own: killed as one
    const stdio = ['ignore', 'ignore', 'pipe'] as const
    const child = spawn(program, [...launchOptions.args, ...own], { detached: true, stdio: [...stdio] })
    this.#process = child
    const browser = await chromium.connectOverCDP(await addressOf(child))
    child.stderr?.resume()
    this.#browser = browser
    return browser
  }
}
