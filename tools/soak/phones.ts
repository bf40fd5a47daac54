/** Phones of the soak: three live sockets each while they are there; they come, write, and go. */
import type { WebSocket } from 'ws'
import { boardRoom, monthRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { encodeSync, parseLiveMessage } from '../../sync-server/protocol/live.ts'
import { TestList } from '../../tests/support/entries.ts'
import { encodeRaw, readAnswer } from '../../tests/support/raw-client.ts'
import { connect } from '../bench/live/connect.ts'
import { addressHeader, type Member, originAt, ourVisitor } from '../bench/live/our-fleet.ts'

/** What all phones together met. */
export interface Met {
  written: number
  /** entries that an exchange brought in vain */
  notTaken: number
  /** from sending an entry to the word that it is durable, ms */
  answersMs: number[]
  /** sockets that the relay closed, by what it said */
  sentAway: Record<string, number>
}

export class SoakPhone {
  readonly #member: Member
  readonly #place: number
  readonly #port: number
  readonly #met: Met
  readonly #board: TestList
  #sockets: WebSocket[] = []
  /** when the entries were sent that nobody has called durable yet */
  #waitingMs: number[] = []
  #durable = 0

  constructor(member: Member, place: number, port: number, met: Met) {
    this.#member = member
    this.#place = place
    this.#port = port
    this.#met = met
    this.#board = new TestList(member.network.id, boardRoom, member.device)
  }

  get isThere(): boolean {
    return this.#sockets.length > 0
  }

  get waiting(): number {
    return this.#waitingMs.length
  }

  /** An exchange, as the app begins with, that brings what was on its way when the phone left; then the three rooms. */
  async come(): Promise<void> {
    await this.#exchange()
    for (const liveRoom of [rosterRoom, boardRoom, monthRoom(Date.now())]) await this.#listen(liveRoom)
  }

  go(): void {
    const sockets = this.#sockets
    this.#sockets = []
    for (const socket of sockets) socket.removeAllListeners('close').close()
    this.#waitingMs = []
  }

  async write(): Promise<void> {
    const [, board] = this.#sockets
    if (!board) return
    await this.#board.append()
    const { length } = this.#board
    this.#met.written++
    this.#waitingMs.push(performance.now())
    board.send(encodeSync('update', this.#board.update(length - 1, length)))
  }

  async #exchange(): Promise<void> {
    const { network, device, room } = this.#member
    const origin = originAt(this.#port)
    const expiresS = Math.floor(Date.now() / 1000) + 600
    const { length } = this.#board
    const rooms =
      length > this.#durable ? [{ room: boardRoom, updates: [this.#board.update(this.#durable)] }] : []
    const body = await encodeRaw(origin, { network: network.id, device, expiresS, rooms })
    const headers = addressHeader(room, this.#place)
    const response = await fetch(`${origin}/v1/sync`, { method: 'POST', body, headers })
    const answer = readAnswer(
      new Uint8Array(await response.arrayBuffer()),
      response.status,
      rooms.map(({ room }) => room),
    )
    if (rooms.length === 0) return
    const own = answer.results.get(boardRoom)?.durable.find(({ client }) => client === this.#board.client)
    this.#durable = own?.length ?? 0
    if (this.#durable < length) this.#met.notTaken += length - this.#durable
  }

  async #listen(liveRoom: RoomName): Promise<void> {
    const { sign } = this.#member.device.signing
    const held = new Map([[this.#board.client, this.#board.length]])
    const visitor = await ourVisitor(this.#member, this.#place, this.#port, { held, sign, liveRoom })
    const { socket } = await connect(visitor, (_, message) => this.#hear(message))
    socket.on('close', (code, reason) => {
      const word = `${code} ${reason}`.trim()
      this.#met.sentAway[word] = (this.#met.sentAway[word] ?? 0) + 1
    })
    this.#sockets.push(socket)
  }

  #hear(message: Uint8Array): void {
    if (this.#waitingMs.length === 0) return
    const read = parseLiveMessage(message)
    if (!read.ok || read.value.type !== 'receipt') return
    const own = read.value.durable.find(({ client }) => client === this.#board.client)
    for (; this.#durable < (own?.length ?? 0) && this.#waitingMs.length > 0; this.#durable++)
      this.#met.answersMs.push(performance.now() - (this.#waitingMs.shift() as number))
  }
}
