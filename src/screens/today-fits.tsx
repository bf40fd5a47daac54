/** On Today, when nothing waits: needs that this person can do something about, with why. */

import { t } from '../i18n/translate.ts'
import type { NeedCard } from '../records/need/queries.ts'
import { FitRows, useFits } from './fit-rows.tsx'
import { useNames } from './names.ts'
import { useMatchTime, useOwnHelpers } from './use-matching.ts'

const mostFits = 2

interface TodayFitsProps {
  open: readonly NeedCard[]
  /** ids of those that stand on the page already */
  without: ReadonlySet<string | undefined>
}

export const TodayFits = ({ open, without }: TodayFitsProps) => {
  const { me } = useNames()
  const now = useMatchTime()
  const helpers = useOwnHelpers(me, now)
  const matches = useFits(open, helpers, { me, now, most: mostFits + without.size })
  const shown = (matches ?? []).filter(({ wanted }) => !without.has(wanted.need.id)).slice(0, mostFits)
  if (shown.length === 0) return null
  return (
    <section class="stack" aria-labelledby="today-fits">
      <h2 class="section-head" id="today-fits">
        {t('fits.title')}
      </h2>
      <FitRows matches={shown} />
    </section>
  )
}
