/** What a network decides for itself: who may invite. */

import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { Toggle } from '../../components/toggle.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMembersMayInvite } from '../../hooks/use-people.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

export const NetworkRules = () => {
  const membersMayInvite = useMembersMayInvite()
  const { run, error } = useCommand()
  return (
    <Card as="section">
      <Toggle
        label={t('network.membersInvite')}
        hint={t('network.membersInviteWhat')}
        checked={membersMayInvite}
        onChange={(checked) => void run({ type: 'network.settings', membersMayInvite: checked })}
      />
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </Card>
  )
}
