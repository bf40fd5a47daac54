/** The needs of the board, as many as the reader has come to, and what is over behind one row. */

import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { useBoardNeeds, useRestOfBoard } from '../../hooks/use-board.ts'
import { formatNumber, language, t } from '../../i18n/translate.ts'
import type { NeedCard as Card } from '../../records/need/queries.ts'
import { NeedCard } from '../need-card.tsx'
import { UnlessAsked } from '../unless-asked.tsx'
import type { ListProps } from './board-list.ts'
import { filterCount, needFilter } from './board-view.ts'
import { ClosedList } from './closed-list.tsx'
import { MoreRows } from './more-rows.tsx'
import { NothingFound } from './nothing-found.tsx'
import { useDrawn } from './use-drawn.ts'

const useOverNeeds = (limit: number) => useBoardNeeds({ state: 'over', closed: 'lately' }, limit)?.cards

const NoNeeds = () => (
  <EmptyState
    drawing="houses"
    title={t('board.emptyNeeds')}
    action={<Button href="/add/need">{t('act.need')}</Button>}
  >
    {t('board.emptyNeedsWhy')}
  </EmptyState>
)

/** What stands first and what after it, in words. */
const orderWords = ({ view, place }: ListProps): string => {
  const { state, urgency, place: chosen } = view.needs
  if (state === 'met' || state === 'cancelled') return t('board.orderChanged')
  if (place && chosen === undefined) return t('board.orderNear', { area: place.area })
  return urgency === undefined ? t('board.orderNeeds') : t('board.orderOffers')
}

export const NeedList = (props: ListProps) => {
  const { view, names, unsent, now, counts, place, me } = props
  const found = useBoardNeeds(needFilter(view, me, place?.areaKey), view.limit)
  useRestOfBoard(found !== undefined)
  const card = useDrawn(
    (each: Card) => <NeedCard key={each.need.id} card={each} names={names} unsent={unsent} now={now} />,
    [names, unsent, now, language.value],
  )
  if (!found) return null
  const filtered = filterCount(view) > 0
  return (
    <>
      {found.total === 0 &&
        (filtered ? (
          <NothingFound view={view} />
        ) : (
          counts && (
            <UnlessAsked>
              <NoNeeds />
            </UnlessAsked>
          )
        ))}
      {found.total > 0 && (
        <>
          <p class="soft order">{orderWords(props)}</p>
          <ul class="records">{found.cards.map(card)}</ul>
        </>
      )}
      <MoreRows more={found.total > view.limit} limit={view.limit} />
      {!filtered && (
        <ClosedList
          words={t('board.closedNeeds')}
          count={counts?.overNeeds ?? 0}
          useRows={useOverNeeds}
          row={card}
        />
      )}
      {!filtered && (counts?.archivedNeeds ?? 0) > 0 && (
        <a class="fold-row" href="/archive">
          <Icon name="book" />
          <span>
            {t('board.archive')} · {formatNumber(counts?.archivedNeeds ?? 0)}
          </span>
          <Icon name="forward" />
        </a>
      )}
    </>
  )
}
