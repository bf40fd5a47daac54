/**
 * Chains whose current key is in the hands of somebody whom they are not for, though nobody took it from him: who gave it
 * to him did not know yet that two removals met, or that making him a coordinator took two by then.
 */

import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences, audiencesOfRole } from '../../../sync-server/protocol/statement.ts'
import { type HeldKey, type Keyring, keyIdOfHash } from '../keyring.ts'
import type { WrapsEntry } from '../roster-book.ts'
import { receiverText } from './served-keys.ts'

interface GivenView {
  roster: Roster
  keyring: Keyring
  entries: readonly WrapsEntry[]
}

/**
 * Who says that he gave a key is believed where he coordinates, and of who is gone about the keys of his time: what a
 * member makes up would cost everybody a new key each time.
 */
const isBelieved = ({ devices, former, chains }: Roster, author: DeviceId, key: HeldKey): boolean => {
  if (devices.has(author)) return devices.get(author)?.writesAs === 'coordinator'
  const keyId = toBase64url(key.keyId)
  const before = chains[key.audience].slice(0, former.get(author)?.chainLengths[key.audience] ?? 0)
  return before.some((hash) => keyIdOfHash(hash) === keyId)
}

/** Receivers, as wraps name them, of this key and of all that lead to it. */
const receiversOf = ({ roster, keyring, entries }: GivenView, current: HeldKey): Set<string> => {
  const receivers = new Set<string>()
  for (const { author, wraps } of entries) {
    const key = wraps.wraps.length > 0 ? keyring.byId(toBase64url(wraps.keyId)) : undefined
    if (!key || !keyring.leadsTo(key, current) || !isBelieved(roster, author, key)) continue
    for (const { receiver } of wraps.wraps) receivers.add(toBase64url(receiver))
  }
  return receivers
}

/** Those that a coordinator's phone changes, beside the stale ones. */
export const overgivenChains = async (view: GivenView): Promise<AudienceName[]> => {
  const { roster, keyring } = view
  const overgiven: AudienceName[] = []
  for (const audience of audiences) {
    const current = keyring.newest(audience, roster)
    if (!current) continue
    const receivers = receiversOf(view, current)
    const isFor = ({ role }: { role: keyof typeof audiencesOfRole }) =>
      audiencesOfRole[role].includes(audience)
    const outsiders = [
      ...[...roster.devices.values()].filter((device) => !isFor(device)),
      ...roster.former.values(),
    ]
    const texts = await Promise.all(outsiders.map(({ receiveKey }) => receiverText(receiveKey)))
    if (texts.some((text) => receivers.has(text))) overgiven.push(audience)
  }
  return overgiven
}
