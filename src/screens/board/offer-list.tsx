/** The offers of the board, and those that are over behind one row. */

import { useEffect } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { useBoardOffers } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferCard as Card } from '../../records/offer/queries.ts'
import { OfferCard } from '../offer-card.tsx'
import { type BoardView, changeView, isFiltered, offerFilter } from './board-view.ts'
import { ClosedList } from './closed-list.tsx'
import { MoreRows } from './more-rows.tsx'
import type { ListProps } from './need-list.tsx'

const useEndedOffers = (wanted: boolean, limit: number) => useBoardOffers({}, wanted ? limit : 0, true)

const NothingHere = ({ view }: { view: BoardView }) =>
  isFiltered(view) ? (
    <EmptyState
      drawing="notebook"
      title={t('board.noMatch')}
      action={
        <Button kind="ghost" onClick={() => changeView({ offerChip: 'all', text: '' })}>
          {t('act.all')}
        </Button>
      }
    >
      {t('board.noMatchWhy')}
    </EmptyState>
  ) : (
    <EmptyState
      drawing="door"
      title={t('board.emptyOffers')}
      action={<Button href="/add/offer">{t('act.offer')}</Button>}
    >
      {t('board.emptyOffersWhy')}
    </EmptyState>
  )

export const OfferList = ({ view, names, unsent, counts, onShown }: ListProps) => {
  const { involved, ...filter } = offerFilter(view)
  const cards = useBoardOffers({ ...filter, involved }, view.limit + 1)
  const isRead = cards !== undefined
  useEffect(() => {
    if (isRead) onShown()
  }, [isRead])
  if (!cards) return null
  const shown = cards.slice(0, view.limit)
  const card = (each: Card) => <OfferCard key={each.offer.id} card={each} names={names} unsent={unsent} />
  return (
    <>
      {shown.length === 0 ? (
        <NothingHere view={view} />
      ) : (
        <>
          <p class="soft order">{t('board.orderOffers')}</p>
          <ul class="records">{shown.map(card)}</ul>
        </>
      )}
      <MoreRows more={cards.length > view.limit} limit={view.limit} />
      {!isFiltered(view) && (
        <ClosedList
          words={t('board.closedOffers')}
          count={counts?.closedOffers ?? 0}
          useRows={useEndedOffers}
          row={card}
        />
      )}
    </>
  )
}
