/** This device's place in one network, alive: replica, clock, exchange with the relay, and what it writes about itself. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  type DeviceId,
  monthRoom,
  type NetworkId,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { cutId } from '../../sync-server/protocol/roster.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { sign } from '../crypto/sign.ts'
import { rowFormat } from '../records/row-format.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import type { NetworkRow } from '../storage/schema.ts'
import type { BlobLine } from '../sync/blobs.ts'
import { Exchange, type Exchanged, type ExchangeParts, type ExchangeProgress } from '../sync/exchange.ts'
import type { ExchangeFailure } from '../sync/exchange-failure.ts'
import type { PostBlob } from '../sync/post-blob.ts'
import type { PostCode } from '../sync/post-code.ts'
import type { Joining } from './api.ts'
import { type ClockState, heardRelay, initialClock, timeOf } from './clock.ts'
import { endIntroduction, isIntroductionDue, keptInvite, keysOfInvite } from './joining.ts'
import { LiveNetwork } from './live-network.ts'
import { memberOf } from './membership.ts'
import { fetchRareActs } from './people/fetch-rare-acts.ts'
import { joiningState } from './people/joining-state.ts'
import { People } from './people/people.ts'
import type { Saying } from './people/retelling.ts'
import { runRecordCommand } from './record-commands.ts'
import { Replica } from './replica.ts'
import { sealingAgain } from './sealing-again.ts'
import { importLaterRecords } from './type-book.ts'

/** What the roster says that the list of networks shows. */
export interface RosterNews {
  /** null while its key is not here */
  name: string | null
  /** the person whose phone this is */
  memberId: DeviceId
  isIn: boolean
  /** nothing waits any more at the place that this phone had before */
  isSettled: boolean
}

/** In `meta` once this device's place is over. */
export const endedKey = 'ended'

export interface LocalNetworkParts {
  database: NetworkDatabase
  row: NetworkRow
  keys: DeviceKeys
  /** before all database names: tests run several phones in one process */
  prefix: string
  mirror: Mirror
  lease: number
  /** the person whose backup this place came out of; null: it did not */
  restoredOf: DeviceId | null
  /** this phone's own clock, ms */
  phoneNow(): number
  /** when the app was built, ms: no clock may say less */
  buildMs: number
  /** where the relay of a network without one of its own is */
  appOrigin: string
  /** an aborted `signal` ends it as a line that broke */
  post(relay: string, body: Bytes, signal: AbortSignal): ReturnType<ExchangeParts['post']>
  /** runs an exchange while the service worker makes none; without it there is none to keep away */
  alone?: <Value>(exchange: () => Promise<Value>) => Promise<Value>
  /** about short codes of invites; without it they have none */
  postCode?: PostCode
  /** about pictures and voice notes; without it they stay where they are */
  postBlob?: PostBlob
  isSlowLink(): boolean
  /** neither slow nor metered nor gone; without it, what is not slow */
  isGoodLink?(): boolean
  /** how live sockets are made */
  socket: typeof WebSocket
  onRoster(network: NetworkId, device: DeviceId, news: RosterNews): Promise<void>
  /** of the exchange that is under way */
  onProgress?(network: NetworkId, progress: ExchangeProgress): void
  /** gives back what was set aside for a full disk; false where nothing was */
  freeRoom(): Promise<boolean>
  onMirrorFailure(error: unknown): void
  onLogFailure(error: unknown): void
}

export class LocalNetwork {
  readonly #parts: LocalNetworkParts
  readonly replica: Replica
  readonly people: People
  readonly live: LiveNetwork
  #clock: ClockState
  /** the relay does not take our ask: its invite was used up or cancelled */
  #isStranger = false
  #isSettled: boolean
  #exchanging: Promise<Result<Exchanged, ExchangeFailure>> | null = null
  /** aborted by closing: nobody waits then for a line on which nothing moves */
  readonly #closing = new AbortController()

  private constructor(parts: LocalNetworkParts, clock: ClockState) {
    this.#parts = parts
    this.#clock = clock
    this.#isSettled = parts.row.before === undefined
    const { database, row, prefix, keys, mirror, lease, freeRoom, onMirrorFailure, onLogFailure, postCode } =
      parts
    this.replica = new Replica({
      database,
      network: row.networkId,
      prefix,
      keys,
      mirror,
      lease,
      now: () => this.now(),
      currentMonth: () => monthRoom(this.now()),
      inviteReceiver: async () => {
        const invite = await keptInvite(database)
        return invite && keysOfInvite(invite)
      },
      importLaterRecords,
      onRoster: (about) => this.tellRoster(about?.name || null),
      freeRoom,
      onMirrorFailure,
      onLogFailure,
    })
    this.people = new People({
      database,
      network: row.networkId,
      keys,
      replica: this.replica,
      relay: this.#relay,
      nowMs: () => this.now(),
      exchange: () => this.exchange(),
      isRestored: parts.restoredOf !== null,
      codes: postCode ? { post: (body) => postCode(this.#relay, body), token: () => this.#token() } : null,
    })
    this.live = new LiveNetwork({
      database,
      relay: this.#relay,
      network: row.networkId,
      replica: this.replica,
      token: () => this.#token(),
      socket: parts.socket,
      now: () => this.now(),
    })
  }

  static async open(parts: LocalNetworkParts): Promise<LocalNetwork> {
    const kept = (await parts.database.meta.get('clock'))?.value as ClockState | undefined
    const local = new LocalNetwork(parts, kept ?? initialClock(parts.buildMs, parts.phoneNow()))
    await local.replica.start()
    await local.#introduce()
    return local
  }

  /** Corrected clock, ms. */
  now(): number {
    return timeOf(this.#clock, this.#parts.phoneNow())
  }

  get clockOffsetMs(): number {
    return this.now() - this.#parts.phoneNow()
  }

  get database(): NetworkDatabase {
    return this.#parts.database
  }

  get keys(): DeviceKeys {
    return this.#parts.keys
  }

  get network(): NetworkId {
    return this.#parts.row.networkId
  }

  /** This phone has left, and no relay knows it yet. */
  async isLeaveUnsent(): Promise<boolean> {
    if (this.people.ended !== 'left') return false
    const rows = await this.database.outbox.where({ room: rosterRoom }).toArray()
    return rows.some(({ delivered }) => delivered === 0)
  }

  get row(): NetworkRow {
    return this.#parts.row
  }

  /** How pictures and voice notes reach the relay, in parts that the link allows. */
  get blobLink(): { line: BlobLine | null; isGoodLink(): boolean } {
    const { postBlob, isSlowLink, isGoodLink = () => !isSlowLink() } = this.#parts
    const line: BlobLine | null = postBlob
      ? {
          post: (body) => postBlob(this.#relay, body, this.#closing.signal),
          token: () => this.#token(),
          partBytes: () => (isSlowLink() ? limits.slowBlobPartBytes : limits.blobPartBytes),
        }
      : null
    return { line, isGoodLink }
  }

  get isIn(): boolean {
    return this.replica.book.roster.devices.has(this.#parts.keys.device)
  }

  /** One exchange at a time; who asks meanwhile gets the one that is under way, then a fresh one. */
  async exchange(): Promise<Result<Exchanged, ExchangeFailure>> {
    while (this.#exchanging) await this.#exchanging
    if (this.#closing.signal.aborted) return fail({ code: 'offline' })
    const { alone = (exchange) => exchange() } = this.#parts
    this.#exchanging = alone(() => this.#exchangeUntilQuiet())
    try {
      return await this.#exchanging
    } finally {
      this.#exchanging = null
    }
  }

  /** True while no relay has said of something that it holds it. */
  async hasUnsent(): Promise<boolean> {
    return (await this.database.outbox.filter(({ delivered }) => delivered === 0).count()) > 0
  }

  /** Null once this device is in. `isOver`: by our clock the link's time has passed. */
  async joining(): Promise<(Joining & { isOver: boolean }) | null> {
    const { keys, database } = this.#parts
    const invite = await keptInvite(database)
    const { roster } = this.replica.book
    const view = { network: this.network, keys, roster, isStranger: this.#isStranger, nowMs: this.now() }
    return invite && joiningState({ ...view, invite })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    // how it ends is for who asked for it; here only that it ended counts
    await Promise.allSettled([this.#exchanging, this.live.close()])
    await this.replica.close()
    this.#parts.database.close()
  }

  /** What an exchange brings gives a joiner his keys, and others their duties: what they then write goes with the next [R15]. */
  async #exchangeUntilQuiet(): Promise<Result<Exchanged, ExchangeFailure>> {
    const first = await this.#exchangeOnce()
    this.#isStranger = !first.ok && first.error.code === 'refused' && first.error.reason === 'notMember'
    if (!first.ok) return first
    await this.replica.readLater()
    const hasIntroduced = await this.#introduce()
    const hasRetold = await this.#retell()
    if (!(await this.people.afterExchange()) && !hasIntroduced && !hasRetold) return first
    const second = await this.#exchangeOnce()
    if (!second.ok) return first
    const [a, b] = [first.value, second.value]
    return ok({
      roundTrips: a.roundTrips + b.roundTrips,
      bytesSent: a.bytesSent + b.bytesSent,
      bytesReceived: a.bytesReceived + b.bytesReceived,
      delivered: a.delivered + b.delivered,
      refused: b.refused,
    })
  }

  #exchangeOnce(): Promise<Result<Exchanged, ExchangeFailure>> {
    const { database, post, isSlowLink, phoneNow, onProgress } = this.#parts
    const relay = this.#relay
    const { replica } = this
    return new Exchange({
      database,
      relay,
      post: (body) => post(relay, body, this.#closing.signal),
      token: () => this.#token(),
      now: () => this.now(),
      maxBytes: () => (isSlowLink() ? limits.slowAnswerBytes : 0),
      runFrom: (room, list, from) => replica.runFrom(room, list, from),
      headAfter: (room, list, length) => replica.headAfter(room, list, length),
      isEnded: (room, list) =>
        replica.book.roster.cuts.has(cutId(room, list)) && parseListName(list)?.device !== this.keys.device,
      onHeard: async (timeMs) => {
        this.#clock = heardRelay(timeMs, phoneNow())
        await database.meta.put({ key: 'clock', value: this.#clock })
      },
      drain: () => replica.drain(),
      onRoomRefused: (room) => this.#sealAgain(room),
      rooms: () => [boardRoom, monthRoom(this.now())],
      onProgress: (progress) => onProgress?.(this.network, progress),
    }).run()
  }

  get #relay(): string {
    return this.#parts.row.relay || this.#parts.appOrigin
  }

  #token(): Promise<Bytes> {
    const { row, keys } = this.#parts
    const expiresS = Math.floor(this.now() / 1000) + limits.tokenLifetimeS
    return createToken(
      { network: row.networkId, device: keys.device, expiresS, origin: this.#relay },
      (bytes) => sign(keys.signKey, bytes),
    )
  }

  /** [R30] What a wrong clock put into a room that the relay does not take yet is sealed again into today's. */
  async #sealAgain(refusedRoom: RoomName): Promise<void> {
    const room = monthRoom(this.now())
    if (room === refusedRoom) return
    const { database } = this.#parts
    const rows = await database.outbox.where({ room: refusedRoom }).toArray()
    const { replica } = this
    const left = rows.filter(({ delivered }) => delivered === 0)
    const { drafts, replaced } = sealingAgain(left, room, replica, replica.book.roster)
    if (drafts.length > 0) await replica.write(drafts, replaced)
  }

  /** A joiner that holds the keys says its name; true when it wrote something. */
  async #introduce(): Promise<boolean> {
    const { database, row } = this.#parts
    if (!(await isIntroductionDue(database)) || !(await this.people.introduce(row.nickname))) return false
    await endIntroduction(database)
    return true
  }

  /** What had not left the phone when its place before was over is said again here; true when something was. */
  async #retell(): Promise<boolean> {
    const { database, row, prefix } = this.#parts
    const { before } = row
    if (!before || this.#isSettled || !this.isIn || (await isIntroductionDue(database))) return false
    const acts = await fetchRareActs()
    if (!acts.ok) return false
    const old = openNetworkDatabase({ networkId: row.networkId, deviceId: before }, rowFormat, prefix)
    try {
      // what lies beside the words goes with them, whoever of the two a fall comes before
      await database.blobs.bulkPut(await old.blobs.where('state').anyOf('draft', 'unsent').toArray())
      const { count, isWhole } = await acts.value.retell(old, this.sayHere)
      this.#isSettled = isWhole
      if (isWhole) await this.tellRoster()
      return count > 0
    } finally {
      old.close()
    }
  }

  /** How what was said elsewhere is said here. */
  get sayHere(): Saying {
    const { database, keys } = this.#parts
    const { replica } = this
    return {
      run: (command) => runRecordCommand(command, { database, replica, keys, now: this.now() }),
      isThere: async (table, id) => (await database.table(table).get(id)) !== undefined,
    }
  }

  /** What the roster says of this device, for the list of networks. */
  async tellRoster(name: string | null = null): Promise<void> {
    const { database, keys, onRoster, restoredOf } = this.#parts
    const { roster } = this.replica.book
    const { isIn } = this
    const isSettled = this.#isSettled
    if (this.people.ended) await database.meta.put({ key: endedKey, value: this.people.ended })
    await onRoster(this.network, keys.device, {
      name,
      // who reads his own backup sees his things as his
      memberId: restoredOf ?? memberOf(roster, keys.device),
      isIn,
      isSettled,
    })
  }
}
