/** On one's own offer: needs that it is good for, with why. */

import { useMemo } from 'preact/hooks'
import { useBoardNeeds, useWholeBoard } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferRow } from '../../records/offer/offer.ts'
import { FitRows, useFits } from '../fit-rows.tsx'
import { useNames } from '../names.ts'
import { useMatchTime, useOwnHelpers } from '../use-matching.ts'

const mostFits = 3

export const OfferFits = ({ offer }: { offer: OfferRow }) => {
  useWholeBoard(true)
  const { me } = useNames()
  const now = useMatchTime()
  const own = useOwnHelpers(me, now)
  const byThis = useMemo(() => own?.filter((helper) => helper.offer?.id === offer.id), [own, offer.id])
  const open = useBoardNeeds({ state: 'open' }, Number.POSITIVE_INFINITY)
  const matches = useFits(open?.cards, byThis, { me, now, most: mostFits })
  if (!matches || matches.length === 0) return null
  return (
    <section class="stack" aria-labelledby="offer-fits">
      <h2 class="section-head" id="offer-fits">
        {t('fits.offer')}
      </h2>
      <FitRows matches={matches} />
    </section>
  )
}
