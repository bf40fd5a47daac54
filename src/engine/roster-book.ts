/** This phone's roster: reduced from the statements it took in, with the keys that check signatures. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { contextOf, type Entry, entryKind, noHead, parseEntry } from '../../sync-server/protocol/entry.ts'
import {
  clientPrefix,
  type DeviceId,
  type ListName,
  type NetworkId,
  parseListName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import { emptyRoster, reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { Statement } from '../../sync-server/protocol/statement.ts'
import { parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { importVerifyKey, type SubtleKey } from '../../sync-server/protocol/verify.ts'
import { parseWraps, type Wraps } from '../../sync-server/protocol/wraps.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { StatementRow } from '../storage/schema.ts'

/** A statement with a sealed part that may be opened now: names, and the network's own. */
export interface SealedStatement {
  list: ListName
  index: number
  statement: Statement
  author: DeviceId
  context: Uint8Array<ArrayBuffer>
  entry: Entry
}

/** A kind 3 entry: keys wrapped for receivers, and in its sealed part what the key itself leads to. */
export interface WrapsEntry {
  list: ListName
  index: number
  author: DeviceId
  wraps: Wraps
  context: Uint8Array<ArrayBuffer>
  entry: Entry
}

interface BookEntry extends RosterEntry {
  entry: Entry
  wraps: Wraps | null
}

const toBookEntry = ({ list, index, entry, head }: StatementRow): BookEntry | null => {
  const parsed = parseEntry(entry)
  if (!parsed.ok) return null
  const { kind, publicPart } = parsed.value
  const statement = kind === entryKind.statement ? parseStatement(publicPart) : null
  const wraps = kind === entryKind.wraps ? parseWraps(publicPart) : null
  return {
    list,
    index,
    head,
    entry: parsed.value,
    statement: statement?.ok ? statement.value : null,
    wraps: wraps?.ok ? wraps.value : null,
  }
}

export class RosterBook {
  readonly #database: NetworkDatabase
  readonly #network: NetworkId
  #entries: BookEntry[] = []
  #roster: Roster = emptyRoster()
  #byPrefix = new Map<number, DeviceId>()
  readonly #verifyKeys = new Map<DeviceId, Promise<SubtleKey | null>>()

  constructor(database: NetworkDatabase, network: NetworkId) {
    this.#database = database
    this.#network = network
  }

  get roster(): Roster {
    return this.#roster
  }

  /** Reads all statements again and reduces; the same statements give the same roster. */
  async load(): Promise<void> {
    const rows = await this.#database.statements.toArray()
    this.#entries = rows.map(toBookEntry).filter((entry) => entry !== null)
    this.#roster = reduceRoster(this.#entries)
    const { devices, former, askers, cards } = this.#roster
    const ids = [...cards.keys(), ...askers.keys(), ...former.keys(), ...devices.keys()]
    this.#byPrefix = new Map(ids.map((id) => [clientPrefix(id), id]))
  }

  wraps(): WrapsEntry[] {
    const contextOfEntry = this.#contexts()
    return this.#entries.flatMap(({ list, index, entry, wraps }) => {
      const place = wraps && contextOfEntry(list, index)
      return place ? [{ list, index, wraps, entry, ...place }] : []
    })
  }

  /** The roster as it would be with these statements at the end of an own list: what may be done is asked of the reducer. */
  preview(list: ListName, statements: readonly Statement[]): Roster {
    const length = this.#entries.filter((entry) => entry.list === list).length
    const added = statements.map((statement, i) => ({ list, index: length + i, head: noHead(), statement }))
    return reduceRoster([...this.#entries, ...added])
  }

  /** Public part of genesis: its hash is the network. */
  genesisPart(): Bytes | null {
    return this.#entries.find(({ statement }) => statement?.type === 'genesis')?.entry.publicPart ?? null
  }

  sealed(): SealedStatement[] {
    const contextOfEntry = this.#contexts()
    return this.#entries.flatMap(({ list, index, entry, statement }) => {
      const place = statement && entry.sealed && contextOfEntry(list, index)
      return place ? [{ list, index, statement, entry, ...place }] : []
    })
  }

  /** Lengths of other lists as the statements of this one name them. */
  namedBy(list: ListName): Map<ListName, number> {
    const named = new Map<ListName, number>()
    for (const { list: name, statement } of this.#entries) {
      if (name !== list || !statement || !('after' in statement)) continue
      for (const [other, length] of statement.after) named.set(other, Math.max(length, named.get(other) ?? 0))
    }
    return named
  }

  /** How long this list is at least, as statements of those who are or were in say: these come after it. */
  namedLength(list: ListName): number {
    let length = 0
    for (const { list: by, statement } of this.#entries) {
      const author = parseListName(by)?.device
      if (!author || !this.isAdmitted(author) || !statement || !('after' in statement)) continue
      for (const [other, named] of statement.after) if (other === list) length = Math.max(length, named)
    }
    return length
  }

  /** Had the author of the one read the other when he wrote it? By what he named himself, not through third ones. */
  hasSeen(one: { list: ListName; index: number }, other: { list: ListName; index: number }): boolean {
    if (one.list === other.list) return one.index > other.index
    return this.#entries.some(({ list, index, statement }) => {
      if (list !== one.list || index > one.index || !statement || !('after' in statement)) return false
      return statement.after.some(([seen, length]) => seen === other.list && length > other.index)
    })
  }

  /** Author and place of an entry, as it was sealed for. */
  #contexts(): (
    list: ListName,
    index: number,
  ) => { author: DeviceId; context: Uint8Array<ArrayBuffer> } | null {
    const heads = new Map(this.#entries.map(({ list, index, head }) => [`${list} ${index}`, head]))
    return (list, index) => {
      const key = parseListName(list)
      if (!key) return null
      const previous = heads.get(`${list} ${index - 1}`) ?? noHead()
      const position = { network: this.#network, room: rosterRoom, list: key, index, previous }
      return { author: key.device, context: contextOf(position) }
    }
  }

  /** The device whose lists have this client prefix; askers, and who is in by a void card, count in the roster room only. */
  deviceOfPrefix(prefix: number, withAskers: boolean): DeviceId | null {
    const device = this.#byPrefix.get(prefix)
    return device && (withAskers || this.isAdmitted(device)) ? device : null
  }

  /** In, or was: what a former device wrote is taken too, and the rows say whether it counts. */
  isAdmitted(device: DeviceId): boolean {
    return this.#roster.devices.has(device) || this.#roster.former.has(device)
  }

  /** Let in by a card, also where that is void: what others say comes after all that he said. */
  hasCard(device: DeviceId): boolean {
    return this.#roster.cards.has(device)
  }

  /** Raw public key of a device that the roster knows in any way. */
  signKeyOf(device: DeviceId): Bytes | null {
    const { devices, former, askers, cards } = this.#roster
    const known = devices.get(device) ?? former.get(device) ?? askers.get(device)
    return known?.signKey ?? cards.get(device) ?? null
  }

  /** The key that checks what a device signs, or null for one that the roster does not know. */
  verifyKeyOf(device: DeviceId): Promise<SubtleKey | null> {
    const raw = this.signKeyOf(device)
    if (!raw) return Promise.resolve(null)
    const known = this.#verifyKeys.get(device)
    if (known) return known
    const key = importVerifyKey(raw)
    this.#verifyKeys.set(device, key)
    return key
  }
}
