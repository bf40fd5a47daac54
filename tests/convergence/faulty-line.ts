/** The line between one phone and its relay: each fault that a network has, asked for by name. */

import type { ExchangeFailure } from '../../src/sync/exchange-failure.ts'
import { type Bytes, concatBytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { Line } from '../support/phone.ts'
import type { Chance } from './chance.ts'
import { FaultyRoad, type RoadWire } from './faulty-road.ts'
import { RelayKilled, type SimRelay } from './sim-relay.ts'

export const lineFaults = {
  none: 10,
  dead: 2,
  dropRequest: 2,
  dropAnswer: 3,
  cut: 4,
  duplicate: 2,
  portal: 1,
  bytes: 1,
  relayKilled: 2,
}
export type LineFault = keyof typeof lineFaults

/** Everything that goes over lines, for those who look into it. */
export interface Wire {
  onRequest(body: Bytes): void
  onAnswer(relay: SimRelay, request: Bytes, answer: Bytes): Promise<void>
  onSent(): Promise<void>
}

const portal = utf8(
  '<!doctype html><html><head><title>Login</title></head><body>Welcome to hotel wifi</body></html>',
)

async function* inPieces(bytes: Bytes, size: number): AsyncGenerator<Bytes> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
}

async function* cutAt(bytes: Bytes, length: number): AsyncGenerator<Bytes> {
  yield* inPieces(bytes.slice(0, length), 997)
  throw new TypeError('network error')
}

const offline = fail({ code: 'offline' } as const)

export class FaultyLine implements Line {
  readonly #chance: Chance
  readonly #wire: Wire
  relay: SimRelay
  /** requests that go well before the fault, and the fault; later ones go well */
  fault: { after: number; kind: LineFault } = { after: 0, kind: 'none' }
  readonly road: FaultyRoad
  /** while it is there, answers wait for it: others are served meanwhile */
  held: Promise<void> | null = null

  constructor(relay: SimRelay, chance: Chance, wire: Wire & RoadWire) {
    this.road = new FaultyRoad(() => this.relay, wire)
    this.relay = relay
    this.#chance = chance
    this.#wire = wire
  }

  async post(body: Bytes): Promise<Result<AsyncIterable<Uint8Array>, ExchangeFailure>> {
    const kind = this.#turn()
    const { relay } = this
    this.#wire.onRequest(body)
    await this.#wire.onSent()
    if (kind === 'dead' || kind === 'dropRequest') return offline
    if (kind === 'portal') return ok(inPieces(portal, 40))
    if (kind === 'relayKilled') relay.appendsLeft = this.#chance.below(3)
    const answer = await this.#ask(relay, body)
    relay.appendsLeft = null
    if (answer && kind === 'duplicate') await this.#ask(relay, body)
    await this.held
    if (!answer || kind === 'dropAnswer') return offline
    if (kind === 'cut') return ok(cutAt(answer, this.#chance.below(answer.length)))
    return ok(inPieces(answer, kind === 'bytes' ? 1 : 4096))
  }

  #turn(): LineFault {
    const { after, kind } = this.fault
    // a dead line stays dead
    if (kind === 'dead') return kind
    this.fault = after > 0 ? { after: after - 1, kind } : { after: 0, kind: 'none' }
    return after > 0 ? 'none' : kind
  }

  async #ask(relay: SimRelay, body: Bytes): Promise<Bytes | null> {
    try {
      const pieces: Uint8Array[] = []
      for await (const piece of await relay.exchange(body)) pieces.push(piece)
      const answer = concatBytes(...pieces)
      await this.#wire.onAnswer(relay, body, answer)
      return answer
    } catch (error) {
      if (!(error instanceof RelayKilled)) throw error
      relay.restart()
      return null
    }
  }
}
