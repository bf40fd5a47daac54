/**
 * The exchange of one network while no page is open: what waits in the outbox goes, what is new comes into the inbox. It
 * opens nothing, judges nothing and heals nothing: that does the engine at its next start.
 */

import { type Bytes, equalBytes, fromBase64url } from '../../sync-server/protocol/bytes.ts'
import { roomDigest } from '../../sync-server/protocol/digest.ts'
import { encodeRequest, type RoomRequest } from '../../sync-server/protocol/exchange.ts'
import { boardRoom, monthRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import type { Result } from '../../sync-server/protocol/result.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { sign } from '../crypto/sign.ts'
import { type ClockState, heardRelay, initialClock, timeOf } from '../engine/clock.ts'
import type { NetworkRow } from '../storage/schema.ts'
import { type AnswerStore, readAnswer } from '../sync/answer.ts'
import { type Settled, settledKey, statesOf } from '../sync/digests.ts'
import type { ExchangeFailure } from '../sync/exchange-failure.ts'
import { isOpen, namedRooms } from '../sync/named-rooms.ts'
import { runsOfOutbox } from '../sync/outbox-runs.ts'
import {
  backgroundKey,
  type KeptPlace,
  keepMeta,
  keepResults,
  rawAnswerStore,
  readPlace,
} from './raw-place.ts'

export interface ExchangePlaceParts {
  /** where the app came from: the relay of networks without one of their own */
  appOrigin: string
  /** when the app was built, ms: no clock may say less */
  buildMs: number
  /** this phone's own clock, ms */
  phoneNow(): number
  isSlowLink(): boolean
  post(
    relay: string,
    body: Bytes,
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<Uint8Array>, ExchangeFailure>>
  /** the engine has begun an exchange of its own */
  signal: AbortSignal
}

export interface PlaceOutcome {
  /** something came, or a relay now has what it had not before */
  hasNews: boolean
  /** what waits here still waits, and another try may help */
  isLeft: boolean
}

/** A browser gives a few minutes; what is left then comes with the next. */
const maxRoundTrips = 20

type Next = 'again' | 'done' | 'offline'

interface Ask {
  rooms: RoomRequest[]
  ourDigests: Map<RoomName, Bytes>
  /** nothing of the outbox was left for a later request */
  isAll: boolean
}

const askOf = async (
  { meta, lists, cursors, unsent }: KeptPlace,
  relay: string,
  nowMs: number,
): Promise<Ask> => {
  const cursorByRoom = new Map(
    cursors.filter((row) => row.relay === relay).map(({ room, cursor }) => [room, cursor]),
  )
  // the engine seals again what a wrong clock has put into a month to come [R30]
  const going = unsent.filter(({ room }) => isOpen(room, nowMs))
  const { runs, isAll } = runsOfOutbox(going, limits.updateBytes)
  const held = [...lists.map(({ room }) => room), ...cursorByRoom.keys()]
  const read = [boardRoom, monthRoom(nowMs)]
  const ourDigests = new Map<RoomName, Bytes>()
  const rooms: RoomRequest[] = []
  for (const room of namedRooms({ own: runs.keys(), read, held }, nowMs)) {
    const ours = await roomDigest(statesOf(lists.filter((row) => row.room === room)))
    ourDigests.set(room, ours)
    const pairs = [backgroundKey(relay, room), settledKey(relay, room)].map((key) => meta.get(key))
    const known = (pairs as (Settled | undefined)[]).find((pair) => pair && equalBytes(pair.ours, ours))
    const updates = (runs.get(room) ?? []).map((run) => buildUpdate([run]))
    const digest = known?.theirs ?? ours
    rooms.push({ room, cursor: cursorByRoom.get(room) ?? 0, digest, updates, want: [] })
  }
  return { rooms, ourDigests, isAll }
}

/** Who is not in any more is answered by no relay; that he has left is still told. */
const isOver = ({ meta, unsent }: KeptPlace): boolean => {
  const ended = meta.get('ended')
  if (ended === 'removed' || ended === 'restored') return true
  return ended === 'left' && !unsent.some(({ room }) => room === rosterRoom)
}

export class PlaceExchange {
  readonly #database: IDBDatabase
  readonly #row: NetworkRow
  readonly #parts: ExchangePlaceParts
  readonly #relay: string
  readonly #store: AnswerStore
  #hasNews = false
  #clockTries = 0

  constructor(database: IDBDatabase, row: NetworkRow, parts: ExchangePlaceParts) {
    this.#database = database
    this.#row = row
    this.#parts = parts
    this.#relay = row.relay || parts.appOrigin
    const store = rawAnswerStore(database, this.#relay)
    this.#store = {
      ...store,
      keepFrame: (...frame) => {
        this.#hasNews = true
        return store.keepFrame(...frame)
      },
    }
  }

  /** `isAsking`: what others wrote is asked for also where nothing waits to leave. Rejects only when the disk does. */
  async run(isAsking: boolean): Promise<PlaceOutcome> {
    let kept = await readPlace(this.#database)
    const keys = kept.meta.get('device') as DeviceKeys | undefined
    const isIdle = !isAsking && kept.unsent.length === 0
    if (!keys || isIdle || isOver(kept)) return { hasNews: false, isLeft: false }
    let next: Next = 'again'
    for (let trips = 0; next === 'again' && trips < maxRoundTrips; trips++) {
      next = await this.#roundTrip(kept, keys)
      kept = await readPlace(this.#database)
    }
    return { hasNews: this.#hasNews, isLeft: next === 'offline' && kept.unsent.length > 0 }
  }

  async #roundTrip(kept: KeptPlace, keys: DeviceKeys): Promise<Next> {
    const { post, signal } = this.#parts
    const ask = await askOf(kept, this.#relay, this.#now(kept))
    const posted = await post(this.#relay, await this.#bodyOf(ask, kept, keys), signal)
    if (!posted.ok) return 'offline'
    const answered = await readAnswer(posted.value, {
      store: this.#store,
      rooms: ask.rooms.map(({ room }) => room),
      onHeard: (timeMs) => this.#hear(timeMs),
      onBytes: () => undefined,
    })
    if (!answered.ok) return this.#nextAfter(answered.error)
    const delivered = await keepResults(this.#database, this.#relay, answered.value, ask.ourDigests)
    await keepMeta(this.#database, { key: 'lastExchange', value: this.#now(await readPlace(this.#database)) })
    if (delivered > 0) this.#hasNews = true
    const isMore = [...answered.value.values()].some(({ more }) => more)
    return isMore || (!ask.isAll && delivered > 0) ? 'again' : 'done'
  }

  async #bodyOf({ rooms }: Ask, kept: KeptPlace, { device, signKey }: DeviceKeys): Promise<Bytes> {
    const relay = this.#relay
    const expiresS = Math.floor(this.#now(kept) / 1000) + limits.tokenLifetimeS
    const claims = { network: this.#row.networkId, device, expiresS, origin: relay }
    const token = await createToken(claims, (bytes) => sign(signKey, bytes))
    const relayId = (kept.meta.get(`relay ${relay}`) as string | undefined) ?? null
    const maxBytes = this.#parts.isSlowLink() ? limits.slowAnswerBytes : 0
    return encodeRequest({ token, maxBytes, relayId, rooms }, relayId ? fromBase64url(relayId) : null)
  }

  /** A wrong clock is right after one answer. What else a relay does not like, the engine deals with and says in words. */
  #nextAfter(failure: ExchangeFailure): Next {
    if (failure.code === 'offline') return 'offline'
    const isClock = failure.code === 'refused' && failure.reason === 'clock'
    return isClock && this.#clockTries++ === 0 ? 'again' : 'done'
  }

  #hear(timeMs: number): Promise<void> {
    const value: ClockState = heardRelay(timeMs, this.#parts.phoneNow())
    return keepMeta(this.#database, { key: 'clock', value })
  }

  /** Corrected clock, ms. */
  #now({ meta }: KeptPlace): number {
    const { buildMs, phoneNow } = this.#parts
    const clock = meta.get('clock') as ClockState | undefined
    return timeOf(clock ?? initialClock(buildMs, phoneNow()), phoneNow())
  }
}
