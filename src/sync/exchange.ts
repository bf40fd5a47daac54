/**
 * The exchange: `POST /v1/sync` until there is nothing more to give or to get. Frames go into the inbox together with
 * the cursor that says so, as they arrive; an own entry leaves the outbox by the relay's receipt.
 */

import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  type AnswerMessage,
  AnswerReader,
  encodeRequest,
  type ListRefusal,
  type Refusal,
  type RoomRequest,
  type RoomResult,
} from '../../sync-server/protocol/exchange.ts'
import { type ListName, monthStartMs, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { buildUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { markDelivered } from '../storage/outbox.ts'
import { clientOfRow, digestToSend, listStates, ownDigest, settle } from './digests.ts'
import { type HealPlan, healPlan } from './heal.ts'
import { outboxRuns } from './outbox-runs.ts'

export type ExchangeFailure =
  /** nobody answered, or the line broke: what had arrived is kept */
  | { code: 'offline' }
  /** an answer that is none: a captive portal, another server */
  | { code: 'nonsense' }
  | { code: 'refused'; reason: Refusal; retryAfterS: number }

export interface ExchangeParts {
  database: NetworkDatabase
  /** origin of the relay: under this name cursors and settled digests are kept */
  relay: string
  /** sends a body; the pieces of the answer as they arrive; rejects when the line breaks */
  post(body: Bytes): Promise<Result<AsyncIterable<Uint8Array>, ExchangeFailure>>
  /** a fresh token by the corrected clock */
  token(): Promise<Bytes>
  /** corrected clock, ms */
  now(): number
  /** 0, or the most that an answer may bring on a slow link */
  maxBytes(): number
  runFrom(room: RoomName, list: ListName, from: number): Promise<Run | null>
  headAfter(room: RoomName, list: ListName, length: number): Promise<Uint8Array>
  /** the relay's clock, with every answer */
  onHeard(timeMs: number): Promise<void>
  /** takes the inbox through the gate */
  drain(): Promise<void>
  /** the relay does not take entries for this room (yet) [R30] */
  onRoomRefused(room: RoomName): Promise<void>
  /** rooms that this phone reads besides those it holds something of */
  rooms(): RoomName[]
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

/** Requests in one exchange: a phone months behind on a slow link needs several, a loop between faults must end. */
const maxRoundTrips = 60

interface Answered {
  results: Map<RoomName, RoomResult>
  frames: number
}

export class Exchange {
  readonly #parts: ExchangeParts
  readonly #heal = new Map<RoomName, HealPlan>()
  /** plans and pairs of digests that were acted on, with their rooms */
  readonly #tried = new Set<string>()
  readonly #done: Exchanged = { roundTrips: 0, bytesSent: 0, bytesReceived: 0, delivered: 0, refused: null }
  #clockTries = 0
  #rosterTries = 0

  constructor(parts: ExchangeParts) {
    this.#parts = parts
  }

  async run(): Promise<Result<Exchanged, ExchangeFailure>> {
    while (this.#done.roundTrips < maxRoundTrips) {
      const { rooms, isAll } = await this.#request()
      const answered = await this.#roundTrip(rooms)
      await this.#parts.drain()
      if (!answered.ok) {
        if (await this.#canRetry(answered.error)) continue
        return answered
      }
      const again = await this.#conclude(answered.value)
      if (!again && isAll) return ok(this.#done)
    }
    return ok(this.#done)
  }

  /** Every room of this phone, with what the relay has not got from it. */
  async #request(): Promise<{ rooms: RoomRequest[]; isAll: boolean }> {
    const { database, relay, now } = this.#parts
    const cursors = new Map(
      (await database.cursors.toArray())
        .filter((row) => row.relay === relay)
        .map((row) => [row.room, row.cursor]),
    )
    const lists = await database.lists.toArray()
    const names = new Set([
      rosterRoom,
      ...this.#parts.rooms(),
      ...cursors.keys(),
      ...lists.map(({ room }) => room),
    ])
    const { runs, isAll } = await outboxRuns(database, limits.updateBytes)
    for (const room of runs.keys()) names.add(room)
    const rooms: RoomRequest[] = []
    for (const room of names) {
      // entries that a wrong clock put into a month to come wait until the relay takes them; they are sealed again too
      if ((monthStartMs(room) ?? 0) > now() + limits.roomAheadMs) continue
      const heal = this.#heal.get(room)
      const own = runs.get(room) ?? []
      const updates = [
        ...(heal ? await this.#healUpdates(room, heal) : []),
        ...own.map((run) => buildUpdate([run])),
      ]
      const digest = await digestToSend(database, relay, room)
      rooms.push({ room, cursor: cursors.get(room) ?? 0, digest, updates, want: heal?.want ?? [] })
    }
    this.#heal.clear()
    return { rooms, isAll }
  }

  async #healUpdates(room: RoomName, { send }: HealPlan): Promise<Bytes[]> {
    const updates: Bytes[] = []
    let bytes = 0
    for (const { client, from } of send) {
      const list = await this.#listOf(room, client)
      const run = list && (await this.#parts.runFrom(room, list, from))
      if (!run) continue
      for (const piece of piecesOf(run)) {
        const update = buildUpdate([piece])
        bytes += update.length
        // the rest follows with the next difference
        if (bytes > limits.requestBytes / 4) return updates
        updates.push(update)
      }
    }
    return updates
  }

  async #listOf(room: RoomName, client: number): Promise<ListName | null> {
    const rows = await this.#parts.database.lists.where({ room }).toArray()
    return rows.find((row) => clientOfRow(row) === client)?.list ?? null
  }

  async #roundTrip(rooms: RoomRequest[]): Promise<Result<Answered, ExchangeFailure>> {
    const { database, relay, post, token, maxBytes } = this.#parts
    const relayId = (await database.meta.get(`relay ${relay}`))?.value as string | undefined
    const request = { token: await token(), maxBytes: maxBytes(), relayId: relayId ?? null, rooms }
    const body = encodeRequest(request, relayId ? fromBase64url(relayId) : null)
    this.#done.roundTrips++
    this.#done.bytesSent += body.length
    const posted = await post(body)
    return posted.ok ? this.#read(posted.value, rooms) : posted
  }

  async #read(
    pieces: AsyncIterable<Uint8Array>,
    rooms: RoomRequest[],
  ): Promise<Result<Answered, ExchangeFailure>> {
    const reader = new AnswerReader()
    const names = rooms.map(({ room }) => room)
    const answered: Answered = { results: new Map(), frames: 0 }
    const iterator = pieces[Symbol.asyncIterator]()
    let isWhole = false
    let hasBegun = false
    for (;;) {
      // the line broke: what came before is in the inbox, with its cursors
      const next = await iterator.next().catch(() => null)
      if (!next) return fail({ code: 'offline' })
      if (next.done) break
      this.#done.bytesReceived += next.value.length
      const messages = reader.push(next.value)
      if (!messages.ok) return fail({ code: 'nonsense' })
      for (const message of messages.value) {
        if (!hasBegun && message.type !== 'hello' && message.type !== 'refused')
          return fail({ code: 'nonsense' })
        hasBegun = true
        const refused = await this.#takeMessage(message, names, answered)
        if (refused) return fail(refused)
        isWhole = message.type === 'end'
      }
    }
    if (isWhole) return ok(answered)
    return fail({ code: hasBegun ? 'offline' : 'nonsense' })
  }

  async #takeMessage(
    message: AnswerMessage,
    names: RoomName[],
    answered: Answered,
  ): Promise<ExchangeFailure | null> {
    switch (message.type) {
      case 'hello':
        await this.#hello(message.relayId, message.timeMs)
        return null
      case 'refused':
        await this.#parts.onHeard(message.timeMs)
        return { code: 'refused', reason: message.reason, retryAfterS: message.retryAfterS }
      case 'room':
        names.push(message.room)
        return null
      case 'frame': {
        const room = names[message.roomRef]
        if (!room) return { code: 'nonsense' }
        answered.frames++
        await this.#keepFrame(room, message.cursor, message.update)
        return null
      }
      case 'result': {
        const room = names[message.roomRef]
        if (!room) return { code: 'nonsense' }
        answered.results.set(room, message.result)
        return null
      }
      case 'end':
        return null
    }
  }

  /** Cursors of another relay are no use: a new disk under an old address begins at 0 [R16]. */
  async #hello(relayIdBytes: Bytes, timeMs: number): Promise<void> {
    const { database, relay, onHeard } = this.#parts
    const relayId = toBase64url(relayIdBytes)
    await onHeard(timeMs)
    await database.transaction('rw', database.meta, database.cursors, async () => {
      const known = await database.meta.get(`relay ${relay}`)
      if (known?.value === relayId) return
      await database.cursors.filter((row) => row.relay === relay).delete()
      await database.meta.put({ key: `relay ${relay}`, value: relayId })
    })
  }

  /** [R12] A frame and the cursor behind it are kept in one transaction, as it arrives. */
  async #keepFrame(room: RoomName, cursor: number, update: Bytes): Promise<void> {
    const { database, relay } = this.#parts
    await database.transaction('rw', database.inbox, database.cursors, async () => {
      await database.inbox.add({ room, update, source: relay, parked: 0 })
      if (cursor > 0) await database.cursors.put({ relay, room, cursor })
    })
  }

  /** Receipts, cursors, and what is left to do; true when another request is due. */
  async #conclude({ results }: Answered): Promise<boolean> {
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
    for (const { client, length } of durable) {
      const list = await this.#listOf(room, client)
      if (list) this.#done.delivered += await markDelivered(database, room, list, length)
    }
    for (const { client, index, reason } of refused) {
      const list = await this.#listOf(room, client)
      const isOwn = await database.outbox
        .where({ room })
        .filter((row) => row.list === list && row.index >= index)
        .modify({ refused: reason })
      if (isOwn > 0) this.#done.refused = reason
    }
    if (refused.some(({ reason }) => reason === 'room')) await onRoomRefused(room)
  }

  /** True when there is something to send or to ask for. A plan that was carried out and comes up again is settled. */
  async #planHeal(room: RoomName, { differs, needs, digest, more }: RoomResult): Promise<boolean> {
    const { database, relay } = this.#parts
    const ours = await ownDigest(database, room)
    if (!differs && needs.length === 0) {
      // something came in and yet we differ: the next request says so and the relay answers with its lists
      if (more || equalBytes(ours, digest) || equalBytes(await digestToSend(database, relay, room), digest))
        return false
      return this.#isNews(room, { ours: toBase64url(ours), theirs: toBase64url(digest) })
    }
    const headAt = async (client: number, length: number) => {
      const list = await this.#listOf(room, client)
      return list ? this.#parts.headAfter(room, list, length) : new Uint8Array()
    }
    const plan = differs
      ? await healPlan(await listStates(database, room), differs, headAt)
      : { send: [], want: [] }
    for (const need of needs)
      if (!plan.send.some(({ client }) => client === need.client)) plan.send.push(need)
    const isIdle = plan.send.length === 0 && plan.want.length === 0
    if (isIdle || !this.#isNews(room, plan)) {
      if (!more && !equalBytes(ours, digest)) await settle(database, relay, room, { ours, theirs: digest })
      return false
    }
    this.#heal.set(room, plan)
    return true
  }

  /** False when just the same was tried for this room before: trying again would go round for ever. */
  #isNews(room: RoomName, attempt: unknown): boolean {
    const text = `${room} ${JSON.stringify(attempt)}`
    if (this.#tried.has(text)) return false
    this.#tried.add(text)
    return true
  }

  /** A wrong clock is right after one answer; a relay that does not know us (any more) is told the whole roster once. */
  async #canRetry(error: ExchangeFailure): Promise<boolean> {
    if (error.code !== 'refused') return false
    if (error.reason === 'clock') return this.#clockTries++ < 1
    if (error.reason !== 'unknownNetwork' && error.reason !== 'notMember') return false
    if (this.#rosterTries++ > 0) return false
    const lists = await listStates(this.#parts.database, rosterRoom)
    this.#heal.set(rosterRoom, { send: lists.map(({ client }) => ({ client, from: 0 })), want: [] })
    return lists.length > 0
  }
}

/** Runs whose updates stay well under [R2]. */
const piecesOf = (run: Run): Run[] => {
  const pieces: Run[] = []
  let from = 0
  let bytes = 0
  run.entries.forEach((entry, i) => {
    bytes += entry.length
    if (bytes < limits.updateBytes / 4 && i < run.entries.length - 1) return
    const fromIndex = run.fromIndex + from
    pieces.push({
      ...run,
      list: fromIndex === 0 ? run.list : null,
      fromIndex,
      entries: run.entries.slice(from, i + 1),
    })
    from = i + 1
    bytes = 0
  })
  return pieces
}
