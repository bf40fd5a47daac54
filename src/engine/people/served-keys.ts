/** For whom a key was wrapped already. */

import { type Bytes, sha256, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import { receiverLength } from '../../../sync-server/protocol/wraps.ts'
import type { HeldKey, Keyring } from '../keyring.ts'
import type { WrapsEntry } from '../roster-book.ts'

export interface WrapView {
  network: NetworkId
  keyring: Keyring
  roster: Roster
  entries: readonly WrapsEntry[]
  nowS: number
  /** for these receivers and no others */
  only?: readonly Bytes[]
}

/** How wraps name a receiver, by its raw public key. */
export const receiverText = async (receiver: Bytes): Promise<string> =>
  toBase64url((await sha256(receiver)).slice(0, receiverLength))

/** How wraps name the phones of the author's own person. */
const ownReceivers = (roster: Roster, author: DeviceId): Promise<string[]> => {
  const member = roster.devices.get(author)?.member
  const own = [...roster.devices.values()].filter((device) => device.member === member)
  return Promise.all(own.map(({ receiveKey }) => receiverText(receiveKey)))
}

/**
 * Receivers that a key was wrapped for. Boxes are opaque: those of a coordinator are believed, anybody else's only
 * where they are for his own phones, or a member could keep a newcomer out by an empty one.
 */
export const servedBy = async ({ roster, entries }: WrapView, key: HeldKey): Promise<Set<string>> => {
  const keyId = toBase64url(key.keyId)
  const served = new Set<string>()
  for (const { author, wraps } of entries) {
    if (toBase64url(wraps.keyId) !== keyId) continue
    const isTrusted = roster.devices.get(author)?.role === 'coordinator'
    const own = isTrusted ? [] : await ownReceivers(roster, author)
    for (const { receiver } of wraps.wraps) {
      const text = toBase64url(receiver)
      if (isTrusted || own.includes(text)) served.add(text)
    }
  }
  return served
}

export const isServed = async (view: WrapView, key: HeldKey, receiver: Bytes): Promise<boolean> =>
  (await servedBy(view, key)).has(await receiverText(receiver))
