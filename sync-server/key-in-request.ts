/** The key of a visitor whom the relay does not know: in what the request itself brings. */

import { isProven, openingOf } from './opening.ts'
import { entryKind, parseEntry } from './protocol/entry.ts'
import type { SyncRequest } from './protocol/exchange.ts'
import { type DeviceId, rosterRoom } from './protocol/ids.ts'
import type { Card } from './protocol/statement.ts'
import { parseStatement } from './protocol/statement-codec.ts'
import { isCardProven } from './protocol/statement-proof.ts'
import type { Token } from './protocol/token.ts'
import { parseUpdate, type Run } from './protocol/update.ts'
import { importVerifyKey, type SubtleKey } from './protocol/verify.ts'

/** The card by which somebody let this device in, if this entry says so. */
const cardFor = (device: DeviceId, bytes: Run['entries'][number]): Card | null => {
  const entry = parseEntry(bytes)
  if (!entry.ok || entry.value.kind !== entryKind.statement) return null
  const statement = parseStatement(entry.value.publicPart)
  if (!statement.ok || (statement.value.type !== 'admit' && statement.value.type !== 'device')) return null
  return statement.value.device === device ? statement.value.card : null
}

/**
 * From its own genesis or ask, or, of a phone that came in face to face and brings the roster to a relay that lost it,
 * from its card [R14]; only the first of them is looked at. Whether it is in is for the roster.
 */
export const keyInRequest = async (
  { network, device }: Token,
  { rooms }: SyncRequest,
): Promise<SubtleKey | null> => {
  const updates = rooms.find(({ room }) => room === rosterRoom)?.updates ?? []
  const runs = updates
    .map((update) => parseUpdate(update))
    .flatMap((parsed) => (parsed.ok ? parsed.value : []))
  // a list that goes on after a lost one opens with neither
  const own = runs.filter(({ list }) => list?.startsWith(`${device}.`))
  const opening = own.map(openingOf).find((found) => found !== null)
  if (opening) return (await isProven(network, opening)) ? importVerifyKey(opening.statement.signKey) : null
  for (const { entries } of runs)
    for (const entry of entries) {
      const card = cardFor(device, entry)
      if (card) return (await isCardProven(device, card)) ? importVerifyKey(card.signKey) : null
    }
  return null
}
