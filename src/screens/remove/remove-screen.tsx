/** Removing somebody: what stops, what stays with him, and who else must agree, in words and before it is done. */

import '../../components/styles/invites.css'
import { useLocation, useRoute } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMe, useMembers } from '../../hooks/use-network.ts'
import { useStatus } from '../../hooks/use-status.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { isVoteOnly, votersFor } from '../people-rules.ts'

const RemoveScreen = () => {
  const { params } = useRoute()
  const { route } = useLocation()
  const members = useMembers()
  const me = useMe()
  const names = useNames()
  const { run, busy, error } = useCommand()
  const { problem } = useStatus()
  if (!members || !me) return null
  const member = members.find(({ deviceId }) => deviceId === params.id)
  if (!member || member.isMe === 1 || me.role !== 'coordinator') {
    return (
      <Screen title={t('rem.act')} back="/people">
        <EmptyState
          drawing="door"
          title={t('member.gone')}
          action={<Button href="/people">{t('nav.people')}</Button>}
        />
      </Screen>
    )
  }
  const name = member.name || t('people.unknown')
  const others = votersFor(member, 'remove', me.deviceId)
  const needsTwo = isVoteOnly(member, me, members, 'remove')
  const remove = async () => {
    const result = await run({ type: 'member.remove', memberId: member.deviceId })
    if (!result.ok) return
    showToast(result.value.isVote ? t('vote.given') : t('rem.done', { name }))
    route(result.value.isVote ? `/member/${member.deviceId}` : '/people', true)
  }
  return (
    <Screen
      title={t('rem.title', { name })}
      back={`/member/${member.deviceId}`}
      actions={
        <>
          <Button kind="danger" icon="remove" busy={busy} onClick={() => void remove()}>
            {needsTwo ? t('rem.vote') : t('rem.act')}
          </Button>
          <Button kind="ghost" href={`/member/${member.deviceId}`}>
            {t('act.dismiss')}
          </Button>
        </>
      }
    >
      <Card as="section">
        <h2>{t('rem.stops')}</h2>
        <ul class="points">
          <li>{t('rem.nothingNew', { name })}</li>
          <li>{t('rem.invites')}</li>
          <li>{t('rem.phones')}</li>
        </ul>
      </Card>
      <Card as="section" tone="wait">
        <h2>{t('rem.stays')}</h2>
        <ul class="points">
          <li>{t('rem.keeps')}</li>
          <li>{t('rem.things')}</li>
          <li>{t('rem.back')}</li>
        </ul>
      </Card>
      {(problem === 'offline' || !navigator.onLine) && (
        <StatusLine icon="waiting" tone="wait">
          {t('rem.offline', { name })}
        </StatusLine>
      )}
      {needsTwo && (
        <StatusLine icon="people" tone="wait">
          {t('rem.two')}
        </StatusLine>
      )}
      {others.map((by) => (
        <StatusLine key={by} icon="check">
          {t('vote.by', { name: names.nameOf(by) })}
        </StatusLine>
      ))}
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </Screen>
  )
}

export default RemoveScreen
