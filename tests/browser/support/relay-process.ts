/** The real relay as its own process, on a data folder that outlives it. */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../../tools/root.ts'

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('a listening server has a port')
  return address.port
}

/** The app that is tested. */
export const builtApp = (): string => process.env.TADAMUN_STATIC ?? join(root, 'dist')

export class RelayProcess {
  readonly port: number
  readonly dataFolder = mkdtempSync(join(tmpdir(), 'tadamun-relay-'))
  readonly #staticFolder: string
  #process: ChildProcess | null = null

  private constructor(port: number, staticFolder: string) {
    this.port = port
    this.#staticFolder = staticFolder
  }

  /** `staticFolder`: the app that it serves. */
  static async start(staticFolder = builtApp()): Promise<RelayProcess> {
    const relay = new RelayProcess(await freePort(), staticFolder)
    await relay.start()
    return relay
  }

  /** Browsers treat localhost as safe: WebCrypto and service workers are there without HTTPS. */
  get origin(): string {
    return `http://localhost:${this.port}`
  }

  /** Does nothing while it runs. */
  async start(): Promise<void> {
    if (this.#process) return
    const env = {
      ...process.env,
      PORT: String(this.port),
      TADAMUN_DATA: this.dataFolder,
      TADAMUN_STATIC: this.#staticFolder,
    }
    const started = spawn(process.execPath, [join(root, 'sync-server', 'main.ts')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = started
    // its first line says that it listens
    await once(started.stdout as NodeJS.ReadableStream, 'data')
  }

  /** `kill -9`: no farewell, no flush. */
  async kill(): Promise<void> {
    const running = this.#process
    this.#process = null
    if (!running || running.exitCode !== null) return
    running.kill('SIGKILL')
    await once(running, 'exit')
  }

  /** Every byte that the relay keeps. */
  storedBytes(): Buffer {
    return Buffer.concat(
      readdirSync(this.dataFolder).map((name) => readFileSync(join(this.dataFolder, name))),
    )
  }

  async remove(): Promise<void> {
    await this.kill()
    rmSync(this.dataFolder, { recursive: true, force: true })
  }
}
