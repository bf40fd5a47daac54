/** A network that came out of a backup: how one can write again, and what is possible where nobody could say yes. */

import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMembers, useMyId, useNetwork } from '../../hooks/use-network.ts'
import { useSettings } from '../../hooks/use-settings.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

export const RestoredActs = () => {
  const network = useNetwork()
  const members = useMembers()
  const me = useMyId()
  const { settings } = useSettings()
  const { run, busy, error } = useCommand()
  const { route } = useLocation()
  if (!network || !members) return null
  const others = members.filter(({ role, deviceId }) => role === 'coordinator' && deviceId !== me)
  const beginAnew = async () => {
    const { nickname } = network
    const begun = await run({ type: 'backup.begin-anew', nickname, language: settings.language })
    if (!begun.ok) return
    showToast(t('backup.begun'))
    route('/board')
  }
  return (
    <>
      <p class="soft">{t('backup.oldName')}</p>
      {others.length === 0 && (
        <>
          <p>{t('backup.nobody')}</p>
          <Button icon="book" busy={busy} onClick={() => void beginAnew()}>
            {t('backup.anew')}
          </Button>
        </>
      )}
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
      <Button href="/meet" kind="ghost" icon="scan">
        {t('join.face')}
      </Button>
    </>
  )
}
