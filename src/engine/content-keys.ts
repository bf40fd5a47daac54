/** Keys for one confidential record each: made here or taken out of a grant, and wrapped for the phones of persons. */

import { type Bytes, copyBytes, randomBytes, sha256, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { encodeWraps, parseWraps, receiverLength } from '../../sync-server/protocol/wraps.ts'
import { audienceKeyLength, importSealingKey, type SealingKey } from '../crypto/seal.ts'
import { unwrapKey, wrapKey } from '../crypto/wrap.ts'
import { contentAudience } from '../records/merge.ts'
import type { ContentKeyring, Membership } from '../records/record-type.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { Receiver } from './keyring.ts'

export interface ContentKey extends SealingKey {
  /** `content:` and the base64url key id: no chain has this name */
  audience: string
  bytes: Bytes
}

/** The key id in the name that an outbox row keeps of a content key, or null for that of a chain. */
export const contentKeyIdOf = (audience: string): string | null =>
  audience.startsWith(contentAudience) ? audience.slice(contentAudience.length) : null

export interface ContentKeysParts {
  database: NetworkDatabase
  network: NetworkId
  members: Membership
  me: Receiver
  roster(): Roster
}

/** First bytes of the hash of a raw public receive key, as wraps name it. */
const receiverOf = async (receivePublic: Bytes): Promise<string> =>
  toBase64url((await sha256(receivePublic)).slice(0, receiverLength))

/** Whom wraps are for, as {@link receiverOf} names them; nobody where the bytes are nonsense. */
const receiversIn = (wraps: Bytes): string[] => {
  const parsed = parseWraps(wraps)
  return parsed.ok ? parsed.value.wraps.map(({ receiver }) => toBase64url(receiver)) : []
}

export class ContentKeys implements ContentKeyring {
  readonly #parts: ContentKeysParts
  /** by base64url of the key id */
  readonly #keys = new Map<string, ContentKey>()

  constructor(parts: ContentKeysParts) {
    this.#parts = parts
  }

  async load(): Promise<void> {
    for (const { bytes } of await this.#parts.database.contentKeys.toArray()) await this.#hold(bytes)
  }

  byId(keyId: string): ContentKey | undefined {
    return this.#keys.get(keyId)
  }

  keyIds(): string[] {
    return [...this.#keys.keys()]
  }

  holds(keyId: string): boolean {
    return this.#keys.has(keyId)
  }

  /** On disk before anything is sealed under it: what nobody can open would be worse than a key for nothing. */
  create(): Promise<string> {
    return this.#keep(randomBytes(audienceKeyLength))
  }

  coordinators(): DeviceId[] {
    const { members, roster } = this.#parts
    const devices = [...roster().devices.values()].filter(({ role }) => role === 'coordinator')
    return [...new Set(devices.map(({ id }) => members.memberOf(id)))]
  }

  async wrapFor(
    keyId: string,
    persons: readonly DeviceId[],
    earlier: readonly Bytes[] = [],
  ): Promise<Bytes | null> {
    const key = this.#keys.get(keyId)
    const served = new Set(earlier.flatMap(receiversIn))
    const phones = await this.#phonesOf(persons)
    const receivers = [...phones].filter(([receiver]) => !served.has(receiver)).map(([, phone]) => phone)
    if (!key || receivers.length === 0) return null
    return encodeWraps(await wrapKey(this.#parts.network, key.bytes, receivers))
  }

  async isForOthers(wraps: readonly Bytes[], persons: readonly DeviceId[]): Promise<boolean> {
    const phones = await this.#phonesOf(persons)
    return wraps.flatMap(receiversIn).some((receiver) => !phones.has(receiver))
  }

  /** Takes the key out of wraps that are for this phone; whether they may be believed was asked before. */
  async learn(keyId: string, wraps: Bytes): Promise<boolean> {
    const parsed = parseWraps(wraps)
    if (!parsed.ok || this.#keys.has(keyId)) return false
    const bytes = await unwrapKey(this.#parts.network, parsed.value, this.#parts.me)
    if (!bytes || toBase64url((await sha256(bytes)).slice(0, 8)) !== keyId) return false
    await this.#keep(bytes)
    return true
  }

  /** Keys out of a backup. */
  async adopt(keys: readonly Bytes[]): Promise<void> {
    for (const bytes of keys) await this.#keep(copyBytes(bytes))
  }

  /** Which of these are wrapped for this phone. */
  async forMe<Grant extends { wraps: Bytes }>(grants: readonly Grant[]): Promise<Grant[]> {
    const me = await receiverOf(this.#parts.me.receivePublic)
    return grants.filter(({ wraps }) => receiversIn(wraps).includes(me))
  }

  /** Raw public receive keys of the phones of these persons that are in now, by {@link receiverOf}. */
  async #phonesOf(persons: readonly DeviceId[]): Promise<Map<string, Bytes>> {
    const { members, roster } = this.#parts
    const wanted = new Set(persons)
    const phones = new Map<string, Bytes>()
    for (const { id, receiveKey } of roster().devices.values())
      if (wanted.has(members.memberOf(id))) phones.set(await receiverOf(receiveKey), receiveKey)
    return phones
  }

  async #keep(bytes: Bytes): Promise<string> {
    const keyId = await this.#hold(bytes)
    await this.#parts.database.contentKeys.put({ keyId, bytes })
    return keyId
  }

  async #hold(bytes: Bytes): Promise<string> {
    const key = await importSealingKey(copyBytes(bytes))
    const keyId = toBase64url(key.keyId)
    this.#keys.set(keyId, { ...key, audience: `${contentAudience}${keyId}`, bytes })
    return keyId
  }
}
