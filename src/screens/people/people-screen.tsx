/** The people of the network, in one list over all scripts. */

import '../../components/styles/people.css'
import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { PersonBadge } from '../../components/person-badge.tsx'
import { Screen } from '../../components/screen.tsx'
import { useAdmission } from '../../hooks/use-admission.ts'
import { useMembers } from '../../hooks/use-network.ts'
import { useMayInvite } from '../../hooks/use-people.ts'
import { useProfiles } from '../../hooks/use-profile.ts'
import { formatDate } from '../../i18n/time.ts'
import { language, t } from '../../i18n/translate.ts'
import { byName, findPeople, initialOf, isShared, sharedNames, tintOf } from '../people-order.ts'
import { profileText } from '../profile-words.ts'
import { RequestsLine } from '../requests-line.tsx'
import { roleIcons } from '../role-choice.tsx'
import { SearchField } from '../search-field.tsx'
import { UnlessAsked } from '../unless-asked.tsx'

type Member = NonNullable<ReturnType<typeof useMembers>>[number]

const Person = ({ member, twice }: { member: Member; twice: boolean }) => {
  const name = member.name || t('people.unknown')
  const isMe = member.isMe === 1
  return (
    <li class="list-row">
      <a class="list-row-main" href={`/member/${member.deviceId}`}>
        <PersonBadge letter={initialOf(name)} tint={tintOf(member.deviceId)} />
        <span class="list-row-words person-words">
          <span>
            <span class="list-row-title">
              <Bdi>{name}</Bdi>
              {isMe && <span class="soft"> · {t('people.me')}</span>}
            </span>
            {twice && (
              <span class="list-row-detail">{t('people.joined', { date: formatDate(member.joinedAt) })}</span>
            )}
          </span>
          {member.votes.length > 0 && <Chip tone="wait">{t('vote.open')}</Chip>}
          {member.role !== 'member' && (
            <Chip tone={member.role === 'coordinator' ? 'act' : 'plain'} icon={roleIcons[member.role]}>
              {t(`role.${member.role}`)}
            </Chip>
          )}
        </span>
        <Icon name="forward" />
      </a>
    </li>
  )
}

/** So many can be seen at once; more need a search. */
const searchFrom = 8

const PeopleScreen = () => {
  const members = useMembers()
  const mayInvite = useMayInvite()
  const profiles = useProfiles()
  const [text, setText] = useState('')
  const admission = useAdmission()
  if (!members) return <Screen title={t('nav.people')}>{null}</Screen>
  // whoever still asks knows of some that they are there, and of nobody who it is
  if (admission !== 'in') {
    return (
      <Screen title={t('nav.people')}>
        <UnlessAsked>{null}</UnlessAsked>
      </Screen>
    )
  }
  const shared = sharedNames(members)
  const shown = byName(
    findPeople(members, text, (id) => {
      const profile = profiles.get(id)
      return profile ? profileText(profile) : ''
    }),
    language.value,
  )
  return (
    <Screen title={t('nav.people')} under={<p class="soft">{t('n.members', { count: members.length })}</p>}>
      <RequestsLine />
      {(members.length >= searchFrom || text !== '') && (
        <SearchField label={t('people.search')} value={text} onInput={setText} />
      )}
      {shown.length > 0 && (
        <ul class="list two-wide">
          {shown.map((member) => (
            <Person key={member.deviceId} member={member} twice={isShared(shared, member.name)} />
          ))}
        </ul>
      )}
      {shown.length === 0 && text !== '' && <p class="soft">{t('people.nobody')}</p>}
      {members.length >= 2 && text === '' && mayInvite && (
        <Button kind="ghost" icon="invite" href="/invite">
          {t('inv.make')}
        </Button>
      )}
      {members.length < 2 && members[0]?.isMe === 1 && (
        <EmptyState
          drawing="houses"
          title={t('people.alone')}
          action={<Button href="/invite">{t('inv.make')}</Button>}
        >
          {t('people.aloneWhy')}
        </EmptyState>
      )}
    </Screen>
  )
}

export default PeopleScreen
