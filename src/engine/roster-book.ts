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
import {
  emptyRoster,
  type Roster,
  type RosterEntry,
  reduceRoster,
} from '../../sync-server/protocol/roster.ts'
import { parseStatement } from '../../sync-server/protocol/statement.ts'
import { importVerifyKey, type SubtleKey } from '../../sync-server/protocol/verify.ts'
import { parseWraps, type Wraps } from '../../sync-server/protocol/wraps.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { StatementRow } from '../storage/schema.ts'

/** A statement with a sealed part that may be opened now: names, and the network's own. */
export interface SealedStatement {
  list: ListName
  index: number
  type: string
  author: DeviceId
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
    const { devices, askers } = this.#roster
    this.#byPrefix = new Map([...askers.keys(), ...devices.keys()].map((id) => [clientPrefix(id), id]))
  }

  wraps(): Wraps[] {
    return this.#entries.map(({ wraps }) => wraps).filter((wraps) => wraps !== null)
  }

  /** Public part of genesis: its hash is the network. */
  genesisPart(): Bytes | null {
    return this.#entries.find(({ statement }) => statement?.type === 'genesis')?.entry.publicPart ?? null
  }

  sealed(): SealedStatement[] {
    const heads = new Map(this.#entries.map(({ list, index, head }) => [`${list} ${index}`, head]))
    const sealed: SealedStatement[] = []
    for (const { list, index, entry, statement } of this.#entries) {
      const key = parseListName(list)
      if (!statement || !entry.sealed || !key) continue
      const previous = heads.get(`${list} ${index - 1}`) ?? noHead()
      const context = contextOf({ network: this.#network, room: rosterRoom, list: key, index, previous })
      sealed.push({ list, index, type: statement.type, author: key.device, context, entry })
    }
    return sealed
  }

  /** The device whose lists have this client prefix; askers count in the roster room only. */
  deviceOfPrefix(prefix: number, withAskers: boolean): DeviceId | null {
    const device = this.#byPrefix.get(prefix)
    return device && (withAskers || this.isAdmitted(device)) ? device : null
  }

  isAdmitted(device: DeviceId): boolean {
    return this.#roster.devices.has(device)
  }

  /** The key that checks what a device signs, or null for one that the roster does not know. */
  verifyKeyOf(device: DeviceId): Promise<SubtleKey | null> {
    const raw = (this.#roster.devices.get(device) ?? this.#roster.askers.get(device))?.signKey
    if (!raw) return Promise.resolve(null)
    const known = this.#verifyKeys.get(device)
    if (known) return known
    const key = importVerifyKey(raw)
    this.#verifyKeys.set(device, key)
    return key
  }
}
