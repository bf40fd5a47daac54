/** The offers of the board, and those that are over behind one row. */

import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useBoardOffers, useRestOfBoard } from '../../hooks/use-board.ts'
import { language, t } from '../../i18n/translate.ts'
import type { OfferCard as Card } from '../../records/offer/queries.ts'
import { OfferCard } from '../offer-card.tsx'
import { UnlessAsked } from '../unless-asked.tsx'
import type { ListProps } from './board-list.ts'
import { filterCount, offerFilter } from './board-view.ts'
import { ClosedList } from './closed-list.tsx'
import { MoreRows } from './more-rows.tsx'
import { NothingFound } from './nothing-found.tsx'
import { useDrawn } from './use-drawn.ts'

const useOverOffers = (limit: number) => useBoardOffers({ isOver: true }, limit)?.cards

const NoOffers = () => (
  <EmptyState
    drawing="door"
    title={t('board.emptyOffers')}
    action={<Button href="/add/offer">{t('act.offer')}</Button>}
  >
    {t('board.emptyOffersWhy')}
  </EmptyState>
)

export const OfferList = ({ view, names, unsent, counts, place, me }: ListProps) => {
  const isNarrowed = view.offers.place !== undefined
  const found = useBoardOffers(offerFilter(view, me, place?.areaKey), view.limit)
  useRestOfBoard(true)
  const card = useDrawn(
    (each: Card) => <OfferCard key={each.offer.id} card={each} names={names} unsent={unsent} />,
    [names, unsent, language.value],
  )
  // nothing may be missing yet that the first rows of needs did not bring
  if (!found || !counts) return null
  const filtered = filterCount(view) > 0
  return (
    <>
      {found.total === 0 &&
        (filtered ? (
          <NothingFound view={view} />
        ) : (
          <UnlessAsked>
            <NoOffers />
          </UnlessAsked>
        ))}
      {found.total > 0 && (
        <>
          <p class="soft order">
            {place && !isNarrowed ? t('board.orderNearOffers', { area: place.area }) : t('board.orderOffers')}
          </p>
          <ul class="records">{found.cards.map(card)}</ul>
        </>
      )}
      <MoreRows more={found.total > view.limit} limit={view.limit} />
      {!filtered && (
        <ClosedList
          words={t('board.closedOffers')}
          count={counts.overOffers}
          useRows={useOverOffers}
          row={card}
        />
      )}
    </>
  )
}
