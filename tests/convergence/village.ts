/** What one run of the simulation holds in its hand: time, relays, phones, and what was promised to whom. */

import { type Bytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { AnswerReader, parseRequest } from '../../sync-server/protocol/exchange.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { Phone, testStartMs } from '../support/phone.ts'
import type { Chance } from './chance.ts'
import { FaultyLine, type Wire } from './faulty-line.ts'
import type { RoadWire } from './faulty-road.ts'
import { type Mutant, mutateLive, mutateSent } from './mutants.ts'
import type { ApartContact, ApartKey } from './sealed-apart.ts'
import { SimRelay } from './sim-relay.ts'

/** An invariant that does not hold. */
export class Broken extends Error {}

export const insist = (holds: boolean, sentence: string): void => {
  if (!holds) throw new Broken(sentence)
}

export interface Resident {
  phone: Phone
  line: FaultyLine
  /** an exchange whose answer is held back, and what lets it come */
  held: { release(): void; exchange: Promise<unknown> } | null
  /** its sockets are up */
  isLive: boolean
  /** lengths of own lists that relays said are durable, by room and client */
  acked: Map<string, number>
  /** somebody else holds this phone and lets it hear nothing */
  isStolen: boolean
  /** it runs on a copy of another phone's disk, or another runs on a copy of its own */
  isTwin: boolean
}

/** A title that somebody wrote, and those that he saw when he did. */
export interface Edit {
  recordId: string
  title: string
  seen: ReadonlySet<string>
  author: string
}

/** What a relay has said to hold of lists of one room. */
const noteAcks = (
  acked: readonly Map<string, number>[],
  room: string | undefined,
  durable: readonly { client: number; length: number }[],
): void => {
  for (const { client, length } of durable) {
    const place = `${room} ${client}`
    for (const lengths of acked) lengths.set(place, Math.max(length, lengths.get(place) ?? 0))
  }
}

export class Village {
  readonly chance: Chance
  readonly mutant: Mutant | null
  readonly time = { ms: testStartMs }
  readonly relays: readonly [SimRelay, SimRelay]
  readonly residents: Resident[] = []
  /** operations of commands that were answered ok, as text, with their author */
  readonly saves = new Map<string, DeviceId>()
  readonly edits: Edit[] = []
  readonly needles: string[] = []
  /** what was done, for the reader of a failed run */
  readonly story: string[] = []
  readonly #sent: Bytes[] = []
  /** two joiners tried one invite: one of them is nobody in the end */
  hasRivals = false
  /** at the end everybody also exchanges with the second relay, whether or not somebody did before */
  usesBothRelays = true
  /** a room's log has lost something */
  hasDamage = false
  /** persons whom somebody has tried to make coordinators */
  readonly promoted = new Set<string>()
  /** keys of contacts that are given and not shown, by id; and what stands in these contacts */
  readonly apartKeys = new Map<string, ApartKey>()
  readonly apartWords = new Map<string, ApartContact>()
  /** persons who were given such a contact, by the need it is about */
  readonly given = new Map<string, ReadonlySet<DeviceId>>()
  /** devices that tried to come in where nobody may */
  readonly unwelcome = new Set<DeviceId>()
  texts = 0
  #network: NetworkId | null = null

  constructor(chance: Chance, mutant: Mutant | null) {
    this.chance = chance
    this.mutant = mutant
    this.relays = [new SimRelay('https://one.test', this.time), new SimRelay('https://two.test', this.time)]
    for (const relay of this.relays)
      relay.acksBeforeStoring = mutant === 'a relay acknowledges before it stores'
  }

  get founder(): Resident {
    return this.residents[0] as Resident
  }

  get network(): NetworkId {
    this.#network ??= this.founder.phone.local.network
    return this.#network
  }

  get usedRelays(): readonly SimRelay[] {
    return this.usesBothRelays ? this.relays : this.relays.slice(0, 1)
  }

  /** Phones in the hands of their people. */
  get neighbours(): Resident[] {
    return this.residents.filter(({ isStolen }) => !isStolen)
  }

  /** A text that nobody else writes; none of its bytes may stand on a wire or in a relay. */
  text(about: string): string {
    this.texts++
    const text = `${about} ${this.texts} «${this.chance.below(1e9)}»`
    this.needles.push(text)
    return text
  }

  addPhone(relay: SimRelay): Promise<Resident> {
    return this.#settle(relay, new Phone(this.text('جارة'), this.time), new Map())
  }

  /** The disk is copied, and both phones run on. */
  async cloneOf(resident: Resident): Promise<Resident> {
    const twin = await this.#settle(resident.line.relay, resident.phone.clone(), new Map(resident.acked))
    resident.isTwin = true
    twin.isTwin = true
    return twin
  }

  /** From now on this phone speaks with the other relay. */
  async moveTo(resident: Resident, relay: SimRelay): Promise<void> {
    if (resident.line.relay === relay) return
    resident.line.relay = relay
    resident.phone.appOrigin = relay.origin
    await resident.phone.restart()
  }

  async release(resident: Resident): Promise<void> {
    const { held } = resident
    resident.held = null
    resident.line.held = null
    held?.release()
    await held?.exchange
  }

  /** What went from phone to phone by another way than a relay: no word may stand in it either. */
  noteSent(bytes: Bytes): void {
    this.#sent.push(bytes)
  }

  /** Bytes of all requests so far, and of what relays hold. */
  async relayBytes(): Promise<Uint8Array[]> {
    const bytes: Uint8Array[] = [...this.#sent]
    for (const { store } of this.relays) {
      for (const { room } of await store.rooms(this.network)) {
        const { entries } = await store.readSince(this.network, room, 0, 1e9)
        bytes.push(...entries.map(({ entry }) => entry), utf8(room))
      }
    }
    return bytes
  }

  async end(): Promise<void> {
    for (const resident of this.residents) {
      await this.release(resident)
      await resident.phone.end()
    }
  }

  async #settle(relay: SimRelay, phone: Phone, acked: Map<string, number>): Promise<Resident> {
    const { mutant } = this
    const wire: Wire & RoadWire = {
      onRequest: (body) => this.#sent.push(body),
      onAnswer: async (from, request, answer) => this.#noteAcks(from, acked, request, answer),
      onSent: () => mutateSent(mutant, phone),
      onUp: (message) => this.#sent.push(message),
      onReceipt: (from, room, { durable }) => noteAcks([acked, from.acked], room, durable),
      doesLose: (message) => mutateLive(mutant, message),
    }
    const line = new FaultyLine(relay, this.chance, wire)
    phone.line = line
    phone.appOrigin = relay.origin
    phone.disk.isForgetful = mutant === 'the mirror is not written'
    await phone.restart()
    const resident = { phone, line, held: null, acked, isLive: false, isStolen: false, isTwin: false }
    this.residents.push(resident)
    return resident
  }

  #noteAcks(relay: SimRelay, acked: Map<string, number>, request: Bytes, answer: Bytes): void {
    const parsed = parseRequest(request)
    const messages = new AnswerReader().push(answer)
    if (!parsed.ok || !messages.ok) throw new Broken('relay and phone write what both can read')
    const rooms = parsed.value.rooms.map(({ room }) => room)
    for (const message of messages.value) {
      if (message.type === 'room') rooms.push(message.room)
      if (message.type !== 'result') continue
      noteAcks([acked, relay.acked], rooms[message.roomRef], message.result.durable)
    }
  }
}
