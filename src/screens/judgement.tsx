/** Above a thing: to coordinators what was reported and what they decided, to its author that it is hidden. */

import '../components/styles/details.css'
import { useState } from 'preact/hooks'
import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useHidings } from '../hooks/use-hidings.ts'
import { useIsCoordinator, useReportsAbout } from '../hooks/use-talk.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import type { HidingView } from '../records/hiding/hiding-of.ts'
import type { ReportRow } from '../records/report/report.ts'
import { WhoHid } from './hidden-card.tsx'
import { HideDialog } from './hide-dialog.tsx'
import { type Names, useNames } from './names.ts'
import type { TalkAbout } from './talk-about.ts'

const Reports = ({ reports, names }: { reports: readonly ReportRow[]; names: Names }) => (
  <ul class="points">
    {reports.map(({ id, creator, reason, note }) => (
      <li key={id}>
        {t('hide.from', { name: names.nameOf(creator), why: t(`report.${reason}`) })}
        {note !== '' && (
          <p class="soft">
            <Bdi>{note}</Bdi>
          </p>
        )}
      </li>
    ))}
  </ul>
)

const stateWords = (view: HidingView, names: Names): string => {
  if (view.state === 'hidden') return `${t('hide.hidden')} · ${t('hide.still')}`
  const [first = ''] = view.by
  return first === names.me ? t('hide.mineReview') : t('hide.review', { name: names.nameOf(first) })
}

const nothing: HidingView = { state: 'shown', by: [], notes: [] }

const ForCoordinators = ({ about, reports }: { about: TalkAbout; reports: readonly ReportRow[] }) => {
  const names = useNames()
  const { run, busy, error } = useCommand()
  const [hiding, setHiding] = useState(false)
  const view = useHidings().get(about.id) ?? nothing
  const isOwn = view.by.some((person) => person === names.me)
  const isAuthor = about.creator === names.me
  const lift = async () => {
    if ((await run({ type: 'hiding.lift', aboutId: about.id })).ok) showToast(t('hide.lifted'), 'undo')
  }
  const stay = async () => {
    for (const { id } of reports) if (!(await run({ type: 'report.close', id })).ok) return
    showToast(t('hide.stayed'))
  }
  return (
    <Card as="section" tone="wait">
      <h2>{t('hide.title')}</h2>
      <Reports reports={reports} names={names} />
      {view.state !== 'shown' && (
        <StatusLine icon="shield" tone="wait">
          {stateWords(view, names)}
        </StatusLine>
      )}
      {view.state === 'hidden' && <WhoHid view={view} />}
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
      <div class="ways">
        {!isOwn && !isAuthor && view.state !== 'hidden' && (
          <Button kind="danger" busy={busy} onClick={() => setHiding(true)}>
            {t(view.state === 'review' ? 'hide.second' : 'hide.act')}
          </Button>
        )}
        {isOwn && (
          <Button kind="ghost" icon="undo" busy={busy} onClick={() => void lift()}>
            {t('hide.lift')}
          </Button>
        )}
        {reports.length > 0 && view.state !== 'hidden' && (
          <Button kind="ghost" icon="check" busy={busy} onClick={() => void stay()}>
            {t('hide.stay')}
          </Button>
        )}
      </div>
      <HideDialog about={about} open={hiding} onClose={() => setHiding(false)} />
    </Card>
  )
}

const ForAuthor = ({ view }: { view: HidingView }) => (
  <Card as="section" tone="wait">
    <StatusLine icon="shield" tone="wait">
      <span class="strong">{t('hide.mine')}</span>
    </StatusLine>
    <WhoHid view={view} />
  </Card>
)

/** Nothing while nobody wants it hidden and nothing was reported. */
export const Judgement = ({ about }: { about: TalkAbout }) => {
  const view = useHidings().get(about.id) ?? nothing
  const isCoordinator = useIsCoordinator()
  const names = useNames()
  const reports = useReportsAbout(about.id).filter(({ closed, creator }) => !closed && creator !== names.me)
  const isAuthor = about.creator === names.me
  if (isAuthor && view.state === 'hidden') return <ForAuthor view={view} />
  if (!isCoordinator || (view.state === 'shown' && reports.length === 0)) return null
  return <ForCoordinators about={about} reports={reports} />
}
