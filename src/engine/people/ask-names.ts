/** Keys for the names of those who ask: out of invites that this phone made, or that their sealed part tells coordinators. */

import { type Bytes, copyBytes, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { askNameKey } from '../../crypto/ask-name-key.ts'
import type { SealingKey } from '../../crypto/seal.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { madeInvites } from './made-invites.ts'

export class AskNames {
  readonly #network: NetworkId
  readonly #keys = new Map<string, SealingKey>()
  /** private parts that were taken, base64url */
  readonly #taken = new Set<string>()

  constructor(network: NetworkId) {
    this.#network = network
  }

  byId(keyId: string): SealingKey | undefined {
    return this.#keys.get(keyId)
  }

  /** Those of this phone's own invites. */
  async takeMade(database: NetworkDatabase): Promise<void> {
    for (const made of Object.values(await madeInvites(database)))
      if (made) await this.takeKey(copyBytes(made.d))
  }

  /** `d`: the private part of an invite key, 32 bytes. */
  async takeKey(d: Bytes): Promise<void> {
    const text = toBase64url(d)
    if (this.#taken.has(text)) return
    this.#taken.add(text)
    const key = await askNameKey(this.#network, d)
    this.#keys.set(toBase64url(key.keyId), key)
  }
}
