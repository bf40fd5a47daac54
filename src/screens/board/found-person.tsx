/** A person among what was found: the name, what tells apart, what can be done for others. */

import { Bdi } from '../../components/bdi.tsx'
import { Icon } from '../../components/icon.tsx'
import { PersonBadge } from '../../components/person-badge.tsx'

import { t } from '../../i18n/translate.ts'
import type { Names } from '../names.ts'
import { initialOf, tintOf } from '../people-order.ts'
import type { Member } from './use-found.ts'

export const FoundPerson = ({ member, names }: { member: Member; names: Names }) => {
  const name = member.name || t('people.unknown')
  const apart = names.apartWords(member.deviceId)
  return (
    <li class="list-row">
      <a class="list-row-main" href={`/member/${member.deviceId}`}>
        <PersonBadge letter={initialOf(name)} tint={tintOf(member.deviceId)} />
        <span class="list-row-words">
          <span class="list-row-title">
            <Bdi>{name}</Bdi>
            {member.isMe === 1 && <span class="soft"> · {t('people.me')}</span>}
          </span>
          {apart !== '' && <span class="list-row-detail">{apart}</span>}
        </span>
        <Icon name="forward" />
      </a>
    </li>
  )
}
