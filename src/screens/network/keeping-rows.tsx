/** What keeps the network from being lost, what it takes on this phone, and what has not left it. */

import { List, ListRow } from '../../components/list-row.tsx'
import { useLastBackup } from '../../hooks/use-backup.ts'
import { useNow } from '../../hooks/use-now.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { BackupLine } from '../backup-line.tsx'

export const KeepingRows = () => {
  const last = useLastBackup()
  const now = useNow()
  return (
    <>
      <BackupLine />
      <h2 class="section-head part-head">{t('member.thisPhone')}</h2>
      <List>
        <ListRow
          href="/backup"
          icon="lock"
          tone="plain"
          title={t('backup.title')}
          detail={last ? t('backup.last', { ago: timeAgo(last.madeAt, now) }) : t('backup.never')}
        />
        <ListRow href="/storage" icon="storage" tone="plain" title={t('storage.title')} />
        <ListRow href="/outbox" icon="waiting" tone="plain" title={t('outbox.title')} />
      </List>
    </>
  )
}
