/** After the roster grew: reduce it, learn keys, renew the list of members, and re-reduce what changed roles wrote. */

import { asObject, readBoundedAny } from '../../sync-server/protocol/any.ts'
import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { Role, SealedName, SealedNetwork } from '../../sync-server/protocol/statement.ts'
import { open } from '../crypto/seal.ts'
import type { Membership } from '../records/record-type.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { MemberRow } from '../storage/schema.ts'
import type { Keyring, Receiver } from './keyring.ts'
import { reproject } from './projection.ts'
import type { RosterBook, SealedStatement } from './roster-book.ts'

export interface RefreshParts {
  database: NetworkDatabase
  book: RosterBook
  keyring: Keyring
  members: Membership
  me: DeviceId
  receivers(): Promise<Receiver[]>
}

export interface Refreshed {
  /** new audience keys are here: waiting entries may open */
  hasNewKeys: boolean
  /** the network's own name, kind and area, once the key is here */
  about: SealedNetwork | null
}

const openSealed = async (
  keyring: Keyring,
  { entry, context }: SealedStatement,
): Promise<Record<string, unknown> | null> => {
  const key = entry.sealed && keyring.byId(toBase64url(entry.sealed.keyId))
  if (!entry.sealed || !key) return null
  const plaintext = await open(key, context, entry.kind, entry.publicPart, entry.sealed)
  const value = plaintext && readBoundedAny(plaintext)
  return value?.ok ? asObject(value.value) : null
}

const text = (value: unknown, maxChars: number): string =>
  typeof value === 'string' ? value.slice(0, maxChars) : ''
/** Longest name that is shown; screens take 40, others may write what they like. */
const maxNameChars = 80

const readName = (object: Record<string, unknown>): SealedName => ({
  name: text(object.name, maxNameChars),
  languages: Array.isArray(object.languages)
    ? object.languages.filter((language) => typeof language === 'string').slice(0, 8)
    : [],
})

const readNetwork = (object: Record<string, unknown>): SealedNetwork => ({
  name: text(object.name, maxNameChars),
  kind: text(object.kind, 40),
  area: text(object.area, maxNameChars),
})

export class RosterRefresh {
  readonly #parts: RefreshParts
  /** opened sealed parts by list and index; entries never change */
  readonly #opened = new Map<string, Record<string, unknown>>()
  #roles = new Map<DeviceId, Role>()

  constructor(parts: RefreshParts) {
    this.#parts = parts
  }

  /** The roles that rows on disk were reduced with. */
  async load(): Promise<void> {
    const rows = await this.#parts.database.members.toArray()
    this.#roles = new Map(rows.map(({ deviceId, role }) => [deviceId, role]))
  }

  async run(): Promise<Refreshed> {
    const { database, book, keyring, receivers, members } = this.#parts
    await book.load()
    const hasNewKeys = await keyring.learn(book.wraps(), await receivers(), book.roster)
    const names = new Map<DeviceId, SealedName>()
    let about: SealedNetwork | null = null
    for (const sealed of book.sealed()) {
      const object = await this.#open(sealed)
      if (!object) continue
      if (sealed.type === 'name') names.set(sealed.author, readName(object))
      // only the genesis that the network is named by can be in a roster
      if (sealed.type === 'genesis') about = readNetwork(object)
    }
    // rows first: after a crash in between, the roles on disk are still the old ones and this is done again
    const changed = this.#changedRoles()
    if (changed.length > 0) await reproject(database, changed, members)
    await this.#writeMembers(names)
    return { hasNewKeys, about }
  }

  async #open(sealed: SealedStatement): Promise<Record<string, unknown> | null> {
    const place = `${sealed.list} ${sealed.index}`
    const known = this.#opened.get(place)
    if (known) return known
    const object = await openSealed(this.#parts.keyring, sealed)
    if (object) this.#opened.set(place, object)
    return object
  }

  #changedRoles(): DeviceId[] {
    const roles = new Map([...this.#parts.book.roster.devices.values()].map(({ id, role }) => [id, role]))
    const before = this.#roles
    this.#roles = roles
    return [...new Set([...before.keys(), ...roles.keys()])].filter((id) => before.get(id) !== roles.get(id))
  }

  async #writeMembers(names: ReadonlyMap<DeviceId, SealedName>): Promise<void> {
    const { database, book, me } = this.#parts
    const rows = [...book.roster.devices.values()].map((device): MemberRow => {
      const { id, role, seniority, joinedS, invitedBy } = device
      const { name, languages } = names.get(id) ?? { name: '', languages: [] }
      return {
        deviceId: id,
        name,
        role,
        languages,
        seniority,
        joinedAt: joinedS * 1000,
        invitedBy,
        isMe: id === me ? 1 : 0,
        devices: [{ id, joinedAt: joinedS * 1000, isThis: id === me }],
        end: null,
        endedBy: null,
        votes: [],
      }
    })
    await database.transaction('rw', database.members, async () => {
      await database.members
        .where('deviceId')
        .noneOf(rows.map(({ deviceId }) => deviceId))
        .delete()
      await database.members.bulkPut(rows)
    })
  }
}
