/** A backup comes back: what is in it can be read at once, and is added to what is here. */

import { useLocation } from 'preact-iso'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { useNetworkShown } from '../../hooks/use-network-shown.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { backupWords } from '../backup-words.ts'
import { OpenBackup } from '../open-backup.tsx'

export default function RestoreScreen() {
  const network = useNetwork()
  const { route } = useLocation()
  const { run, busy, error } = useCommand()
  const isShown = useNetworkShown()
  const restore = async (file: Uint8Array, passphrase: string) => {
    const result = await run({ type: 'backup.restore', file, passphrase })
    if (!result.ok) return
    const { networkId, networkName = '', backup } = result.value
    // the way into a place of members is closed before
    if (networkId !== undefined) await isShown(networkId)
    const ago = timeAgo(backup?.madeAt ?? Date.now(), Date.now())
    showToast(t('backup.restored', { network: networkName, ago }))
    route('/today', true)
  }
  return (
    <Screen title={t('backup.restore')} back={network ? '/backup' : '/'}>
      <p>{t('backup.restoreLead')}</p>
      {network && (
        <StatusLine icon="shield" tone="act">
          {t('backup.adds')}
        </StatusLine>
      )}
      <OpenBackup
        act={t('backup.restoreAct')}
        busy={busy}
        problem={error && backupWords(error)}
        onOpen={(file, passphrase) => void restore(file, passphrase)}
      />
    </Screen>
  )
}
