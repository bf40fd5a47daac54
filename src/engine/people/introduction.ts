/** What a phone says of itself once it is in: its name, and its own key where a link gave it. */

import type { SealedName } from '../../../sync-server/protocol/statement.ts'
import { memberOf } from '../membership.ts'
import { nameDraft } from '../own-statements.ts'
import type { EntryDraft } from '../writer.ts'
import type { Acting } from './acting.ts'
import { audienceBelow, highestAudience, lowerUnder, wrapDrafts } from './key-wraps.ts'
import { isServed } from './served-keys.ts'

/** The name in the language that this phone speaks; null while its key is not here. */
export const ownNameDraft = async (
  { acts, database, replica }: Acting,
  nickname: string,
): Promise<EntryDraft | null> => {
  const key = replica.keyring.current('all', replica.book.roster)
  const language = (await database.meta.get('language'))?.value
  const name: SealedName = { name: nickname, languages: typeof language === 'string' ? [language] : [] }
  return key && nameDraft(name, acts.after(), key)
}

/** Null while its keys are not here, or it is not in. A link's key may be taken back any day: its own is not. */
const ownWraps = async ({ network, replica, keys, nowS }: Acting): Promise<EntryDraft[] | null> => {
  const { book, keyring } = replica
  const { roster } = book
  const me = roster.devices.get(keys.device)
  if (!me) return null
  const audience = highestAudience(me.role)
  const below = audienceBelow(audience)
  const key = keyring.current(audience, roster)
  if (!key || (below && !keyring.current(below, roster))) return null
  const view = { network, keyring, roster, entries: book.wraps(), nowS: nowS() }
  if (await isServed(view, key, keys.receivePublic)) return []
  const lower = lowerUnder(keyring, roster, key)
  return wrapDrafts(network, { key, previous: null, lower }, [keys.receivePublic])
}

/** True when it has introduced itself; false while it cannot yet. */
export const introduce = async (parts: Acting, nickname: string): Promise<boolean> => {
  const { acts, keys, replica } = parts
  const wraps = await ownWraps(parts)
  const name = wraps && (await ownNameDraft(parts, nickname))
  if (!wraps || !name) return false
  // a second phone takes the name of its person
  const isFirst = memberOf(replica.book.roster, keys.device) === keys.device
  const drafts = isFirst ? [...wraps, name] : wraps
  if (drafts.length > 0) await acts.write(drafts)
  return true
}
