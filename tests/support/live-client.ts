/** A live socket without any of the app's care: it sends what a test says and keeps what comes. */
import { WebSocket } from 'ws'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { NetworkId, RoomName } from '../../sync-server/protocol/ids.ts'
import {
  encodeStep1,
  encodeSync,
  type LiveMessage,
  type LiveReceipt,
  livePath,
  liveProtocols,
  parseClose,
  parseLiveMessage,
} from '../../sync-server/protocol/live.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import { parseUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { TestList } from './entries.ts'
import type { TestDevice } from './keys.ts'
import { testTimeS } from './network.ts'

export interface LiveWishes {
  network: NetworkId
  room: RoomName
  device: TestDevice
  /** fifteen minutes after `testTimeS` without it */
  expiresS?: number
  /** that the token is made for; the relay's own without it */
  origin?: string
  /** replaces the token */
  token?: Bytes
  /** replaces all that is offered */
  protocols?: string[]
}

export interface Closed {
  code: number
  text: string
  reason: ReturnType<typeof parseClose>
}

export const liveToken = (origin: string, wishes: LiveWishes): Promise<Bytes> => {
  const { network, device, expiresS = testTimeS + 900 } = wishes
  return createToken(
    { network, device: device.id, expiresS, origin: wishes.origin ?? origin },
    device.signing.sign,
  )
}

export class LiveClient {
  readonly socket: WebSocket
  readonly messages: LiveMessage[] = []
  /** resolves when the socket is closed, by whomever */
  readonly closed: Promise<Closed>
  #waiting: (() => void)[] = []
  #end: Closed | null = null

  private constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data) => {
      const parsed = parseLiveMessage(data as Buffer)
      if (!parsed.ok) throw new Error('the relay never sends a malformed message')
      this.messages.push(parsed.value)
      this.#wake()
    })
    socket.on('error', () => undefined)
    this.closed = new Promise((resolve) => {
      socket.on('close', (code, text) => {
        this.#end = { code, text: text.toString(), reason: parseClose(code, text.toString()) }
        this.#wake()
        resolve(this.#end)
      })
    })
  }

  /** Resolves when the socket is open, or was refused before. */
  static async open(origin: string, wishes: LiveWishes): Promise<LiveClient> {
    const token = wishes.token ?? (await liveToken(origin, wishes))
    const url = origin.replace(/^http/, 'ws') + livePath(wishes.network, wishes.room)
    const client = new LiveClient(new WebSocket(url, wishes.protocols ?? liveProtocols(token)))
    await new Promise((resolve) => client.socket.on('open', resolve).on('close', resolve))
    return client
  }

  send(message: Uint8Array): this {
    this.socket.send(message)
    return this
  }

  /** Step 1 with what is held of some lists. */
  greet(...held: TestList[]): this {
    return this.send(encodeStep1(new Map(held.map(({ client, length }) => [client, length]))))
  }

  bring(update: Uint8Array): this {
    return this.send(encodeSync('update', update))
  }

  /** What `find` gives of the messages so far and those to come, once it is something; rejects when the socket closes. */
  async until<Value>(find: (messages: readonly LiveMessage[]) => Value | null | undefined): Promise<Value> {
    for (;;) {
      const found = find(this.messages)
      if (found !== null && found !== undefined) return found
      if (this.#end) throw new Error(`the socket is closed: ${this.#end.code} ${this.#end.text}`)
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  /** The first message of a type from place `from` on. */
  next<Type extends LiveMessage['type']>(
    type: Type,
    from = 0,
  ): Promise<Extract<LiveMessage, { type: Type }>> {
    const isOfType = (message: LiveMessage): message is Extract<LiveMessage, { type: Type }> =>
      message.type === type
    return this.until((messages) => messages.slice(from).find(isOfType))
  }

  /** The first receipt that says so many entries of a list are durable. */
  durable({ client }: TestList, length: number): Promise<LiveReceipt> {
    const says = (message: LiveMessage): message is { type: 'receipt' } & LiveReceipt =>
      message.type === 'receipt' &&
      message.durable.some((own) => own.client === client && own.length >= length)
    return this.until((messages) => messages.find(says))
  }

  /** Runs of all updates so far, or of some messages. */
  runs(messages: readonly LiveMessage[] = this.messages): Run[] {
    return messages.flatMap((message) => {
      if (message.type !== 'step2' && message.type !== 'update') return []
      const runs = parseUpdate(message.update)
      if (!runs.ok) throw new Error('the relay sends canonical updates only')
      return runs.value
    })
  }

  /** Entries that came of one list, in order. */
  entriesOf({ client }: TestList): Bytes[] {
    return this.runs().flatMap((run) => (run.client === client ? run.entries : []))
  }

  /** Waits for the n-th entry of a list. */
  async hears(list: TestList, length: number): Promise<Bytes[]> {
    return this.until(() => {
      const entries = this.entriesOf(list)
      return entries.length >= length ? entries : null
    })
  }

  async hangUp(): Promise<void> {
    this.socket.close()
    await this.closed
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
