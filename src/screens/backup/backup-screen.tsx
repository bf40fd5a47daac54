/** A backup of the network in use: made under a passphrase, taken out of the phone, tried. */

import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useLastBackup } from '../../hooks/use-backup.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { MakeBackup } from './make-backup.tsx'
import { TryBackup } from './try-backup.tsx'

const Last = () => {
  const last = useLastBackup()
  const now = useNow()
  if (last === undefined) return null
  return (
    <StatusLine icon={last ? 'check' : 'info'} tone={last ? 'act' : 'plain'}>
      {last ? t('backup.last', { ago: timeAgo(last.madeAt, now) }) : t('backup.never')}
    </StatusLine>
  )
}

export default function BackupScreen() {
  const network = useNetwork()
  return (
    <Screen title={t('backup.title')} back="/network" backLabel={t('nav.network')} under={<Last />}>
      <p>{t('backup.lead', { network: network?.name ?? '' })}</p>
      <MakeBackup />
      <TryBackup />
      <List>
        <ListRow
          href="/restore"
          icon="storage"
          tone="plain"
          title={t('backup.restore')}
          detail={t('backup.adds')}
        />
      </List>
    </Screen>
  )
}
