/**
 * The exchange: `POST /v1/sync` until there is nothing more to give or to get. Every answer only changes what is kept
 * (inbox, cursors, outbox, plans); what to send next is read from there.
 */

import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  encodeRequest,
  type ListRefusal,
  type RoomRequest,
  type RoomResult,
} from '../../sync-server/protocol/exchange.ts'
import { type ListName, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { markDelivered } from '../storage/outbox.ts'
import { type AnswerParts, type Results, readAnswer } from './answer.ts'
import { answerStore } from './answer-store.ts'
import { digestToSend, listOfClient, listStates, ownDigest, settle } from './digests.ts'
import type { ExchangeFailure } from './exchange-failure.ts'
import { fromBeginning, type HealPlan, healPlan } from './heal.ts'
import { type RoomRequestParts, roomRequests, roomsAhead } from './room-requests.ts'

/** What a running exchange is at. */
export interface ExchangeProgress {
  /** `refill`: the relay lacks what this phone has [R14]; `compare`: the two differ and say to each other in what [R16] */
  step: 'news' | 'compare' | 'refill'
  /** in this exchange so far, bodies only */
  bytesSent: number
  bytesReceived: number
}

export interface ExchangeParts extends RoomRequestParts, Pick<AnswerParts, 'onHeard'> {
  /** with each request, and with each piece of an answer */
  onProgress?(progress: ExchangeProgress): void
  /** sends a body; the pieces of the answer as they arrive; the iterator rejects when the line breaks */
  post(body: Bytes): Promise<Result<AsyncIterable<Uint8Array>, ExchangeFailure>>
  /** a fresh token by the corrected clock */
  token(): Promise<Bytes>
  /** 0, or the most that an answer may bring on a slow link */
  maxBytes(): number
  headAfter(room: RoomName, list: ListName, length: number): Promise<Uint8Array>
  /** all know that somebody else wrote two histories of this list, and how far it counts [R6] */
  isEnded(room: RoomName, list: ListName): boolean
  /** takes the inbox through the gate */
  drain(): Promise<void>
  /** the relay does not take entries for this room (yet) [R30] */
  onRoomRefused(room: RoomName): Promise<void>
}

export interface Exchanged {
  roundTrips: number
  bytesSent: number
  bytesReceived: number
  /** own entries that a relay now holds */
  delivered: number
  /** why entries of ours were not taken, if any were not */
  refused: ListRefusal | null
}

/** What came is shown while the rest comes; so much at a time, for each taking ends with a strict write to the disk. */
const drainEveryBytes = 256 * 1024

/** Requests in one exchange: a phone months behind on a slow link needs several, a loop between faults must end. */
const maxRoundTrips = 60

const isIdle = ({ send, want }: HealPlan): boolean => send.length === 0 && want.length === 0

export class Exchange {
  readonly #parts: ExchangeParts
  readonly #plans = new Map<RoomName, HealPlan>()
  /** the last one of each room */
  readonly #carriedOut = new Map<RoomName, HealPlan>()
  /** plans and pairs of digests that were acted on, with their rooms */
  readonly #tried = new Set<string>()
  readonly #done: Exchanged = { roundTrips: 0, bytesSent: 0, bytesReceived: 0, delivered: 0, refused: null }
  #isHeldBack = false
  /** the relay's disk is full: what we have waits, what others have comes */
  #full: ExchangeFailure | null = null
  #clockTries = 0
  #rosterTries = 0
  #step: ExchangeProgress['step'] = 'news'
  /** of the answer that is arriving, since the inbox was last taken up */
  #undrainedBytes = 0

  constructor(parts: ExchangeParts) {
    this.#parts = parts
  }

  async run(): Promise<Result<Exchanged, ExchangeFailure>> {
    while (this.#done.roundTrips < maxRoundTrips) {
      // the first answer may have put the clock right
      for (const room of await roomsAhead(this.#parts)) await this.#parts.onRoomRefused(room)
      const { rooms: all, isAll, unsettled } = await roomRequests(this.#parts, this.#plans)
      // a relay that can take nothing can be read all the same
      const rooms = this.#full ? all.map((room) => ({ ...room, updates: [] })) : all
      this.#step = this.#nextStep()
      this.#plans.clear()
      const deliveredBefore = this.#done.delivered
      const answered = await this.#roundTrip(rooms)
      await this.#parts.drain()
      if (!answered.ok) {
        if (await this.#canRetry(answered.error)) continue
        return answered
      }
      await this.#settleSilent(unsettled, answered.value)
      const again = await this.#conclude(answered.value)
      // what was left out of a full request goes next, unless the relay takes nothing of ours
      const isMoving = !isAll && this.#done.delivered > deliveredBefore
      if (!again && !isMoving) break
    }
    return this.#full ? fail(this.#full) : ok(this.#done)
  }

  async #roundTrip(rooms: RoomRequest[]): Promise<Result<Results, ExchangeFailure>> {
    const { database, relay, post, token, maxBytes, onHeard } = this.#parts
    const relayId = (await database.meta.get(`relay ${relay}`))?.value as string | undefined
    const request = { token: await token(), maxBytes: maxBytes(), relayId: relayId ?? null, rooms }
    const body = encodeRequest(request, relayId ? fromBase64url(relayId) : null)
    this.#done.roundTrips++
    this.#done.bytesSent += body.length
    this.#tellProgress()
    const posted = await post(body)
    if (!posted.ok) return posted
    const onBytes = (count: number) => {
      this.#done.bytesReceived += count
      this.#tellProgress()
      this.#drainBeside(count)
    }
    return readAnswer(posted.value, {
      store: answerStore(database, relay),
      rooms: rooms.map(({ room }) => room),
      onHeard,
      onBytes,
    })
  }

  #nextStep(): ExchangeProgress['step'] {
    const plans = [...this.#plans.values()]
    if (plans.some(({ send }) => send.length > 0)) return 'refill'
    return plans.some(({ want }) => want.length > 0) || this.#tried.size > 0 ? 'compare' : 'news'
  }

  /** Not waited for: the line goes on. */
  #drainBeside(count: number): void {
    this.#undrainedBytes += count
    if (this.#undrainedBytes < drainEveryBytes) return
    this.#undrainedBytes = 0
    // the drain behind the answer meets the same disk, and says so
    this.#parts.drain().catch(() => undefined)
  }

  #tellProgress(): void {
    const { bytesSent, bytesReceived } = this.#done
    this.#parts.onProgress?.({ step: this.#step, bytesSent, bytesReceived })
  }

  /** A room of which the relay says nothing is there as the request said, also where the answer that brought it broke off. */
  async #settleSilent(unsettled: ReadonlyMap<RoomName, Bytes>, results: Results): Promise<void> {
    const { database, relay } = this.#parts
    for (const [room, digest] of unsettled)
      if (!results.has(room)) await settle(database, relay, room, { ours: digest, theirs: digest })
  }

  /** Receipts, cursors, and what is left to do; true when another request is due. */
  async #conclude(results: Results): Promise<boolean> {
    let again = false
    for (const [room, result] of results) {
      await this.#receipts(room, result)
      const { database, relay } = this.#parts
      if (!result.more) await database.cursors.put({ relay, room, cursor: result.cursor })
      again = (await this.#planHeal(room, result)) || result.more || again
    }
    return again
  }

  async #receipts(room: RoomName, { durable, refused }: RoomResult): Promise<void> {
    const { database, onRoomRefused } = this.#parts
    for (const { client, length, head } of durable) {
      const list = await listOfClient(database, room, client)
      if (list) this.#done.delivered += await markDelivered(database, { room, list, length, head })
    }
    for (const { client, index, reason } of refused) {
      // goes by itself with a later request: nothing that a person has to know of
      if (reason === 'tooFast') continue
      const list = await listOfClient(database, room, client)
      const isOwn = await database.outbox
        .where({ room })
        .filter((row) => row.list === list && row.index >= index)
        .modify({ refused: reason })
      if (isOwn > 0) this.#done.refused = reason
    }
    if (refused.some(({ reason }) => reason === 'room')) await onRoomRefused(room)
  }

  /** True when there is something to send or to ask for. A plan that was carried out and comes up again is settled. */
  async #planHeal(room: RoomName, result: RoomResult): Promise<boolean> {
    const { differs, needs, digest, more, refused } = result
    const { database, relay } = this.#parts
    // the relay takes the rest later, and with more of the roster what it refuses now: no pair of digests is settled
    if (refused.some(({ reason }) => reason === 'tooFast' || reason === 'quota')) this.#isHeldBack = true
    if (this.#isHeldBack) return false
    const ours = await ownDigest(database, room)
    if (!differs && needs.length === 0) {
      // something came in and yet we differ: the next request says so and the relay answers with its lists
      if (more) return false
      if (equalBytes(ours, digest)) {
        await settle(database, relay, room, { ours, theirs: digest })
        return false
      }
      if (equalBytes(await digestToSend(database, relay, room), digest)) return false
      if (this.#isNews(room, { ours: toBase64url(ours), theirs: toBase64url(digest) })) return true
    }
    const headAt = async (client: number, length: number) => {
      const list = await listOfClient(database, room, client)
      return list ? this.#parts.headAfter(room, list, length) : new Uint8Array()
    }
    const isEnded = async (client: number) => {
      const list = await listOfClient(database, room, client)
      return list !== null && this.#parts.isEnded(room, list)
    }
    const none: HealPlan = { send: [], want: [] }
    // neither: what was planned was carried out, and both are as they were
    const done = needs.length > 0 ? none : (this.#carriedOut.get(room) ?? none)
    const plan = differs ? await healPlan(await listStates(database, room), differs, headAt, isEnded) : done
    for (const need of needs)
      if (!plan.send.some(({ client }) => client === need.client)) plan.send.push(need)
    const tries = [plan, await fromBeginning(plan, isEnded)]
    const next = tries.find((one) => !isIdle(one) && this.#isNews(room, one))
    if (!next) {
      if (!more && !equalBytes(ours, digest)) await settle(database, relay, room, { ours, theirs: digest })
      return false
    }
    this.#plans.set(room, next)
    this.#carriedOut.set(room, next)
    return true
  }

  /** False when just the same was tried for this room before: trying again would go round for ever. */
  #isNews(room: RoomName, attempt: unknown): boolean {
    const text = `${room} ${JSON.stringify(attempt)}`
    if (this.#tried.has(text)) return false
    this.#tried.add(text)
    return true
  }

  /** A wrong clock is right after one answer; a full relay is read without bringing anything; one that does not know us (any more) is told the whole roster once. */
  async #canRetry(error: ExchangeFailure): Promise<boolean> {
    if (error.code !== 'refused') return false
    if (error.reason === 'clock') return this.#clockTries++ < 1
    if (error.reason === 'diskFull' && !this.#full) {
      this.#full = error
      this.#isHeldBack = true
      return true
    }
    if (error.reason !== 'unknownNetwork' && error.reason !== 'notMember') return false
    if (this.#rosterTries++ > 0) return false
    const lists = await listStates(this.#parts.database, rosterRoom)
    this.#plans.set(rosterRoom, { send: lists.map(({ client }) => ({ client, from: 0 })), want: [] })
    return lists.length > 0
  }
}
