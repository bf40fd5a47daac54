/** What a coordinator may do about another person: give a role, remove. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Sheet } from '../../components/dialog.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import type { MemberThings } from '../../hooks/use-member.ts'
import { useMembers } from '../../hooks/use-network.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { isVoteOnly, type RoleName } from '../people-rules.ts'
import { RoleChoice } from '../role-choice.tsx'

type Member = MemberThings['member']

export const MemberActs = ({ member, me }: { member: Member; me: Member }) => {
  const members = useMembers() ?? []
  const { run, busy, error, clearError } = useCommand()
  const [choosing, setChoosing] = useState(false)
  const [role, setRole] = useState<RoleName>(member.role)
  const open = () => {
    setRole(member.role)
    clearError()
    setChoosing(true)
  }
  const change = async () => {
    if (role === member.role) return setChoosing(false)
    const result = await run({ type: 'member.role', memberId: member.deviceId, role })
    if (!result.ok) return
    setChoosing(false)
    showToast(result.value.isVote ? t('vote.given') : t('member.roleChanged'))
  }
  return (
    <>
      <div class="acts">
        <Button kind="quiet" icon="shield" onClick={open}>
          {t('member.changeRole')}
        </Button>
        <Button kind="danger" icon="remove" href={`/remove/${member.deviceId}`}>
          {t('rem.act')}
        </Button>
      </div>
      <Sheet
        open={choosing}
        title={t('member.changeRole')}
        onClose={() => setChoosing(false)}
        actions={
          <Button busy={busy} onClick={() => void change()} wide>
            {t('act.save')}
          </Button>
        }
      >
        <RoleChoice
          legend={t('invite.role')}
          roles={['member', 'coordinator', 'follower']}
          value={role}
          onChange={setRole}
        />
        {role !== member.role && isVoteOnly(member, me, members, role) && (
          <StatusLine icon="people" tone="wait">
            {t('rem.two')}
          </StatusLine>
        )}
        {error && (
          <StatusLine icon="warning" tone="urgent">
            {errorWords(error)}
          </StatusLine>
        )}
      </Sheet>
    </>
  )
}
