/** A neighbour's phone in Node: the app's own engine, on a database in memory. */
import 'fake-indexeddb/auto'
import type { Command, CommandValue } from '../../src/engine/api.ts'
import { Engine, type EngineParts } from '../../src/engine/engine.ts'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { Mirror } from '../../src/storage/mirror.ts'

export interface NeighbourParts extends Pick<EngineParts, 'post'> {
  /** true time, ms */
  now(): number
  /** where the app came from */
  origin: string
}

/** There is no disk to mirror to: what this phone wrote lives as long as the process. */
const noMirror: Mirror = {
  append: async () => undefined,
  readAll: async () => [],
  close: async () => undefined,
}

/** The people of the demo wrote for the first time a week ago: their app is older. */
const builtBeforeMs = 30 * 24 * 3600_000

export class Neighbour {
  readonly name: string
  readonly #engine: Engine

  private constructor(name: string, { now, origin, post }: NeighbourParts) {
    this.name = name
    this.#engine = new Engine({
      prefix: `${name}-`,
      phoneNow: now,
      buildMs: now() - builtBeforeMs,
      appOrigin: origin,
      openMirror: async () => noMirror,
      post,
      isSlowLink: () => false,
      socket: WebSocket,
      onStatus: () => undefined,
      onSaved: () => undefined,
    })
  }

  static async start(name: string, parts: NeighbourParts): Promise<Neighbour> {
    const neighbour = new Neighbour(name, parts)
    await neighbour.#engine.start()
    return neighbour
  }

  /** Throws when the app refuses: what neighbours do here is known to be allowed. */
  async run(command: Command): Promise<CommandValue> {
    const result = await this.#engine.run(command)
    if (!result.ok) throw new Error(`${this.name}: ${command.type}: ${JSON.stringify(result.error)}`)
    return result.value
  }

  /** False when nobody answered. */
  async exchange(): Promise<boolean> {
    return (await this.#engine.exchange()) !== null
  }

  async needs(): Promise<NeedRow[]> {
    return (await this.#rows<NeedRow>('needs')) ?? []
  }

  async claims(): Promise<ClaimRow[]> {
    return (await this.#rows<ClaimRow>('claims')) ?? []
  }

  async #rows<R>(table: string): Promise<R[] | undefined> {
    return this.#engine.local?.database.table<R>(table).toArray()
  }
}
