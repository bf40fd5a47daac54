/** How far a table is written; one that the closing of the app cut off goes on from where it was. */

import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Meter } from '../../components/meter.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { Import, ImportJob } from '../../hooks/use-import.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { formatNumber, t } from '../../i18n/translate.ts'

export const JobCard = ({ job, run, forget }: Omit<Import, 'job'> & { job: ImportJob }) => {
  const far = t('import.far', { done: formatNumber(job.done), total: formatNumber(job.total) })
  return (
    <Card as="section">
      <div class="stack" role="status">
        {job.state === 'finished' ? (
          <StatusLine icon="saved" tone="act">
            {t('import.finished', { count: job.total })}
          </StatusLine>
        ) : (
          <>
            <p class="strong">{far}</p>
            <Meter value={job.done} max={job.total} label={far} />
          </>
        )}
        {job.error && <p class="field-error">{errorWords(job.error)}</p>}
        {job.state === 'running' && <p class="soft">{t('import.stayOrGo')}</p>}
      </div>
      {job.state === 'stopped' && (
        <div class="row">
          <Button onClick={() => void run()}>{t('import.goOn')}</Button>
          <Button kind="ghost" onClick={() => void forget()}>
            {t('import.leaveRest')}
          </Button>
        </div>
      )}
      {job.state === 'finished' && (
        <div class="row">
          <Button href="/board">{t('import.see')}</Button>
          <Button kind="ghost" onClick={() => void forget()}>
            {t('import.another')}
          </Button>
        </div>
      )}
    </Card>
  )
}
