/** The needs of the board, as many as the reader has come to, and what is done behind one row. */

import { useEffect } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useBoardNeeds, useClosedNeeds } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import type { BoardCounts } from '../../records/board-counts.ts'
import type { NeedCard as Card } from '../../records/need/queries.ts'
import type { Names } from '../names.ts'
import { NeedCard } from '../need-card.tsx'
import { type BoardView, changeView, isFiltered, needFilter } from './board-view.ts'
import { ClosedList } from './closed-list.tsx'
import { MoreRows } from './more-rows.tsx'

export interface ListProps {
  view: BoardView
  names: Names
  unsent: Unsent
  now: number
  counts: BoardCounts | undefined
  /** the rows are there: what is read besides them may follow */
  onShown: () => void
}

/** What was last shown: coming back paints it at once, and the place in it can be found again. */
let lastShown: { key: string; cards: readonly Card[] } | null = null

const NothingHere = ({ view }: { view: BoardView }) =>
  isFiltered(view) ? (
    <EmptyState
      drawing="notebook"
      title={t('board.noMatch')}
      action={
        <Button kind="ghost" onClick={() => changeView({ needChip: 'all', text: '' })}>
          {t('act.all')}
        </Button>
      }
    >
      {t('board.noMatchWhy')}
    </EmptyState>
  ) : (
    <EmptyState
      drawing="houses"
      title={t('board.emptyNeeds')}
      action={<Button href="/add/need">{t('act.need')}</Button>}
    >
      {t('board.emptyNeedsWhy')}
    </EmptyState>
  )

export const NeedList = ({ view, names, unsent, now, counts, onShown }: ListProps) => {
  const { involved, ...filter } = needFilter(view)
  // one more than shown says whether there is more
  const read = useBoardNeeds({ ...filter, involved }, view.limit + 1)
  const key = JSON.stringify(view)
  const isRead = read !== undefined
  useEffect(() => {
    if (isRead) onShown()
  }, [isRead])
  if (read) lastShown = { key, cards: read }
  const cards = read ?? (lastShown?.key === key ? lastShown.cards : undefined)
  if (!cards) return null
  const shown = cards.slice(0, view.limit)
  const card = (each: Card) => (
    <NeedCard key={each.need.id} card={each} names={names} unsent={unsent} now={now} />
  )
  return (
    <>
      {shown.length === 0 ? (
        <NothingHere view={view} />
      ) : (
        <>
          <p class="soft order">{t('board.orderNeeds')}</p>
          <ul class="records">{shown.map(card)}</ul>
        </>
      )}
      <MoreRows more={cards.length > view.limit} limit={view.limit} />
      {!isFiltered(view) && (
        <ClosedList
          words={t('board.closedNeeds')}
          count={counts?.closedNeeds ?? 0}
          useRows={useClosedNeeds}
          row={card}
        />
      )}
    </>
  )
}
