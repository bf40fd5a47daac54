/** One person: the name, what the role means, and what is open. */

import '../../components/styles/records.css'
import type { ComponentChildren } from 'preact'
import { useRoute } from 'preact-iso'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { PersonBadge } from '../../components/person-badge.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { type MemberThings, useMember } from '../../hooks/use-member.ts'
import { useMe } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { NeedCard } from '../need-card.tsx'
import { OfferCard } from '../offer-card.tsx'
import { initialOf, tintOf } from '../people-order.ts'
import { ProfileCard } from '../profile-card.tsx'
import { roleIcons } from '../role-choice.tsx'
import { MemberActs } from './member-acts.tsx'
import { MyPlace } from './my-place.tsx'
import { Standing } from './standing.tsx'
import { Votes } from './votes.tsx'

const Part = ({ title, count, children }: { title: string; count: number; children: ComponentChildren }) =>
  count === 0 ? null : (
    <section class="stack">
      <h2 class="section-head">{title}</h2>
      <ul class="records">{children}</ul>
    </section>
  )

const Loaded = ({ things, unsent }: { things: MemberThings; unsent: Unsent }) => {
  const { member, needs, offers, taken } = things
  const names = useNames()
  const now = useNow()
  const me = useMe()
  const isIn = member.end === null
  const open = needs.length + offers.length + taken.length
  const name = member.name || t('people.unknown')
  // what only coordinators may do about another person stands below what that person does
  const mayAct = isIn && member.isMe === 0 && me?.role === 'coordinator' && me.end === null
  const acting = mayAct ? me : null
  const need = (card: (typeof needs)[number]) => (
    <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />
  )
  return (
    <Screen
      title={name}
      back="/people"
      heading={
        <span class="record-heading">
          <PersonBadge letter={initialOf(name)} tint={tintOf(member.deviceId)} />
          <Bdi>{name}</Bdi>
        </span>
      }
      under={<Standing member={member} names={names} />}
    >
      {isIn && <StatusLine icon={roleIcons[member.role]}>{t(`member.${member.role}`)}</StatusLine>}
      <ProfileCard memberId={member.deviceId} isMe={isIn && member.isMe === 1} />
      {isIn && member.isMe === 1 && <MyPlace me={member} />}
      {acting && <Votes member={member} me={acting} />}
      {open > 0 && (
        <div class="columns">
          <Part title={t('member.claims')} count={taken.length}>
            {taken.map(need)}
          </Part>
          <Part title={t('member.needs')} count={needs.length}>
            {needs.map(need)}
          </Part>
          <Part title={t('member.offers')} count={offers.length}>
            {offers.map((card) => (
              <OfferCard key={card.offer.id} card={card} names={names} unsent={unsent} />
            ))}
          </Part>
        </div>
      )}
      {member.isMe === 0 && open === 0 && <p class="soft">{t('member.nothing')}</p>}
      {acting && <MemberActs member={member} me={acting} />}
    </Screen>
  )
}

const MemberScreen = () => {
  const { params } = useRoute()
  const things = useMember(params.id ?? '')
  const unsent = useUnsentThings()
  if (things === undefined || unsent === undefined) return null
  if (things !== null) return <Loaded things={things} unsent={unsent} />
  return (
    <Screen title={t('nav.people')} back="/people">
      <EmptyState
        drawing="door"
        title={t('member.gone')}
        action={<Button href="/people">{t('nav.people')}</Button>}
      />
    </Screen>
  )
}

export default MemberScreen
