/** The board: what is needed and what is offered, by filter and search, in an order that is said. */

import '../../components/styles/records.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Screen } from '../../components/screen.tsx'
import { useBoardCounts, useKeptBoard, useMyPlace, useWholeBoard } from '../../hooks/use-board.ts'
import { useMyId } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { language, t } from '../../i18n/translate.ts'
import { laterPart } from '../later-part.tsx'
import { useNames } from '../names.ts'
import { SearchField } from '../search-field.tsx'
import type { ListProps } from './board-list.ts'
import { BoardTabs } from './board-tabs.tsx'
import { boardView, changeView, isSearched, isUsual, viewFromQuery } from './board-view.ts'
import { NeedChips, OfferChips } from './filter-chips.tsx'
import { NeedList } from './need-list.tsx'
import { OfferList } from './offer-list.tsx'
import { useBoardParts } from './use-board-parts.ts'

const FitList = laterPart(() => import('./fit-list.tsx').then((parts) => parts.FitList))

const BoardScreen = () => {
  const { query } = useRoute()
  const asked = JSON.stringify(query)
  useEffect(() => {
    const view = viewFromQuery(query)
    if (view) changeView(view)
  }, [asked])

  const view = boardView.value
  const [filtering, setFiltering] = useState(false)
  const counts = useBoardCounts()
  const unsent = useUnsentThings()
  const place = useMyPlace()
  useKeptBoard(place)
  const names = useNames()
  const now = useNow()
  const me = useMyId()
  // who reaches for the search line or the filters will soon want all of the board
  const [reached, setReached] = useState(false)
  useWholeBoard(reached)
  const parts = useBoardParts(reached || isSearched(view))
  const list: ListProps | undefined = unsent && { view, names, now, counts, unsent, place, me }
  // not drawn anew with each letter of a search
  const chips = useMemo(() => {
    const props = { view, place, onMore: () => setFiltering(true) }
    return view.tab === 'needs' ? <NeedChips {...props} /> : <OfferChips {...props} />
  }, [view.tab, view.needs, view.offers, place, language.value])
  return (
    <Screen
      title={t('board.title')}
      first={list && isUsual(view) ? { place: 'board', isWhole: counts !== undefined } : undefined}
    >
      <div class="board-tools" onFocusCapture={() => setReached(true)}>
        {!isSearched(view) && (
          <BoardTabs tab={view.tab} counts={counts} onChange={(tab) => changeView({ tab })} />
        )}
        <SearchField label={t('board.search')} value={view.text} onInput={(text) => changeView({ text })} />
        {chips}
      </div>
      {list && isSearched(view) && parts && <parts.FoundList {...list} />}
      {list &&
        !isSearched(view) &&
        view.tab === 'needs' &&
        (view.needs.fits ? <FitList {...list} /> : <NeedList {...list} />)}
      {list && !isSearched(view) && view.tab === 'offers' && <OfferList {...list} />}
      {parts && (
        <parts.FilterSheet
          open={filtering}
          view={view}
          place={place}
          me={me}
          onClose={() => setFiltering(false)}
        />
      )}
    </Screen>
  )
}

export default BoardScreen
