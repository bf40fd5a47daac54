/** How one claim on a need stands, in words; what is only on this phone is said to be there only. */

import { gapWords, timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import type { ClaimPlace } from '../../records/claim/claim-order.ts'
import type { NeedPage } from './need-page.ts'

/** What the words look at; `view` needs its places only. */
export interface PlaceSight extends Pick<NeedPage, 'unsent' | 'now'> {
  view: { status: Pick<NeedPage['view']['status'], 'places'> }
  names: Pick<NeedPage['names'], 'me' | 'nameOf'>
}

/** Behind whom a reserve stands, and by how long he came later. */
const spareWords = (claim: ClaimRow, { view, names }: PlaceSight): string => {
  const { places } = view.status
  const ahead = places[places.findIndex((place) => place.claim.id === claim.id) - 1]?.claim
  if (!ahead || ahead.state === 'done') return t('claim.spare')
  const gap = claim.takenAt - ahead.takenAt
  // «أنا» cannot stand after «بعد»
  if (ahead.creator === names.me)
    return gap > 0 ? t('order.spareGapMe', { gap: gapWords(gap) }) : t('order.spareAfterMe')
  const name = names.nameOf(ahead.creator)
  return gap > 0 ? t('order.spareGap', { name, gap: gapWords(gap) }) : t('order.spareAfter', { name })
}

/** Whether this person has said that a claim is done, and nobody else can have heard of it. */
export const isDoneUnsent = (
  { state, stateBy, id }: Pick<ClaimRow, 'state' | 'stateBy' | 'id'>,
  { names, unsent }: Pick<PlaceSight, 'names' | 'unsent'>,
): boolean => state === 'done' && stateBy === names.me && unsent.has(id)

const doneWords = (claim: ClaimRow, sight: PlaceSight): string => {
  const { word, stateAt } = claim
  const { names, now } = sight
  if (word && !word.received) return t('confirm.notYet')
  if (word) return word.by === names.me ? t('confirm.byMe') : t('confirm.by', { name: names.nameOf(word.by) })
  const words = t('claim.brought', { ago: timeAgo(stateAt, now) })
  return isDoneUnsent(claim, sight) ? `${words} · ${t('state.local')}` : words
}

export const placeWords = ({ claim, place, expired }: ClaimPlace, sight: PlaceSight): string => {
  if (expired) return t('claim.ranOut')
  const ago = timeAgo(claim.stateAt, sight.now)
  if (claim.state === 'done') return doneWords(claim, sight)
  if (sight.unsent.has(claim.id)) return t('state.local')
  if (place === 'asked') return t('order.asked')
  if (place === 'reserve') return spareWords(claim, sight)
  return claim.state === 'onWay' ? t('claim.moving', { ago }) : t('claim.promised', { ago })
}
