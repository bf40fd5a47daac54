/** Pairs of needs that may be one, the surest first; nothing is joined unless a person says so. */

import './duplicates.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { usePairs } from '../../hooks/use-duplicates.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { PairCard } from './pair-card.tsx'

const DuplicatesScreen = () => {
  const pairs = usePairs()
  const [merged, setMerged] = useState<string | null>(null)
  const { run, busy, error } = useCommand()
  const undo = async () => {
    if (merged !== null && (await run({ type: 'sameAs.undo', id: merged })).ok) setMerged(null)
  }
  return (
    <Screen title={t('same.title')} back="/today" under={<p class="soft">{t('same.lead')}</p>}>
      <div role="status">
        {merged !== null && (
          <div class="row spread">
            <StatusLine icon="check" tone="act">
              {t('same.merged')}
            </StatusLine>
            <Button kind="quiet" compact icon="undo" busy={busy} onClick={() => void undo()}>
              {t('same.undo')}
            </Button>
          </div>
        )}
        {error && <p class="field-error">{errorWords(error)}</p>}
      </div>
      {pairs?.length === 0 && (
        <EmptyState drawing="arrived" title={t('same.none')}>
          {t('same.noneWhy')}
        </EmptyState>
      )}
      <ul class="plain-list stack">
        {pairs?.map((pair) => (
          <PairCard key={`${pair.first.id}${pair.second.id}`} pair={pair} onMerged={setMerged} />
        ))}
      </ul>
    </Screen>
  )
}

export default DuplicatesScreen
