/** This device's place in one network, alive: replica, clock, exchange with the relay, and what it writes about itself. */

import { type Bytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, monthRoom, type NetworkId, type RoomName } from '../../sync-server/protocol/ids.ts'
import { encodeInviteLink } from '../../sync-server/protocol/invite-link.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import {
  type After,
  audiencesOfRole,
  type Role,
  type SealedName,
} from '../../sync-server/protocol/statement.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { createInviteKey, invitePublic } from '../crypto/invite-keys.ts'
import { sign } from '../crypto/sign.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import type { NetworkRow, OutboxRow } from '../storage/schema.ts'
import { Exchange, type Exchanged, type ExchangeParts } from '../sync/exchange.ts'
import type { ExchangeFailure } from '../sync/exchange-failure.ts'
import type { CommandError, Joining } from './api.ts'
import { type ClockState, heardRelay, initialClock, timeOf } from './clock.ts'
import { forgetInvite, keptInvite, keysOfInvite } from './joining.ts'
import { LiveNetwork } from './live-network.ts'
import { inviteDrafts, nameDraft, wrapDrafts } from './own-statements.ts'
import { Replica } from './replica.ts'
import { sealingAgain } from './sealing-again.ts'
import type { EntryDraft } from './writer.ts'

export interface LocalNetworkParts {
  database: NetworkDatabase
  row: NetworkRow
  keys: DeviceKeys
  prefix: string
  mirror: Mirror
  lease: number
  phoneNow(): number
  buildMs: number
  /** where the relay of a network without one of its own is */
  appOrigin: string
  /** an aborted `signal` ends it as a line that broke */
  post(relay: string, body: Bytes, signal: AbortSignal): ReturnType<ExchangeParts['post']>
  isSlowLink(): boolean
  /** how live sockets are made */
  socket: typeof WebSocket
  onAbout(network: NetworkId, name: string): Promise<void>
  onMirrorFailure(error: unknown): void
  onLogFailure(error: unknown): void
}

export class LocalNetwork {
  readonly #parts: LocalNetworkParts
  readonly replica: Replica
  readonly live: LiveNetwork
  #clock: ClockState
  /** the relay does not take our ask: its invite was used up or cancelled */
  #isStranger = false
  #exchanging: Promise<Result<Exchanged, ExchangeFailure>> | null = null
  /** aborted by closing: nobody waits then for a line on which nothing moves */
  readonly #closing = new AbortController()

  private constructor(parts: LocalNetworkParts, clock: ClockState) {
    this.#parts = parts
    this.#clock = clock
    const { database, row, prefix, keys, mirror, lease, onAbout, onMirrorFailure, onLogFailure } = parts
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
      onAbout: ({ name }) => onAbout(row.networkId, name),
      onMirrorFailure,
      onLogFailure,
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

  /** One exchange at a time; who asks meanwhile gets the one that is under way, then a fresh one. */
  async exchange(): Promise<Result<Exchanged, ExchangeFailure>> {
    while (this.#exchanging) await this.#exchanging
    if (this.#closing.signal.aborted) return fail({ code: 'offline' })
    this.#exchanging = this.#exchangeUntilQuiet()
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

  async rename(nickname: string): Promise<Result<object, CommandError>> {
    const draft = await this.#nameDraft(nickname)
    if (!draft) return fail({ code: 'notYetMember' })
    await this.#writeStatements([draft])
    return ok({})
  }

  /** The link, once a relay holds the invite and its wraps: a link that opens nothing would be worse than none. */
  async invite(terms: {
    role: Role
    hours: number
    uses: number
    origin: string
    networkName: string
  }): Promise<Result<{ link: string }, CommandError>> {
    const { replica } = this
    if (replica.members.roleOf(this.#parts.keys.device) !== 'coordinator') return fail({ code: 'notAllowed' })
    const key = await createInviteKey()
    const expiresS = Math.floor(this.now() / 1000) + terms.hours * 3600
    const held = audiencesOfRole[terms.role].flatMap((audience) =>
      replica.keyring.chain(audience, replica.book.roster),
    )
    const { role, uses } = terms
    const drafts = await inviteDrafts(
      this.network,
      invitePublic(key),
      { role, expiresS, uses },
      await this.#after(),
      held,
    )
    const rows = await this.#writeStatements(drafts)
    await this.exchange()
    if (!(await this.#areDelivered(rows))) return fail({ code: 'offline' })
    const genesisHash = await this.#genesisHash()
    if (!genesisHash) return fail({ code: 'notYetMember' })
    const { row, appOrigin } = this.#parts
    const relay = row.relay === appOrigin ? '' : row.relay
    return ok({
      link: await encodeInviteLink(terms.origin, {
        ...key,
        genesisHash,
        expiresS,
        approval: false,
        relay,
        networkName: terms.networkName,
      }),
    })
  }

  /** Null once this device is in. `problem`: the ask was refused; `isOver`: by our clock the link's time has passed. */
  async joining(): Promise<(Joining & { isOver: boolean }) | null> {
    const { keys, database } = this.#parts
    const { roster } = this.replica.book
    const invite = await keptInvite(database)
    if (!invite || roster.devices.has(keys.device)) return null
    const reason = roster.devices.size > 0 ? roster.askers.get(keys.device)?.reason : undefined
    const isRefused = (reason !== undefined && reason !== 'approval') || this.#isStranger
    const isOver = invite.expiresS * 1000 < this.now()
    const why = isOver || reason === 'expired' ? 'inviteExpired' : 'inviteUsed'
    return {
      networkName: invite.networkName,
      problem: isRefused ? why : null,
      reason: reason ?? null,
      words: null,
      isOver,
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    // how it ends is for who asked for it; here only that it ended counts
    await Promise.allSettled([this.#exchanging, this.live.close()])
    await this.replica.close()
    this.#parts.database.close()
  }

  /** The first exchange of a joiner brings the keys; what it then says about itself goes with the next one [R15]. */
  async #exchangeUntilQuiet(): Promise<Result<Exchanged, ExchangeFailure>> {
    const first = await this.#exchangeOnce()
    this.#isStranger = !first.ok && first.error.code === 'refused' && first.error.reason === 'notMember'
    if (!first.ok || !(await this.#introduce())) return first
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
    const { database, post, isSlowLink, phoneNow } = this.#parts
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
      onHeard: async (timeMs) => {
        this.#clock = heardRelay(timeMs, phoneNow())
        await database.meta.put({ key: 'clock', value: this.#clock })
      },
      drain: () => replica.drain(),
      onRoomRefused: (room) => this.#sealAgain(room),
      rooms: () => [boardRoom, monthRoom(this.now())],
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

  /** A joiner that holds the keys wraps them for itself and says its name; true when it wrote something. */
  async #introduce(): Promise<boolean> {
    const { database, keys, row } = this.#parts
    const { replica } = this
    const role = replica.members.roleOf(keys.device)
    if (!role || !(await keptInvite(database))) return false
    const held = audiencesOfRole[role].flatMap((audience) =>
      replica.keyring.chain(audience, replica.book.roster),
    )
    const name = await this.#nameDraft(row.nickname)
    if (!name || held.length < audiencesOfRole[role].length) return false
    await this.#writeStatements([...(await wrapDrafts(row.networkId, held, [keys.receivePublic])), name])
    await forgetInvite(database)
    return true
  }

  async #nameDraft(nickname: string): Promise<EntryDraft | null> {
    const key = this.replica.keyring.current('all', this.replica.book.roster)
    const { database } = this.#parts
    const language = (await database.meta.get('language'))?.value
    const name: SealedName = { name: nickname, languages: typeof language === 'string' ? [language] : [] }
    return key && nameDraft(name, await this.#after(), key)
  }

  /** Roster lists that grew since this device's last statement. */
  async #after(): Promise<After> {
    const seen = ((await this.#parts.database.meta.get('rosterSeen'))?.value ?? {}) as Record<string, number>
    return [...this.replica.book.roster.lengths].filter(([list, length]) => length > (seen[list] ?? 0))
  }

  async #writeStatements(drafts: readonly EntryDraft[]): Promise<OutboxRow[]> {
    const rows = await this.replica.write(drafts)
    const value = Object.fromEntries(this.replica.book.roster.lengths)
    await this.#parts.database.meta.put({ key: 'rosterSeen', value })
    return rows
  }

  async #areDelivered(rows: readonly OutboxRow[]): Promise<boolean> {
    const held = await this.#parts.database.outbox.bulkGet(
      rows.flatMap(({ id }) => (id === undefined ? [] : [id])),
    )
    return held.every((row) => !row || row.delivered === 1)
  }

  async #genesisHash(): Promise<Bytes | null> {
    const publicPart = this.replica.book.genesisPart()
    return publicPart && sha256(publicPart)
  }
}
