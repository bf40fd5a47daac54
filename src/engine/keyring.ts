/**
 * The audience keys that this phone holds; they come only out of the roster's kind 3 entries, each checked against the
 * hashes of its chains. A phone is given the newest key of its highest chain only: the sealed part of such an entry
 * holds, under that very key, the key before it and the newest of the chain below.
 */

import { asObject, readBoundedAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, copyBytes, equalBytes, sha256, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences } from '../../sync-server/protocol/statement.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { importSealingKey, open, type SealingKey } from '../crypto/seal.ts'
import { unwrapKey } from '../crypto/wrap.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { WrapsEntry } from './roster-book.ts'

/** A key that can open wraps: the device's own, or that of an invite. */
export interface Receiver {
  receiveKey: SubtleKey
  receivePublic: Bytes
}

export interface HeldKey extends SealingKey {
  audience: AudienceName
  bytes: Bytes
}

/** base64url of the 8-byte id of a key whose SHA-256 stands in a chain */
export const keyIdOfHash = (hash: Uint8Array): string => toBase64url(hash.subarray(0, 8))

export class Keyring {
  readonly #database: NetworkDatabase
  readonly #network: NetworkId
  /** by base64url of the key id */
  readonly #keys = new Map<string, HeldKey>()
  /** ids of keys that come out of the entries of a key, by its id */
  readonly #links = new Map<string, Set<string>>()
  /** places of entries whose sealed part was opened */
  readonly #opened = new Set<string>()

  constructor(database: NetworkDatabase, network: NetworkId) {
    this.#database = database
    this.#network = network
  }

  async load(): Promise<void> {
    for (const { audience, bytes } of await this.#database.keys.toArray()) {
      await this.#hold(audience as AudienceName, bytes)
    }
  }

  byId(keyId: string): HeldKey | undefined {
    return this.#keys.get(keyId)
  }

  keyIds(): string[] {
    return [...this.#keys.keys()]
  }

  /** Every key of a chain that this phone holds, oldest first. */
  chain(audience: AudienceName, roster: Roster): HeldKey[] {
    const keys = roster.chains[audience].map((hash) => this.#keys.get(keyIdOfHash(hash)))
    return keys.filter((key) => key !== undefined)
  }

  /** Ids of keys held that are in no chain: what a statement said of them does not count any more. */
  outside({ chains }: Roster): Set<string> {
    const known = new Set(audiences.flatMap((audience) => chains[audience].map(keyIdOfHash)))
    return new Set([...this.#keys.keys()].filter((keyId) => !known.has(keyId)))
  }

  /** The chain's current key where this phone holds it. */
  newest(audience: AudienceName, roster: Roster): HeldKey | null {
    const hash = roster.chains[audience][roster.current[audience]]
    return (hash && this.#keys.get(keyIdOfHash(hash))) ?? null
  }

  /** What to seal under: the current key, else the newest held, for writing is never refused for want of a key. */
  current(audience: AudienceName, roster: Roster): HeldKey | null {
    return this.newest(audience, roster) ?? this.chain(audience, roster).at(-1) ?? null
  }

  /** Does the second key come out of the entries of the first, by one or more steps? */
  leadsTo(from: HeldKey, to: HeldKey): boolean {
    const wanted = toBase64url(to.keyId)
    const seen = new Set<string>()
    const next = [toBase64url(from.keyId)]
    for (let keyId = next.pop(); keyId !== undefined; keyId = next.pop()) {
      if (keyId === wanted) return true
      if (seen.has(keyId)) continue
      seen.add(keyId)
      next.push(...(this.#links.get(keyId) ?? []))
    }
    return false
  }

  /** Opens all that the receivers and the keys held can open; what was learned is on disk. */
  async learn(entries: readonly WrapsEntry[], receivers: readonly Receiver[], roster: Roster): Promise<void> {
    for (const entry of entries) {
      if (this.#keys.has(toBase64url(entry.wraps.keyId))) continue
      for (const receiver of receivers) {
        const bytes = await unwrapKey(this.#network, entry.wraps, receiver)
        if (bytes) await this.#take(bytes, roster)
      }
    }
    // a key opens entries that hold further ones
    for (let isMoving = true; isMoving; ) {
      isMoving = false
      for (const entry of entries) isMoving = (await this.#openLinks(entry, roster)) || isMoving
    }
  }

  /** Keys out of a backup: only those that a chain of this roster names. */
  async adopt(keys: readonly Bytes[], roster: Roster): Promise<void> {
    for (const bytes of keys) await this.#take(copyBytes(bytes), roster)
  }

  /** True when the sealed part of the entry gave a key that was not held. */
  async #openLinks(entry: WrapsEntry, roster: Roster): Promise<boolean> {
    const keyId = toBase64url(entry.wraps.keyId)
    const key = this.#keys.get(keyId)
    const place = `${entry.list} ${entry.index}`
    if (!key || !entry.entry.sealed || this.#opened.has(place)) return false
    const { kind, publicPart, sealed } = entry.entry
    const plaintext = await open(key, entry.context, kind, publicPart, sealed)
    const value = plaintext && readBoundedAny(plaintext)
    const object = value?.ok ? asObject(value.value) : null
    const inside = [object?.p, object?.l].filter((bytes) => bytes instanceof Uint8Array)
    const linked = this.#links.get(keyId) ?? new Set<string>()
    this.#links.set(keyId, linked)
    let isNew = false
    let isAll = true
    for (const bytes of inside.map(copyBytes)) {
      const inner = keyIdOfHash(await sha256(bytes))
      isNew = (await this.#take(bytes, roster)) || isNew
      linked.add(inner)
      isAll &&= this.#keys.has(inner)
    }
    // a key whose statement is still to come is taken when it has
    if (isAll) this.#opened.add(place)
    return isNew
  }

  /** Holds a key that a statement introduces; one that none does is nobody's. True when it was not held before. */
  async #take(bytes: Bytes, roster: Roster): Promise<boolean> {
    const hash = await sha256(bytes)
    const keyId = keyIdOfHash(hash)
    if (this.#keys.has(keyId)) return false
    const isOf = (audience: AudienceName) => roster.chains[audience].some((known) => equalBytes(known, hash))
    const audience = audiences.find(isOf)
    if (!audience) return false
    await this.#database.keys.put({ keyId, audience, bytes })
    await this.#hold(audience, bytes)
    return true
  }

  async #hold(audience: AudienceName, bytes: Bytes): Promise<void> {
    const key = await importSealingKey(bytes)
    this.#keys.set(toBase64url(key.keyId), { ...key, audience, bytes })
  }
}
