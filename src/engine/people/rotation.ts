/** New keys for chains that somebody left: made, stated by their hashes, wrapped for who is in (PROTOCOL.md, "Keys"). */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences, type NewKeys } from '../../../sync-server/protocol/statement.ts'
import type { HeldKey, Keyring } from '../keyring.ts'
import type { EntryDraft } from '../writer.ts'
import { audienceBelow, createAudienceKey, highestAudience, wrapDrafts } from './key-wraps.ts'

export interface Rotation {
  keys: ReadonlyMap<AudienceName, HeldKey>
  /** what the statement says of them */
  hashes: NewKeys
}

export const createRotation = async (stale: readonly AudienceName[]): Promise<Rotation> => {
  const made = await Promise.all(stale.map(createAudienceKey))
  return {
    keys: new Map(made.map((key) => [key.audience, key])),
    hashes: Object.fromEntries(made.map(({ audience, hash }) => [audience, hash])),
  }
}

/** Raw public keys for which a chain's current key is wrapped: phones whose highest it is, and links that open at once. */
export const receiversOf = (audience: AudienceName, roster: Roster, nowS: number): Bytes[] => {
  const devices = [...roster.devices.values()].filter(({ role }) => highestAudience(role) === audience)
  const invites = [...roster.invites.values()].filter(
    ({ role, approval, cancelled, used, uses, expiresS }) =>
      highestAudience(role) === audience && !approval && !cancelled && used < uses && expiresS >= nowS,
  )
  return [...devices.map(({ receiveKey }) => receiveKey), ...invites.map(({ key }) => key)]
}

/** One entry for each new key, and one for each key above one: whoever holds that comes to the new one by it. */
export const rotationDrafts = async (
  { network, keyring, before, nowS }: { network: NetworkId; keyring: Keyring; before: Roster; nowS: number },
  { keys }: Rotation,
  after: Roster,
): Promise<EntryDraft[]> => {
  const drafts: EntryDraft[] = []
  const currentOf = (audience: AudienceName | null) =>
    audience && (keys.get(audience) ?? keyring.current(audience, before))
  for (const audience of audiences) {
    const made = keys.get(audience)
    const below = audienceBelow(audience)
    // an older one who is out may hold: nothing new is put under it
    const key = made ?? keyring.newest(audience, before)
    if (!key || !(made || (below && keys.has(below)))) continue
    const previous = made ? keyring.current(audience, before) : null
    const receivers = made ? receiversOf(audience, after, nowS) : []
    drafts.push(...(await wrapDrafts(network, { key, previous, lower: currentOf(below) }, receivers)))
  }
  return drafts
}
