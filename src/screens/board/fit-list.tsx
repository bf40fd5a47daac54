/** Of the board only what this person's offers and skills are good for, the best fit first, with why. */

import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useBoardNeeds, useWholeBoard } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import { FitRows, useFits } from '../fit-rows.tsx'
import { useMatchTime, useOwnHelpers } from '../use-matching.ts'
import type { ListProps } from './board-list.ts'
import { needFilter } from './board-view.ts'
import { MoreRows } from './more-rows.tsx'

const Unknown = () => (
  <EmptyState
    drawing="houses"
    title={t('fits.unknown')}
    action={
      <>
        <Button href="/add/offer">{t('act.offer')}</Button>
        <Button kind="ghost" href="/about-me">
          {t('profile.write')}
        </Button>
      </>
    }
  >
    {t('fits.unknownWhy')}
  </EmptyState>
)

export const FitList = ({ view, names, place }: ListProps) => {
  const isWhole = useWholeBoard(true)
  const now = useMatchTime()
  const { me } = names
  const found = useBoardNeeds(
    { ...needFilter(view, me, place?.areaKey), state: 'open' },
    Number.POSITIVE_INFINITY,
  )
  const helpers = useOwnHelpers(me, now)
  const matches = useFits(found?.cards, helpers, { me, now, most: view.limit + 1 })
  if (!helpers || !matches || !isWhole) return null
  if (helpers.length === 0) return <Unknown />
  if (matches.length === 0)
    return (
      <EmptyState drawing="arrived" title={t('fits.none')}>
        {t('fits.unknownWhy')}
      </EmptyState>
    )
  return (
    <>
      <FitRows matches={matches.slice(0, view.limit)} />
      <MoreRows more={matches.length > view.limit} limit={view.limit} />
    </>
  )
}
