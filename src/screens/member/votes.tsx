/** What coordinators want of a person, which needs one more of them. */

import { StatusLine } from '../../components/status-line.tsx'
import type { MemberThings } from '../../hooks/use-member.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'

type Member = MemberThings['member']

export const Votes = ({ member, me }: { member: Member; me: Member }) => {
  const names = useNames()
  return (
    <>
      {member.votes.map(({ by, change }) => (
        <StatusLine key={`${by} ${change}`} icon="people" tone="wait">
          {by === me.deviceId
            ? t(change === 'remove' ? 'vote.myRemove' : 'vote.myRole')
            : t(change === 'remove' ? 'vote.theirRemove' : 'vote.theirRole', {
                name: names.nameOf(by),
                role: change === 'remove' ? '' : t(`role.${change}`),
              })}
        </StatusLine>
      ))}
    </>
  )
}
