/** What one can do about somebody else's words: tell the coordinators, and as one of them hide it. */

import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useHidings } from '../hooks/use-hidings.ts'
import { useIsCoordinator, useReportsAbout } from '../hooks/use-talk.ts'
import { t } from '../i18n/translate.ts'
import { HideDialog } from './hide-dialog.tsx'
import { useNames } from './names.ts'
import { ReportDialog } from './report-dialog.tsx'
import type { TalkAbout } from './talk-about.ts'

interface ReportActsProps {
  about: TalkAbout
  /** name of who wrote it, where it is a comment */
  commentBy?: string
  /** small, beside others */
  compact?: boolean
  mayHide?: boolean
}

export const ReportActs = ({ about, commentBy, compact = false, mayHide = true }: ReportActsProps) => {
  const { run, busy } = useCommand()
  const me = useNames().me
  const isCoordinator = useIsCoordinator()
  const isWanted = useHidings().get(about.id)?.by.length ?? 0
  const own = useReportsAbout(about.id).find(({ creator, closed }) => creator === me && !closed)
  const [open, setOpen] = useState<'report' | 'hide' | null>(null)
  if (about.creator === me) return null
  const close = () => setOpen(null)
  const withdraw = async (id: string) => {
    if ((await run({ type: 'report.withdraw', id })).ok) showToast(t('report.withdrawn'), 'undo')
  }
  const act = own
    ? { words: t('report.withdraw'), onClick: () => void withdraw(own.id) }
    : { words: t('report.open'), onClick: () => setOpen('report') }
  return (
    <>
      <Button kind="quiet" icon="shield" compact={compact} busy={busy} onClick={act.onClick}>
        {act.words}
      </Button>
      {mayHide && isCoordinator && isWanted === 0 && (
        <Button kind="quiet" icon="close" compact={compact} onClick={() => setOpen('hide')}>
          {t('hide.act')}
        </Button>
      )}
      <ReportDialog
        about={about}
        {...(commentBy === undefined ? {} : { commentBy })}
        open={open === 'report'}
        onClose={close}
      />
      <HideDialog about={about} open={open === 'hide'} onClose={close} />
    </>
  )
}

/** To who reported it: that the coordinators have it, or have looked and left it. */
export const OwnReportLine = ({ about }: { about: TalkAbout }) => {
  const me = useNames().me
  const own = useReportsAbout(about.id)
    .filter(({ creator }) => creator === me)
    .at(-1)
  if (!own) return null
  const why = t(`report.${own.reason}`)
  return <p class="soft">{own.closed ? t('report.mineClosed') : t('report.mine', { why })}</p>
}
