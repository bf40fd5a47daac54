/** Once a week, and only while something would be lost with this phone: one line, and the way to a backup. */

import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useBackupDue } from '../hooks/use-backup.ts'
import { t } from '../i18n/translate.ts'

export const BackupLine = () =>
  useBackupDue() ? (
    <Card>
      <div class="row spread">
        <StatusLine icon="storage">{t('backup.due')}</StatusLine>
        <Button kind="ghost" compact href="/backup">
          {t('backup.title')}
        </Button>
      </div>
    </Card>
  ) : null
