/** Whose card it is and as what he comes in, before he does. */

import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useMembers } from '../../hooks/use-network.ts'
import { t } from '../../i18n/translate.ts'
import { comesAsMember, type RoleName } from '../people-rules.ts'
import { RoleChoice } from '../role-choice.tsx'

interface ConfirmCardProps {
  title: string
  name: string
  /** another phone of this very person */
  isOwn: boolean
  busy: boolean
  problem: string | undefined
  onAdmit: (as: RoleName | 'myDevice') => void
  onBack: () => void
}

export const ConfirmCard = (props: ConfirmCardProps) => {
  const { title, name, isOwn, busy, problem, onAdmit, onBack } = props
  const members = useMembers() ?? []
  const [role, setRole] = useState<RoleName>('member')
  return (
    <Screen
      title={title}
      actions={
        <>
          <Button icon="check" busy={busy} onClick={() => onAdmit(isOwn ? 'myDevice' : role)}>
            {isOwn ? t('meet.addPhone') : t('join.approve')}
          </Button>
          <Button kind="ghost" onClick={onBack}>
            {t('act.dismiss')}
          </Button>
        </>
      }
    >
      <Card as="section">
        <p class="soft">{t('meet.cardSays')}</p>
        <p class="lead strong">
          <Bdi>{name}</Bdi>
        </p>
        <p class="soft">{isOwn ? t('meet.ownWhat') : t('meet.confirmWhat')}</p>
      </Card>
      {!isOwn && (
        <RoleChoice
          legend={t('invite.role')}
          roles={['member', 'coordinator', 'follower']}
          value={role}
          onChange={setRole}
        />
      )}
      {!isOwn && comesAsMember(role, members) && (
        <StatusLine icon="people">{t('vote.memberFirst')}</StatusLine>
      )}
      {problem && (
        <StatusLine icon="warning" tone="urgent">
          {problem}
        </StatusLine>
      )}
    </Screen>
  )
}
