/** The rehearsal: opens a backup, reads all of it, says so, and changes nothing. */

import { useState } from 'preact/hooks'
import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { BackupSummary } from '../../hooks/use-backup.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { backupWords } from '../backup-words.ts'
import { OpenBackup } from '../open-backup.tsx'

const Sound = ({ networkName, madeAt, entries, readable }: BackupSummary) => (
  <>
    <StatusLine icon="check" tone="act">
      {t('backup.works', { network: networkName, date: formatDate(madeAt) })}
    </StatusLine>
    <p>{t('backup.entries', { count: readable })}</p>
    {readable < entries && <p class="soft">{t('backup.forOthers', { count: entries - readable })}</p>}
  </>
)

export const TryBackup = () => {
  const { run, busy, error } = useCommand()
  const [found, setFound] = useState<BackupSummary | null>(null)
  const open = async (file: Uint8Array, passphrase: string) => {
    setFound(null)
    const result = await run({ type: 'backup.check', file, passphrase })
    if (result.ok) setFound(result.value.backup ?? null)
  }
  return (
    <Card as="section">
      <h2>{t('backup.try')}</h2>
      <p class="soft">{t('backup.tryWhat')}</p>
      <OpenBackup
        act={t('backup.tryAct')}
        busy={busy}
        problem={error && backupWords(error)}
        onOpen={(file, passphrase) => void open(file, passphrase)}
      >
        {found && <Sound {...found} />}
      </OpenBackup>
    </Card>
  )
}
