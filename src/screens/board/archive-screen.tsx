/** The archive: needs that have been over for a month, found by words and by how they ended. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { useBoardNeeds, useWholeBoard } from '../../hooks/use-board.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { categoryWord, searchedCategories } from '../category-words.ts'
import { useNames } from '../names.ts'
import { NeedCard } from '../need-card.tsx'
import { SearchField } from '../search-field.tsx'
import { keysByWord, pageRows } from './board-view.ts'

type End = 'over' | 'met' | 'cancelled'
interface Asked {
  text: string
  end: End
}

const Found = ({ text, end }: Asked) => {
  const names = useNames()
  const now = useNow()
  const unsent = useUnsentThings()
  const isWhole = useWholeBoard(true)
  const [limit, setLimit] = useState(pageRows)
  const textCategories = keysByWord(text, searchedCategories(), categoryWord)
  const found = useBoardNeeds({ state: end, closed: 'before', text, textCategories }, limit)
  if (!found || !unsent) return null
  if (!isWhole && found.total === 0) return <p class="soft">{t('search.reading')}</p>
  if (found.total === 0) {
    return (
      <EmptyState
        drawing="notebook"
        title={t(text === '' ? 'archive.none' : 'board.noMatch')}
        action={
          <Button kind="ghost" href="/board">
            {t('today.seeBoard')}
          </Button>
        }
      >
        {t(text === '' ? 'archive.noneWhy' : 'board.noMatchWhy')}
      </EmptyState>
    )
  }
  return (
    <>
      <p class={text === '' ? 'only-heard' : 'soft'} role="status">
        {t('search.found', { count: found.total })}
      </p>
      <ul class="records">
        {found.cards.map((card) => (
          <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />
        ))}
      </ul>
      {found.total > limit && (
        <Button kind="quiet" onClick={() => setLimit(limit + pageRows)}>
          {t('board.more')}
        </Button>
      )}
    </>
  )
}

const ArchiveScreen = () => {
  const [asked, setAsked] = useState<Asked>({ text: '', end: 'over' })
  return (
    <Screen title={t('board.archive')} back="/board" under={<p class="soft">{t('archive.lead')}</p>}>
      <div class="stack">
        <SearchField
          label={t('archive.search')}
          value={asked.text}
          onInput={(text) => setAsked({ ...asked, text })}
        />
        <SegmentedChoice<End>
          legend={t('search.state')}
          quietLegend
          value={asked.end}
          options={[
            { value: 'over', label: t('archive.all') },
            { value: 'met', label: t('search.met') },
            { value: 'cancelled', label: t('state.cancelled') },
          ]}
          onChange={(end) => setAsked({ ...asked, end })}
        />
        <Found key={`${asked.end} ${asked.text}`} {...asked} />
      </div>
    </Screen>
  )
}

export default ArchiveScreen
