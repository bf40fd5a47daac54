/** Members who mean harm, for as long as the soak lasts: what harmed stock parts, by POST and live, again and again. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import { boardRoom } from '../../sync-server/protocol/ids.ts'
import { encodeStep1, encodeSync } from '../../sync-server/protocol/live.ts'
import { TestList } from '../../tests/support/entries.ts'
import { attacks, farClocks } from '../../tests/support/hostile-updates.ts'
import { fillBytes } from '../../tests/support/mutations.ts'
import { encodeRaw } from '../../tests/support/raw-client.ts'
import { addressHeader, type Member, originAt, ourVisitor } from '../bench/live/our-fleet.ts'

export interface Attackers {
  /** attacks so far, and those that ended with a connection cut in the middle, as most should */
  readonly count: number
  readonly cut: number
  stop(): Promise<void>
}

/** One attack with a seed; resolves when the relay has answered or hung up. */
type Attack = (seed: number) => Promise<void>

/** After it a socket that the relay keeps open is left by the attacker. */
const patienceMs = 5000

/** A socket as `member`, on which `rage` does what it does; resolves when it is closed. */
const liveAttack = async (
  member: Member,
  port: number,
  seed: number,
  rage: (socket: WebSocket) => void,
): Promise<void> => {
  const { sign } = member.device.signing
  const { url, protocols } = await ourVisitor(member, 0, port, { held: new Map(), sign })
  const headers = addressHeader(200 + (seed % 50), seed % 250)
  const socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false })
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  socket.on('close', () => resolve())
  socket.on('error', () => undefined)
  socket.on('open', () => rage(socket))
  const timer = setTimeout(() => socket.terminate(), patienceMs)
  await closed
  clearTimeout(timer)
}

const postAttack = async (
  member: Member,
  port: number,
  seed: number,
  updates: readonly Uint8Array[],
): Promise<void> => {
  const { network, device } = member
  const rooms = [{ room: boardRoom, updates: updates.map((update) => Uint8Array.from(update)) }]
  const expiresS = Math.floor(Date.now() / 1000) + 600
  const body = await encodeRaw(originAt(port), { network: network.id, device, expiresS, rooms })
  const headers = addressHeader(200 + (seed % 50), seed % 250)
  const response = await fetch(`${originAt(port)}/v1/sync`, { method: 'POST', body, headers })
  await response.arrayBuffer()
}

/** Bytes on a bare connection; a half-open one is left after a while. */
const sayRaw = (port: number, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.setTimeout(1000, () => socket.destroy())
    socket.on('error', () => undefined).on('close', () => resolve())
    socket.resume()
  })

const liveAttacks = (member: Member, victim: TestList, port: number): Attack[] => {
  const on =
    (rage: (socket: WebSocket) => void): Attack =>
    (seed) =>
      liveAttack(member, port, seed, rage)
  const updates = attacks.map(
    ({ updatesOn }): Attack =>
      async (seed) => {
        const messages = updatesOn(victim, seed).map((update) =>
          encodeSync('update', Uint8Array.from(update)),
        )
        // three strikes end a socket
        for (let at = 0; at < messages.length; at += 3)
          await liveAttack(member, port, seed + at, (socket) => {
            for (const message of messages.slice(at, at + 3)) socket.send(message)
            socket.close()
          })
      },
  )
  return [
    ...updates,
    on((socket) => {
      const stream = socket as unknown as { _socket: { write(bytes: Uint8Array): void } }
      stream._socket.write(Uint8Array.of(255, 255, 255, 255, 255, 255))
    }),
    on((socket) => socket.send(new Uint8Array(20_000_000).fill(1))),
    on((socket) => {
      for (let i = 0; i < 20; i++) socket.send(Uint8Array.of(1), { fin: false })
    }),
    on((socket) => {
      for (let i = 0; i < 1000; i++) socket.ping()
    }),
    // asks for everything again and again, and reads nothing
    on((socket) => {
      socket.pause()
      for (let i = 0; i < 150; i++) socket.send(encodeStep1(new Map()))
    }),
    on((socket) => {
      for (let i = 0; i < 3; i++) socket.send('{"type":"hello"}')
    }),
  ]
}

const otherAttacks = (member: Member, victim: TestList, port: number): Attack[] => [
  ...attacks.map(
    ({ updatesOn }): Attack =>
      (seed) =>
        postAttack(member, port, seed, updatesOn(victim, seed)),
  ),
  (seed) =>
    postAttack(
      member,
      port,
      seed,
      Array.from({ length: 3 }, () => farClocks(1024 * 1024)),
    ),
  (seed) => sayRaw(port, fillBytes(50_000, seed)),
  () => sayRaw(port, Buffer.from('POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc')),
]

/** `member` attacks his own network; one attack after another, without a pause but for `pauseMs`. */
export const startAttackers = async (member: Member, port: number, pauseMs: number): Promise<Attackers> => {
  const victim = new TestList(member.network.id, boardRoom, member.network.founder)
  for (let i = 0; i < 3; i++) await victim.append()
  const every = [...liveAttacks(member, victim, port), ...otherAttacks(member, victim, port)]
  let isOver = false
  let [count, cut] = [0, 0]
  const loop = async (): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      await every[n % every.length]?.(n).catch(() => cut++)
      count++
      await sleep(pauseMs)
    }
  }
  const over = loop()
  return {
    get count() {
      return count
    },
    get cut() {
      return cut
    },
    async stop() {
      isOver = true
      await over
    },
  }
}
