/** Since when somebody is here and by whose invitation; of who is not in any more, how that came. */

import { StatusLine } from '../../components/status-line.tsx'
import type { MemberThings } from '../../hooks/use-member.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { Names } from '../names.ts'

const endWords = ({ end, endedBy }: MemberThings['member'], names: Names): string => {
  if (end === 'left' || endedBy === null) return t('member.left')
  return endedBy === names.me ? t('member.removedByMe') : t('member.removed', { name: names.nameOf(endedBy) })
}

const inviterWords = (invitedBy: string, names: Names): string =>
  invitedBy === names.me ? t('member.invitedByMe') : t('member.invitedBy', { name: names.nameOf(invitedBy) })

export const Standing = ({ member, names }: { member: MemberThings['member']; names: Names }) => (
  <div class="stack tight">
    <p class="soft">
      {t('member.joined', { date: formatDate(member.joinedAt) })}
      {member.invitedBy !== null && ` · ${inviterWords(member.invitedBy, names)}`}
    </p>
    {member.end !== null && (
      <StatusLine icon="info" tone="wait">
        {endWords(member, names)}
      </StatusLine>
    )}
  </div>
)
