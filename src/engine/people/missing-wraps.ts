/** Whom no coordinator has given the current key yet, and keys that the current ones do not lead to. */

import { type Bytes, equalBytes } from '../../../sync-server/protocol/bytes.ts'
import { type AudienceName, audiences } from '../../../sync-server/protocol/statement.ts'
import type { EntryDraft } from '../writer.ts'
import { audienceBelow, wrapDrafts } from './key-wraps.ts'
import { receiversOf } from './rotation.ts'
import { receiverText, servedBy, type WrapView } from './served-keys.ts'

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
