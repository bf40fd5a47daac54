/** The relay as an operator runs it: a process of its own, with settings of its own, that tells what it wrote. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { root } from '../../tools/root.ts'

const main = join(root, 'sync-server', 'main.ts')

const start = (words: readonly string[], settings: Readonly<Record<string, string>>): ChildProcess => {
  const env = { PATH: process.env.PATH ?? '', PORT: '0', TADAMUN_STATIC: '/nowhere', ...settings }
  return spawn(process.execPath, [main, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** What it wrote and how it ended. */
export const runProgram = async (words: readonly string[], settings: Readonly<Record<string, string>>) => {
  const child = start(words, settings)
  let [said, complaint] = ['', '']
  child.stdout?.on('data', (piece) => (said += String(piece)))
  child.stderr?.on('data', (piece) => (complaint += String(piece)))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said, complaint }
}

export class RelayProgram {
  readonly #child: ChildProcess
  /** all that it wrote */
  log = ''
  port = 0

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Resolves when it listens. */
  static async start(settings: Readonly<Record<string, string>>): Promise<RelayProgram> {
    const child = start([], settings)
    const program = new RelayProgram(child)
    const { promise, resolve, reject } = Promise.withResolvers<RelayProgram>()
    const hear = (piece: unknown): void => {
      program.log += String(piece)
      const line = program.log.split('\n').find((each) => each.includes('"msg":"listening"'))
      if (!line?.endsWith('}') || program.port > 0) return
      program.port = Number((JSON.parse(line) as { port: number }).port)
      resolve(program)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    child.once('exit', () => reject(new Error(`the relay ended before it listened: ${program.log}`)))
    return promise
  }

  /** Resolves when a line of its log holds the words. */
  async says(words: string): Promise<void> {
    while (!this.log.includes(words)) await once(this.#child.stdout as NodeJS.ReadableStream, 'data')
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** Resolves with its exit code when it has ended. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode
    const ended = once(this.#child, 'close')
    this.#child.kill(signal)
    return ((await ended) as [number | null])[0]
  }
}
