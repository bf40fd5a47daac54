/** What the live sockets of one phone run over: each fault that a connection has, asked for by name. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { type LiveReceipt, parseLiveMessage } from '../../sync-server/protocol/live.ts'
import type { Relay } from '../../sync-server/relay.ts'
import type { Fate, RelaySocket, SocketRoad } from '../support/relay-socket.ts'
import { Chance } from './chance.ts'
import type { SimRelay } from './sim-relay.ts'

export const roadFaults = {
  none: 8,
  /** nobody answers */
  dead: 1,
  /** the connection breaks at a message of the relay, or of the phone, which is lost */
  cutDown: 3,
  cutUp: 3,
  /** from a message on nothing arrives on either way, and nobody says so */
  silent: 2,
  duplicate: 2,
  /** rooms overtake each other */
  shuffle: 3,
  relayKilled: 2,
}
export type RoadFault = keyof typeof roadFaults

/** Everything that goes over roads, for those who look into it. */
export interface RoadWire {
  onUp(message: Bytes): void
  onReceipt(relay: SimRelay, room: string, receipt: LiveReceipt): void
  /** planted fault: true loses this one and goes on */
  doesLose(message: Bytes): boolean
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

export class FaultyRoad implements SocketRoad {
  readonly #relay: () => SimRelay
  readonly #wire: RoadWire
  readonly #sockets = new Set<RelaySocket>()
  #fault: RoadFault = 'none'
  #chance = new Chance(0)
  /** messages that go well before the fault */
  #left = 0
  #onSilence: () => void = () => undefined
  isSilent = false

  constructor(relay: () => SimRelay, wire: RoadWire) {
    this.#relay = relay
    this.#wire = wire
  }

  /** For the sockets that are opened next. Gives what resolves when the road goes silent. */
  begin(fault: RoadFault, chance: Chance): Promise<void> {
    this.#fault = fault
    this.#chance = chance
    this.#left = chance.below(fault === 'cutUp' || fault === 'relayKilled' ? 6 : 14)
    this.isSilent = false
    return new Promise((resolve) => {
      this.#onSilence = resolve
    })
  }

  get relay(): Relay {
    return this.#relay().relay
  }

  get origin(): string {
    return this.#relay().origin
  }

  get isOpen(): boolean {
    return this.#fault !== 'dead'
  }

  /** Rooms whose sockets are open. */
  get rooms(): string[] {
    return [...this.#sockets].filter(({ isClosed }) => !isClosed).map(({ room }) => room)
  }

  up(message: Bytes): Fate {
    this.#wire.onUp(message)
    if (this.#fault === 'relayKilled' && this.#comes()) this.#relay().appendsLeft = this.#chance.below(2)
    return this.#fate('cutUp')
  }

  down(message: Bytes, { room }: RelaySocket): Fate {
    const parsed = parseLiveMessage(message)
    if (!parsed.ok) throw new Error('relay and phone write what both can read')
    if (parsed.value.type === 'receipt') this.#wire.onReceipt(this.#relay(), room, parsed.value)
    if (this.#wire.doesLose(message)) return 0
    return this.#fate('cutDown')
  }

  async wait(): Promise<void> {
    if (this.#fault !== 'shuffle') return
    for (let turns = this.#chance.below(8); turns > 0; turns--) await turn()
  }

  onSocket(socket: RelaySocket): void {
    for (const other of this.#sockets) if (other.isClosed) this.#sockets.delete(other)
    this.#sockets.add(socket)
    this.#relay().sockets.add(socket)
  }

  break(): void {
    for (const socket of this.#sockets) socket.break()
  }

  #fate(cut: 'cutUp' | 'cutDown'): Fate {
    if (this.#fault === 'duplicate') return 1 + this.#chance.below(2)
    if (this.#fault === cut && this.#comes()) return 'break'
    if (this.#fault === 'silent' && !this.isSilent && this.#comes()) {
      this.isSilent = true
      this.#onSilence()
    }
    return this.isSilent ? 0 : 1
  }

  #comes(): boolean {
    return this.#left-- === 0
  }
}
