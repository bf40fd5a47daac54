/** Whom no coordinator has given the current key yet, and keys that the current ones do not lead to. */

import { type Bytes, equalBytes, sha256, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences } from '../../../sync-server/protocol/statement.ts'
import { receiverLength } from '../../../sync-server/protocol/wraps.ts'
import type { HeldKey, Keyring } from '../keyring.ts'
import type { WrapsEntry } from '../roster-book.ts'
import type { EntryDraft } from '../writer.ts'
import { audienceBelow, wrapDrafts } from './key-wraps.ts'
import { receiversOf } from './rotation.ts'

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
const servedBy = async ({ roster, entries }: WrapView, key: HeldKey): Promise<Set<string>> => {
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

/**
 * Entries for one chain; none where all is well, or where this phone holds no key of it. A current key that whoever stated
 * it gave to nobody keeps no newcomer out: he is given the newest that there is. Nothing is put under that one: who is out
 * may hold it.
 */
const missingOf = async (view: WrapView, audience: AudienceName): Promise<EntryDraft[]> => {
  const { network, keyring, roster, nowS, only } = view
  const current = keyring.newest(audience, roster)
  const key = current ?? keyring.current(audience, roster)
  if (!key) return []
  const served = await servedBy(view, key)
  const unserved: Bytes[] = []
  for (const receiver of receiversOf(audience, roster, nowS)) {
    const isWanted = !only || only.some((wanted) => equalBytes(wanted, receiver))
    if (isWanted && !served.has(await receiverText(receiver))) unserved.push(receiver)
  }
  const below = audienceBelow(audience)
  const lower = current && below && keyring.newest(below, roster)
  const held = current ? keyring.chain(audience, roster) : []
  const unlinked = held.filter((older) => !keyring.leadsTo(key, older))
  const [previous = null, ...more] = unlinked
  const isLowerMissing = lower !== null && !keyring.leadsTo(key, lower)
  if (unserved.length === 0 && !previous && !isLowerMissing) return []
  const drafts = await wrapDrafts(network, { key, previous, lower }, unserved)
  for (const older of more) drafts.push(...(await wrapDrafts(network, { key, previous: older, lower }, [])))
  return drafts
}

export const missingWraps = async (view: WrapView): Promise<EntryDraft[]> =>
  (await Promise.all(audiences.map((audience) => missingOf(view, audience)))).flat()
