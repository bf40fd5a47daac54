/** Since when somebody is here and by whose invitation; of who is not in any more, how that came. */

import { StatusLine } from '../../components/status-line.tsx'
import type { MemberThings } from '../../hooks/use-member.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { Names } from '../names.ts'

export const Standing = ({ member, names }: { member: MemberThings['member']; names: Names }) => (
  <div class="stack tight">
    <p class="soft">
      {t('member.joined', { date: formatDate(member.joinedAt) })}
      {member.invitedBy !== null && ` · ${t('member.invitedBy', { name: names.nameOf(member.invitedBy) })}`}
    </p>
    {member.end !== null && (
      <StatusLine icon="info" tone="wait">
        {member.end === 'left' || member.endedBy === null
          ? t('member.left')
          : t('member.removed', { name: names.nameOf(member.endedBy) })}
      </StatusLine>
    )}
  </div>
)
