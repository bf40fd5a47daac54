/** What stands between a phone and its relay: usually nothing in the way, sometimes something that answers in its place. */

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'

/** `html`: a captive portal · `fault`: 500 · `half`: the real answer, cut · `bytes`: as long as one, but not one · `silent` */
export type LineMode = 'through' | 'html' | 'fault' | 'half' | 'bytes' | 'silent'

const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of message) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

export class BadLine {
  mode: LineMode = 'through'
  /** files of the app that it cuts off */
  missing: RegExp | null = null
  /** requests that it did not pass on */
  spoiled = 0
  readonly #relayPort: number
  readonly #server: Server

  private constructor(relayPort: number) {
    this.#relayPort = relayPort
    this.#server = createServer((incoming, answer) => void this.#serve(incoming, answer))
  }

  static async open(relayPort: number): Promise<BadLine> {
    const line = new BadLine(relayPort)
    line.#server.listen(0, '127.0.0.1')
    await once(line.#server, 'listening')
    return line
  }

  get origin(): string {
    const address = this.#server.address()
    if (!address || typeof address === 'string') throw new Error('a listening server has a port')
    return `http://localhost:${address.port}`
  }

  /** Whoever still waits for an answer is cut off. */
  hangUp(): void {
    this.#server.closeAllConnections()
  }

  async close(): Promise<void> {
    this.hangUp()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #serve(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    if (this.missing?.test(incoming.url ?? '')) {
      this.spoiled++
      answer.destroy()
      return
    }
    const isSync = incoming.url?.startsWith('/v1/') ?? false
    if (isSync && this.mode !== 'through') this.spoiled++
    if (!isSync || this.mode === 'through') return this.#pass(incoming, answer)
    switch (this.mode) {
      case 'html':
        answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome to Free WiFi</h1>')
        return
      case 'fault':
        answer.writeHead(500).end('Internal Server Error')
        return
      case 'bytes':
        answer.writeHead(200).end(Buffer.alloc(3000, 0xa7))
        return
      case 'half': {
        const { status, headers, body } = await this.#ask(incoming)
        answer.writeHead(status, { ...headers, 'content-length': body.length })
        answer.write(body.subarray(0, body.length >> 1), () => answer.destroy())
      }
    }
  }

  async #pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { status, headers, body } = await this.#ask(incoming)
    delete headers['transfer-encoding']
    answer.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
  }

  async #ask(incoming: IncomingMessage) {
    const body = await readAll(incoming)
    const { method, headers, url: path } = incoming
    const asked = request({ port: this.#relayPort, host: '127.0.0.1', method, path, headers }).end(body)
    const [relayed] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: relayed.statusCode ?? 502, headers: relayed.headers, body: await readAll(relayed) }
  }
}
