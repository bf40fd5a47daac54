/** The audience keys that this phone holds; they come only out of wraps in the roster, checked against its chains. */

import { type Bytes, equalBytes, sha256, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences } from '../../sync-server/protocol/statement.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import type { Wraps } from '../../sync-server/protocol/wraps.ts'
import { importSealingKey, type SealingKey } from '../crypto/seal.ts'
import { unwrapKey } from '../crypto/wrap.ts'
import type { NetworkDatabase } from '../storage/database.ts'

/** A key that can open wraps: the device's own, or that of an invite. */
export interface Receiver {
  receiveKey: SubtleKey
  receivePublic: Bytes
}

export interface HeldKey extends SealingKey {
  audience: AudienceName
  bytes: Bytes
}

export class Keyring {
  readonly #database: NetworkDatabase
  readonly #network: NetworkId
  /** by base64url of the key id */
  readonly #keys = new Map<string, HeldKey>()

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

  /** Every key of a chain that this phone holds, oldest first. */
  chain(audience: AudienceName, roster: Roster): HeldKey[] {
    const keys = roster.chains[audience].map((hash) => this.#keys.get(toBase64url(hash.subarray(0, 8))))
    return keys.filter((key) => key !== undefined)
  }

  /** The newest key of a chain that this phone holds: writing is never refused for want of the very newest. */
  current(audience: AudienceName, roster: Roster): HeldKey | null {
    return this.chain(audience, roster).at(-1) ?? null
  }

  /** Opens what was wrapped for one of the receivers; true when a new key was learned and is on disk. */
  async learn(wraps: readonly Wraps[], receivers: readonly Receiver[], roster: Roster): Promise<boolean> {
    let hasNew = false
    for (const wrap of wraps) {
      const keyId = toBase64url(wrap.keyId)
      if (this.#keys.has(keyId)) continue
      for (const receiver of receivers) {
        const bytes = await unwrapKey(this.#network, wrap, receiver)
        const audience = bytes && (await this.#audienceOf(bytes, roster))
        if (!bytes || !audience) continue
        await this.#database.keys.put({ keyId, audience, bytes })
        await this.#hold(audience, bytes)
        hasNew = true
        break
      }
    }
    return hasNew
  }

  /** The chain whose statement carries the full hash of this key: a key that no statement introduces is nobody's. */
  async #audienceOf(bytes: Bytes, roster: Roster): Promise<AudienceName | null> {
    const hash = await sha256(bytes)
    return (
      audiences.find((audience) => roster.chains[audience].some((known) => equalBytes(known, hash))) ?? null
    )
  }

  async #hold(audience: AudienceName, bytes: Bytes): Promise<void> {
    const key = await importSealingKey(bytes)
    this.#keys.set(toBase64url(key.keyId), { ...key, audience, bytes })
  }
}
