/** What a person says of himself on his page; on one's own, the way to say it. */

import '../components/styles/details.css'
import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { Chip } from '../components/chip.tsx'
import { useProfile } from '../hooks/use-profile.ts'
import { t } from '../i18n/translate.ts'
import type { ProfileRow } from '../records/profile/profile.ts'
import { Fact } from './fact.tsx'
import { saysNothing, skillWords, spokenName } from './profile-words.ts'

const Said = ({ profile }: { profile: ProfileRow }) => (
  <>
    {profile.skills.length > 0 && (
      <div class="chips">
        {skillWords(profile).map((words) => (
          <Chip key={words}>{words}</Chip>
        ))}
      </div>
    )}
    {profile.otherSkills !== '' && (
      <p>
        <Bdi>{profile.otherSkills}</Bdi>
      </p>
    )}
    <ul class="facts">
      {profile.languages.length > 0 && (
        <Fact icon="language">{profile.languages.map(spokenName).join(' · ')}</Fact>
      )}
      {profile.hours !== null && <Fact icon="clock">{t('profile.weekly', { count: profile.hours })}</Fact>}
      {profile.area !== '' && (
        <Fact icon="place">
          <Bdi>{profile.area}</Bdi>
        </Fact>
      )}
      {profile.remote && <Fact icon="call">{t('offer.remote')}</Fact>}
    </ul>
  </>
)

export const ProfileCard = ({ memberId, isMe }: { memberId: string; isMe: boolean }) => {
  const profile = useProfile(memberId)
  if (profile === undefined) return null
  const isEmpty = profile === null || saysNothing(profile)
  if (isEmpty && !isMe) return null
  return (
    <Card as="section">
      <h2>{t(isMe ? 'type.profile' : 'profile.theirs')}</h2>
      {isEmpty ? <p class="soft">{t('profile.emptyWhy')}</p> : <Said profile={profile} />}
      <div class="ways">
        {isMe && (
          <Button kind="ghost" icon="edit" href="/about-me">
            {t(isEmpty ? 'profile.write' : 'act.edit')}
          </Button>
        )}
        {profile && (
          <Button kind="quiet" icon="book" href={`/history/profile/${profile.id}`}>
            {t('history.title')}
          </Button>
        )}
      </div>
    </Card>
  )
}
