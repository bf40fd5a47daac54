/** What happened to one thing, the newest first, each step in words; own ones of the last day can be undone. */

import '../../components/styles/details.css'
import '../../components/styles/talk.css'
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useIsHidden } from '../../hooks/use-hidings.ts'
import { useHistory } from '../../hooks/use-history.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { useIsCoordinator } from '../../hooks/use-talk.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import type { HistoryStep } from '../../records/record-history.ts'
import { HiddenCard } from '../hidden-card.tsx'
import { useNames } from '../names.ts'
import { Step } from './history-step.tsx'
import { UndoDialog } from './undo-dialog.tsx'

const Steps = ({ steps }: { steps: readonly HistoryStep[] }) => {
  const names = useNames()
  const now = useNow()
  const mayWrite = useMayWrite()
  const [asked, setAsked] = useState<HistoryStep | null>(null)
  if (steps.length === 0) return <EmptyState drawing="notebook" title={t('history.none')} />
  return (
    <>
      <ol class="card history">
        {[...steps].reverse().map((step) => (
          <Step
            key={step.place}
            step={step}
            names={names}
            now={now}
            onUndo={step.undo && mayWrite ? () => setAsked(step) : undefined}
          />
        ))}
      </ol>
      <UndoDialog step={asked} names={names} onClose={() => setAsked(null)} />
    </>
  )
}

const HistoryScreen = () => {
  const { params } = useRoute()
  const id = params.id ?? ''
  const told = useHistory(id)
  const isCoordinator = useIsCoordinator()
  const made = told && 'steps' in told ? told.steps.find(({ op }) => op === 'create') : undefined
  const hidden = useIsHidden({ id, creator: made?.by ?? '' })
  // that one coordinator wants it hidden is for coordinators
  const isForMe = ({ type }: HistoryStep): boolean => type !== 'hiding' || isCoordinator
  const back = params.type === 'profile' ? `/member/${made?.by ?? ''}` : `/${params.type ?? 'need'}/${id}`
  return (
    <Screen title={t('history.title')} back={back}>
      {told && 'error' in told && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(told.error)}
        </StatusLine>
      )}
      {!told && <p class="soft">{t('history.wait')}</p>}
      {hidden === 'hidden' ? (
        <HiddenCard id={id} />
      ) : (
        hidden !== 'unread' && told && 'steps' in told && <Steps steps={told.steps.filter(isForMe)} />
      )}
    </Screen>
  )
}

export default HistoryScreen
