/** Telling the coordinators about a thing: why, in one tap, and in more words where there are any. */

import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Chip } from '../components/chip.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { useDraft } from '../hooks/use-draft.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { type ReportRow, reportLimits, reportReasons } from '../records/report/report.ts'
import type { TalkAbout } from './talk-about.ts'

interface ReportDialogProps {
  about: TalkAbout
  /** name of who wrote it, where it is a comment */
  commentBy?: string
  open: boolean
  onClose: () => void
}

const Form = ({ about, commentBy, onClose }: Omit<ReportDialogProps, 'open'>) => {
  const { run, busy, error } = useCommand()
  const draft = useDraft(`report.add.${about.id}`, { note: '' })
  const [reason, setReason] = useState<ReportRow['reason'] | null>(null)
  const send = async () => {
    const { id: aboutId, type: aboutType } = about
    const result = await run({
      ...{ type: 'report.add', aboutId, aboutType, note: draft.value.note },
      reason: reason ?? 'other',
    })
    if (!result.ok) return
    await draft.clear()
    onClose()
    showToast(t('report.done'), 'saved')
  }
  return (
    <>
      {commentBy !== undefined && <p class="strong">{t('report.about', { name: commentBy })}</p>}
      <p class="soft">{t('report.lead')}</p>
      <p class="strong">{t('report.why')}</p>
      <div class="chips">
        {reportReasons.map((one) => (
          <Chip key={one} pressed={reason === one} onClick={() => setReason(one)}>
            {t(`report.${one}`)}
          </Chip>
        ))}
      </div>
      <Field
        label={t('report.note')}
        optional
        rows={3}
        value={draft.value.note}
        onInput={(note) => draft.change({ note })}
        max={reportLimits.noteChars}
      />
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {error.code === 'nobodyToTell' ? t('report.nobody') : errorWords(error)}
        </StatusLine>
      )}
      <div class="dialog-actions">
        <Button kind="ghost" onClick={onClose}>
          {t('act.dismiss')}
        </Button>
        <Button icon="send" busy={busy} onClick={() => void send()}>
          {t('report.send')}
        </Button>
      </div>
    </>
  )
}

export const ReportDialog = ({ open, onClose, ...form }: ReportDialogProps) => (
  <Dialog open={open} title={t('report.open')} onClose={onClose}>
    <Form {...form} onClose={onClose} />
  </Dialog>
)
