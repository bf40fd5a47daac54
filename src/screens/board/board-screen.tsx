/** The board: what is needed and what is offered, by filter and search, in an order that is said. */

import '../../components/styles/records.css'
import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Screen } from '../../components/screen.tsx'
import { useBoardCounts } from '../../hooks/use-board.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { SearchField } from '../search-field.tsx'
import { BoardTabs } from './board-tabs.tsx'
import { boardView, changeView, viewFromQuery } from './board-view.ts'
import { NeedChips, OfferChips } from './filter-chips.tsx'
import { NeedList } from './need-list.tsx'
import { OfferList } from './offer-list.tsx'

const BoardScreen = () => {
  const { query } = useRoute()
  const asked = JSON.stringify(query)
  useEffect(() => {
    const view = viewFromQuery(query)
    if (view) changeView(view)
  }, [asked])

  const view = boardView.value
  const [shown, setShown] = useState(false)
  const counts = useBoardCounts(shown)
  const unsent = useUnsentThings()
  const list = { view, names: useNames(), now: useNow(), counts, onShown: () => setShown(true) }
  return (
    <Screen title={t('board.title')}>
      <div class="board-tools">
        <BoardTabs tab={view.tab} counts={counts} onChange={(tab) => changeView({ tab })} />
        <SearchField label={t('act.search')} value={view.text} onInput={(text) => changeView({ text })} />
        {view.tab === 'needs' ? <NeedChips view={view} wanted={shown} /> : <OfferChips view={view} />}
      </div>
      {unsent && view.tab === 'needs' && <NeedList {...list} unsent={unsent} />}
      {unsent && view.tab === 'offers' && <OfferList {...list} unsent={unsent} />}
    </Screen>
  )
}

export default BoardScreen
