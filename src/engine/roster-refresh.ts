/** After the roster grew: reduce it, learn keys, reduce again what it counts otherwise now, renew the rows about people. */

import { asObject, readBoundedAny } from '../../sync-server/protocol/any.ts'
import { copyBytes, sha256, toBase64url, utf8 } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { audiences, type SealedName, type SealedNetwork } from '../../sync-server/protocol/statement.ts'
import { open, type SealingKey } from '../crypto/seal.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { Keyring, Receiver } from './keyring.ts'
import { AskNames } from './people/ask-names.ts'
import { latestNames, readName } from './people/names.ts'
import { writePeople } from './people/write-people.ts'
import { type Reduction, reproject } from './projection.ts'
import type { RosterBook, SealedStatement } from './roster-book.ts'

export interface RefreshParts {
  database: NetworkDatabase
  network: NetworkId
  book: RosterBook
  keyring: Keyring
  rowsBy: Reduction
  me: DeviceId
  receivers(): Promise<Receiver[]>
}

/** What others have sealed is shown up to here; the forms take less. */
const text = (value: unknown, maxChars: number): string =>
  typeof value === 'string' ? value.slice(0, maxChars) : ''

const readNetwork = (object: Record<string, unknown>): SealedNetwork => ({
  name: text(object.name, 80),
  kind: text(object.kind, 40),
  area: text(object.area, 80),
})

/** What decides how the operations of a device are reduced; rows on disk were made with it. */
const standings = async (roster: Roster): Promise<Record<string, string>> => {
  const cuts = [...roster.cuts]
  const known: Record<string, string> = {}
  for (const { id, writesAs, member } of [...roster.devices.values(), ...roster.former.values()]) {
    const end = roster.former.get(id)
    const keys = audiences.map((name) =>
      roster.chains[name].slice(0, end?.chainLengths[name] ?? 0).map(toBase64url),
    )
    const pins = [...(end?.pins ?? [])].map(([room, lists]) => [
      room,
      [...lists].map(([list, pin]) => [list, pin.length]),
    ])
    const own = cuts.filter(([place]) => place.includes(` ${id}.`))
    const standing = end ? [writesAs, member, keys, pins, end.newestMonth, own] : [writesAs, member, own]
    known[id] = toBase64url((await sha256(utf8(JSON.stringify(standing)))).subarray(0, 12))
  }
  return known
}

const standingsKey = 'standings'

export class RosterRefresh {
  readonly #parts: RefreshParts
  readonly #askNames: AskNames
  /** opened sealed parts by list and index; entries never change */
  readonly #opened = new Map<string, Record<string, unknown>>()
  #standings: Record<string, string> = {}

  constructor(parts: RefreshParts) {
    this.#parts = parts
    this.#askNames = new AskNames(parts.network)
  }

  /** How rows on disk were reduced. */
  async load(): Promise<void> {
    const kept = (await this.#parts.database.meta.get(standingsKey))?.value
    this.#standings = (kept ?? {}) as Record<string, string>
  }

  /** The network's own name, kind and area, once the key is here. */
  async run(): Promise<SealedNetwork | null> {
    const { database, book, keyring, receivers, rowsBy, me, network } = this.#parts
    await book.load()
    await keyring.learn(book.wraps(), await receivers(), book.roster)
    const { names, about } = await this.#readSealed()
    // rows first: after a crash in between, how they were made is on disk as it was and this is done again
    const now = await standings(book.roster)
    const changed = this.#changed(now)
    if (changed.length > 0) {
      await reproject(database, changed, rowsBy)
      await database.meta.put({ key: standingsKey, value: now })
      this.#standings = now
    }
    await writePeople({ database, network, roster: book.roster, names, me })
    return about
  }

  async #readSealed(): Promise<{ names: Map<DeviceId, SealedName>; about: SealedNetwork | null }> {
    const { database, book } = this.#parts
    let about: SealedNetwork | null = null
    await this.#askNames.takeMade(database)
    const sealed = book.sealed()
    for (const statement of sealed) {
      if (statement.statement.type === 'name') continue
      const object = await this.#open(statement)
      // only the genesis that the network is named by can be in a roster
      if (object && statement.statement.type === 'genesis') about = readNetwork(object)
      if (object?.d instanceof Uint8Array) await this.#askNames.takeKey(copyBytes(object.d))
    }
    // an asker's name opens with what is in the invite
    const named: { place: SealedStatement; name: SealedName }[] = []
    const { names } = book.roster
    for (const place of sealed) {
      const isName = place.statement.type === 'name' && place.index <= (names.get(place.list) ?? -1)
      const object = isName ? await this.#open(place) : null
      if (object) named.push({ place, name: readName(object) })
    }
    return { names: latestNames(named, book), about }
  }

  async #open(sealed: SealedStatement): Promise<Record<string, unknown> | null> {
    const place = `${sealed.list} ${sealed.index}`
    const known = this.#opened.get(place)
    if (known) return known
    const { entry, context } = sealed
    const keyId = entry.sealed && toBase64url(entry.sealed.keyId)
    if (!entry.sealed || !keyId) return null
    const key: SealingKey | undefined = this.#parts.keyring.byId(keyId) ?? this.#askNames.byId(keyId)
    const plaintext = key && (await open(key, context, entry.kind, entry.publicPart, entry.sealed))
    const value = plaintext && readBoundedAny(plaintext)
    const object = value?.ok ? asObject(value.value) : null
    if (object) this.#opened.set(place, object)
    return object
  }

  #changed(now: Readonly<Record<string, string>>): DeviceId[] {
    const before = this.#standings
    const all = new Set([...Object.keys(before), ...Object.keys(now)])
    return [...all].filter((id) => before[id] !== now[id]) as DeviceId[]
  }
}
