/** Kind 3 entries: an audience key for its receivers, and under the key itself what leads on from it. */

import { encodeAny } from '../../../sync-server/protocol/any.ts'
import { type Bytes, randomBytes, sha256 } from '../../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../../sync-server/protocol/entry.ts'
import { type NetworkId, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import {
  type AudienceName,
  audiences,
  audiencesOfRole,
  type Role,
} from '../../../sync-server/protocol/statement.ts'
import { encodeWraps } from '../../../sync-server/protocol/wraps.ts'
import { audienceKeyLength, importSealingKey } from '../../crypto/seal.ts'
import { wrapKey } from '../../crypto/wrap.ts'
import type { HeldKey, Keyring } from '../keyring.ts'
import type { EntryDraft } from '../writer.ts'

/** Receivers of one entry, 56 bytes each, so that it stays below 16 KiB. */
const maxReceivers = 250

/** A key and what comes out of it: the one before it in its chain, and the current one of the chain below. */
export interface LinkedKey {
  key: HeldKey
  previous: HeldKey | null
  lower: HeldKey | null
}

/** The chain that a device is given a key of: all others come out of it. */
export const highestAudience = (role: Role): AudienceName => audiencesOfRole[role].at(-1) ?? 'all'

/** Null below the lowest. */
export const audienceBelow = (audience: AudienceName): AudienceName | null =>
  audiences[audiences.indexOf(audience) - 1] ?? null

export const createAudienceKey = async (audience: AudienceName): Promise<HeldKey & { hash: Bytes }> => {
  const bytes = randomBytes(audienceKeyLength)
  return { ...(await importSealingKey(bytes)), audience, bytes, hash: await sha256(bytes) }
}

/** The key that may be put under this one: current below current, as an older one above may be held by who is out. */
export const lowerUnder = (keyring: Keyring, roster: Roster, key: HeldKey): HeldKey | null => {
  const below = audienceBelow(key.audience)
  return below && keyring.newest(key.audience, roster) === key ? keyring.newest(below, roster) : null
}

/** One entry, or several where the receivers (raw public keys) are many; with none it only leads on. */
export const wrapDrafts = async (
  network: NetworkId,
  { key, previous, lower }: LinkedKey,
  receivers: readonly Bytes[],
): Promise<EntryDraft[]> => {
  const plaintext = encodeAny({ p: previous?.bytes ?? null, l: lower?.bytes ?? null })
  const drafts: EntryDraft[] = []
  for (let from = 0; from === 0 || from < receivers.length; from += maxReceivers) {
    const wraps = await wrapKey(network, key.bytes, receivers.slice(from, from + maxReceivers))
    drafts.push({
      room: rosterRoom,
      kind: entryKind.wraps,
      publicPart: encodeWraps(wraps),
      secret: { key, plaintext },
      recordIds: [],
    })
  }
  return drafts
}
