/** A phone in Node: the real engine on fake-indexeddb, with a clock, a disk and a line that a test holds in its hand. */

import 'fake-indexeddb/auto'
import type { Command, CommandValue, EngineStatus } from '../../src/engine/api.ts'
import { Engine } from '../../src/engine/engine.ts'
import type { LocalNetwork } from '../../src/engine/local-network.ts'
import type { Ballast } from '../../src/storage/ballast.ts'
import type { MirrorRecord } from '../../src/storage/mirror.ts'
import { type Place, placeName } from '../../src/storage/schema.ts'
import type { Exchanged, ExchangeParts } from '../../src/sync/exchange.ts'
import type { LiveEnd } from '../../src/sync/live/live-rooms.ts'
import type { PostBlob } from '../../src/sync/post-blob.ts'
import type { PostCode } from '../../src/sync/post-code.ts'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { Relay } from '../../sync-server/relay.ts'
import { copyDatabases, dropDatabases, watchWrites } from './disk-image.ts'
import { MemoryDisk } from './memory-mirror.ts'
import type { MemorySpare } from './memory-spare.ts'
import { noRoad, type SocketRoad, socketOver, straightRoad } from './relay-socket.ts'

export const testOrigin = 'https://relay.test'
/** 2026-11-20T08:00:00Z: tests begin here, the build is a month older. */
export const testStartMs = Date.UTC(2026, 10, 20, 8)
const buildMs = Date.UTC(2026, 9, 20)

type Post = ExchangeParts['post']

/** Where a request of a phone goes: a relay, or nowhere. */
export interface Line {
  post(body: Bytes, closing: AbortSignal): ReturnType<Post>
  /** requests about short codes; an engine that begins without it makes none: each takes a second of thinking */
  postCode?(body: Bytes): ReturnType<PostCode>
  /** requests about pictures and voice notes; without it nobody answers them */
  postBlob?(body: Bytes): ReturnType<PostBlob>
  /** what live sockets run over; without it nobody answers them */
  readonly road?: SocketRoad & { break?(): void }
}

export const noLine: Line = { post: async () => ({ ok: false, error: { code: 'offline' } }) }

/** A relay in this process, as phones reach it. */
export const lineTo = (relay: Relay, origin = testOrigin): Line => ({
  post: async (body) => ({ ok: true, value: (await relay.exchange(body, [origin])).messages }),
  road: straightRoad(() => relay, origin),
})

let phones = 0

// y-websocket listens for the end of the process, once for each of its sockets
process.setMaxListeners(200)

export class Phone {
  readonly name: string
  prefix: string
  disk = new MemoryDisk()
  /** where its places are kept once more; nowhere without it */
  spare: MemorySpare | null = null
  /** what it has set aside for a full disk */
  ballast: Ballast | null = null
  /** ms that this phone's clock is wrong by */
  clockErrorMs = 0
  line: Line = noLine
  /** true time, shared with the test */
  readonly time: { ms: number }
  engine: Engine
  statuses: EngineStatus[] = []
  appOrigin = testOrigin
  /** what is not asked for is not fetched, and parts are small */
  isSlowLink = false
  /** live work has asked for an exchange */
  isDue = false
  /** engines that were killed and go on for a while on the disk that they were taken from */
  readonly #left: { engine: Engine; prefix: string }[] = []

  constructor(name: string, time: { ms: number }) {
    phones++
    this.name = name
    this.prefix = `phone${phones}-`
    this.time = time
    this.engine = this.#create()
  }

  static async start(name: string, time: { ms: number }, line: Line = noLine): Promise<Phone> {
    const phone = new Phone(name, time)
    phone.line = line
    await phone.engine.start()
    return phone
  }

  /** The app is closed and opened again. */
  async restart(): Promise<void> {
    await this.engine.close()
    this.engine = this.#create()
    await this.engine.start()
  }

  /** The battery is taken out now; `damage` is done to the disk before the phone is started again. */
  async kill(damage?: (prefix: string) => void): Promise<void> {
    this.#takeDisk()
    damage?.(this.prefix)
    this.engine = this.#create()
    await this.engine.start()
  }

  /** As {@link kill}, at the given write to the disk while the job runs, or after it; true when the job had ended before. */
  async killDuring(
    job: () => Promise<unknown>,
    writes: number,
    damage?: (prefix: string) => void,
  ): Promise<boolean> {
    let left = writes
    const running = this.engine
    const taken = Promise.withResolvers<false>()
    const stop = watchWrites(this.prefix, () => {
      left--
      if (left !== 0) return
      this.#takeDisk()
      taken.resolve(false)
    })
    const ended = await Promise.race([job().then(() => true), taken.promise])
    stop()
    if (this.engine === running && left > 0) this.#takeDisk()
    damage?.(this.prefix)
    this.engine = this.#create()
    await this.engine.start()
    return ended && left > 0
  }

  /** Another phone on a copy of this disk as it is at this moment; nothing runs on it yet. */
  clone(): Phone {
    const clone = new Phone(this.name, this.time)
    clone.disk = this.disk.copy()
    clone.clockErrorMs = this.clockErrorMs
    clone.appOrigin = this.appOrigin
    copyDatabases(this.prefix, clone.prefix)
    return clone
  }

  /** Lets go of everything, also of what killed engines still hold. */
  async end(): Promise<void> {
    await this.engine.close()
    for (const { engine, prefix } of this.#left.splice(0)) {
      await engine.close()
      dropDatabases(prefix)
    }
    dropDatabases(this.prefix)
  }

  async run(command: Command): Promise<CommandValue> {
    const result = await this.engine.run(command)
    if (!result.ok) throw new Error(`${this.name}: ${command.type}: ${JSON.stringify(result.error)}`)
    return result.value
  }

  exchange(): Promise<Exchanged | null> {
    this.isDue = false
    return this.engine.exchange()
  }

  get local(): LocalNetwork {
    const { local } = this.engine
    if (!local) throw new Error(`${this.name} is in no network`)
    return local
  }

  get place(): Place {
    return { networkId: this.local.network, deviceId: this.local.keys.device }
  }

  /** Everything in the file beside the database. */
  mirrored(): Promise<MirrorRecord[]> {
    return this.disk.openMirror(placeName(this.place), 0).readAll()
  }

  /** Rows of a table, ordered by id, as plain data. */
  async rows(table: string): Promise<Record<string, unknown>[]> {
    const rows = (await this.local.database.table(table).toArray()) as Record<string, unknown>[]
    return rows.sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
  }

  unsent(): Promise<number> {
    return this.local.database.outbox.filter(({ delivered }) => delivered === 0).count()
  }

  /** Resolves when live work is up, or has fallen; how it ends, `onFallen` hears. */
  async goLive(onFallen: (end: LiveEnd) => void = () => undefined): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    await this.engine.live.open({
      onUp: () => resolve(true),
      onFallen: (end) => {
        resolve(false)
        onFallen(end)
      },
      onDue: () => {
        this.isDue = true
      },
    })
    return promise
  }

  found(name = 'شبكة حي الحرية'): Promise<CommandValue> {
    return this.run({
      type: 'network.create',
      name,
      kind: 'quarter',
      area: 'حي الحرية',
      nickname: this.name,
      language: 'ar',
    })
  }

  async invite(
    uses = 50,
    role: 'member' | 'coordinator' | 'follower' = 'member',
    approval = false,
  ): Promise<string> {
    const terms = { role, hours: 72, uses, approval, origin: this.appOrigin }
    const { link } = await this.run({ type: 'invite.make', ...terms })
    if (!link) throw new Error('an invite has a link')
    return link
  }

  join(link: string): Promise<CommandValue> {
    return this.run({ type: 'network.join', link, nickname: this.name, language: 'ar' })
  }

  async addNeed(title: string, more: Record<string, unknown> = {}): Promise<string> {
    const { recordId } = await this.run({
      type: 'need.add',
      category: 'food',
      title,
      details: '',
      urgency: 'today',
      quantity: 1,
      unit: '',
      area: 'شارع ١٢',
      forWhom: 'self',
      ...more,
    } as Command)
    if (!recordId) throw new Error('a need has an id')
    return recordId
  }

  /** The next engine begins on a copy of the disk as it is at this moment; the one before changes nothing any more. */
  #takeDisk(): void {
    const { prefix, engine } = this
    phones++
    this.prefix = `phone${phones}-`
    this.disk = this.disk.copy()
    copyDatabases(prefix, this.prefix)
    this.#left.push({ engine, prefix })
    this.line.road?.break?.()
  }

  #create(): Engine {
    const { prefix, disk } = this
    const road = () => (prefix === this.prefix && this.line.road) || noRoad
    return new Engine({
      prefix,
      phoneNow: () => this.time.ms + this.clockErrorMs,
      buildMs,
      appOrigin: this.appOrigin,
      ...(this.line.postCode && {
        postCode: async (_relay: string, body: Bytes) => (await this.line.postCode?.(body)) ?? null,
      }),
      openMirror: async (folder, lease) => disk.openMirror(folder, lease),
      ...(this.spare && { spare: this.spare }),
      ...(this.ballast && { ballast: this.ballast }),
      post: (_relay, body, closing) => (prefix === this.prefix ? this.line : noLine).post(body, closing),
      postBlob: async (_relay, body) =>
        (prefix === this.prefix ? await this.line.postBlob?.(body) : null) ?? null,
      isSlowLink: () => this.isSlowLink,
      socket: socketOver(road),
      onStatus: (status) => this.statuses.push(status),
      onSaved: () => undefined,
    })
  }
}
