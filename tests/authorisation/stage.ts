/** The network of the matrix: who is who in it, set back to its beginning for every cell. */

import { type Bytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { entryKind, parseEntry } from '../../sync-server/protocol/entry.ts'
import type { ListName, RoomName } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { AudienceName, Pins, Statement } from '../../sync-server/protocol/statement.ts'
import { parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { Council, type Saw, type Seat } from '../support/council.ts'
import { TestList } from '../support/entries.ts'
import { audienceKeyOf } from '../support/keys.ts'

export const month = '2026-11' as RoomName

/** Whoever acts, or is acted on; `guest` and `waiting` stand in nobody's roster as members. */
export type Person =
  | 'founder'
  | 'coordinator'
  | 'junior'
  | 'newest'
  | 'member'
  | 'follower'
  | 'leaver'
  | 'owner'
  | 'phone'
  | 'neighbour'
  | 'other'
  | 'listener'
  | 'gone'
  | 'waiting'
  | 'asker'

const removalKeys = ['all', 'members', 'coordinators'] as const

/** The key of `all` since somebody was removed, before any act. */
export const keyAfterGone = (): Promise<Bytes> => audienceKeyOf('matrix/gone')

/** The key of a chain from this removal on. */
export const keyAfter = (by: Seat, audience: AudienceName): Promise<Bytes> =>
  audienceKeyOf(`matrix/${by.id}/${audience}`)

const statements = new WeakMap<Bytes, Statement | null>()

const statementIn = (bytes: Bytes): Statement | null => {
  const entry = parseEntry(bytes)
  const statement =
    entry.ok && entry.value.kind === entryKind.statement ? parseStatement(entry.value.publicPart) : null
  return statement?.ok ? statement.value : null
}

/** Lengths of all lists at one moment. */
interface Mark {
  seats: number
  lengths: Map<TestList, number>
}

export class Stage {
  readonly council: Council
  readonly people: Readonly<Record<string, Seat>>
  /** what a relay holds at the beginning */
  readonly store: MemoryStore
  /** lists of records, by author and generation */
  readonly records: TestList[] = []
  /** do removals pin the month room as it is held at the beginning? */
  pinned: ReadonlyMap<ListName, { length: number; head: Bytes }> | null = null
  #stored = new Map<TestList, number>()

  private constructor(council: Council, people: Record<string, Seat>, store: MemoryStore) {
    this.council = council
    this.people = people
    this.store = store
  }

  /**
   * Four coordinators by age (founder, coordinator, junior, newest), or two; members, one with two phones, followers, one
   * who was removed, and two who asked and wait for approval.
   */
  static async open(size: 'four' | 'two'): Promise<Stage> {
    const [council, founder, coordinator] = (await Council.of('a')) as [Council, Seat, Seat]
    const people: Record<string, Seat> & { gone?: Seat } = { founder, coordinator }
    // longer here than those who coordinate later, so that order alone does not decide against him
    people.leaver = await council.join('leaver')
    if (size === 'four') {
      people.junior = await council.join('b', 'coordinator')
      people.newest = await council.join('t', 'coordinator')
      await council.say(coordinator, { type: 'role', device: people.newest.id, role: 'coordinator' })
    }
    for (const name of ['member', 'owner', 'neighbour', 'other', 'gone'])
      people[name] = await council.join(name)
    for (const name of ['follower', 'listener']) people[name] = await council.join(name, 'follower')
    people.phone = await council.addDevice(people.owner as Seat, 'phone')
    await council.say(people.phone, { type: 'name' })
    const devices = [(people.gone as Seat).id]
    const keys = { all: await sha256(await keyAfterGone()) }
    await council.say(founder, { type: 'remove', devices, pins: new Map(), newestMonth: null, keys })
    await council.invite(founder, 'careful', { approval: true })
    for (const name of ['waiting', 'asker']) people[name] = await council.ask(name, 'careful')
    await council.invite(founder, 'open', { uses: 1 })
    await council.invite(founder, 'used', { uses: 1 })
    people.guest = await council.ask('guest', 'used')
    const dead = await council.invite(founder, 'dead', { approval: true })
    await council.say(founder, { type: 'cancel', key: dead })
    const stage = new Stage(council, people, openMemoryStore())
    await stage.fill(stage.store)
    return stage
  }

  person(name: Person | 'guest'): Seat {
    const seat = this.people[name]
    if (!seat) throw new Error(`nobody is ${name} in this network`)
    return seat
  }

  get lists(): TestList[] {
    return [...this.council.seats.map(({ list }) => list), ...this.records]
  }

  /** Of all that was said; an entry is read once, however often it is reduced. */
  roster(): Roster {
    const entries = this.council.seats.flatMap(({ list }) =>
      list.entries.map((bytes, index): RosterEntry => {
        const known = statements.get(bytes)
        const statement = known === undefined ? statementIn(bytes) : known
        statements.set(bytes, statement)
        return { list: list.name, index, head: list.heads[index] as Bytes, statement }
      }),
    )
    return reduceRoster(entries)
  }

  mark(): Mark {
    const lengths = new Map(this.lists.map((list) => [list, list.length]))
    return { seats: this.council.seats.length, lengths }
  }

  /** As it was: nothing has been said since. */
  rewind({ seats, lengths }: Mark): void {
    this.council.seats.length = seats
    for (const [list, length] of lengths) {
      list.entries.length = length
      list.heads.length = length
    }
    const kept = this.records.filter((list) => lengths.has(list))
    this.records.splice(0, this.records.length, ...kept)
  }

  /** Puts into a store what was said since the beginning, but for lists that no relay has taken. */
  async fill(store: MemoryStore, except: readonly TestList[] = []): Promise<void> {
    const isFirst = store === this.store
    for (const list of this.lists) {
      const from = this.#stored.get(list) ?? 0
      if (list.length === from || except.includes(list)) continue
      const headed = list.entries.slice(from).map((entry, i) => ({
        entry,
        head: list.heads[from + i] as Bytes,
      }))
      const taken = await store.append(list.network, list.room, list.name, from, headed)
      if (!taken.ok) throw new Error(`the store of a test took nothing: ${taken.error.code}`)
      if (isFirst) this.#stored.set(list, list.length)
    }
  }

  recordList(seat: Seat, generation = 0): TestList {
    const known = this.records.find(({ key }) => key.device === seat.id && key.generation === generation)
    if (known) return known
    const list = new TestList(this.council.network.id, month, seat.device, generation)
    this.records.push(list)
    return list
  }

  /** Remembers the month room as it is now: what removals pin. */
  holdMonth(): void {
    const lists = this.records.filter(({ length }) => length > 0)
    this.pinned = new Map(lists.map((list) => [list.name, { length: list.length, head: list.head }]))
  }

  /** How far somebody's records count, if the month room is held. */
  pinsOf({ id }: Seat): Pins {
    const own = [...(this.pinned ?? [])].filter(([list]) => list.startsWith(id))
    return this.pinned ? new Map([[month, new Map(own)]]) : new Map()
  }

  /** A removal with new keys for all chains; it pins the month room if that is held. */
  async remove(by: Seat, whom: Seat, saw: Saw): Promise<void> {
    const keys: Partial<Record<AudienceName, Bytes>> = {}
    for (const audience of removalKeys) keys[audience] = await sha256(await keyAfter(by, audience))
    const pins = this.pinsOf(whom)
    const newestMonth = this.pinned ? month : null
    await this.council.say(by, { type: 'remove', devices: [whom.id], pins, newestMonth, keys }, saw)
  }

  /** A statement whose author signs as somebody whose key he does not have. */
  forge(victim: Seat, by: Seat): Seat {
    const device = { ...by.device, id: victim.id }
    const list = new TestList(this.council.network.id, victim.list.room, device, victim.list.key.generation)
    list.entries.push(...victim.list.entries)
    list.heads.push(...victim.list.heads)
    return { id: victim.id, device, list }
  }
}
