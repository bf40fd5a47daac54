/** Makes a link into the network, and says before that what such a link means. */

import '../../components/styles/invites.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Screen } from '../../components/screen.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { ReadyLink } from './ready-link.tsx'

type Role = 'member' | 'coordinator'
type Length = 'day' | 'days' | 'week'
const hoursOf: Readonly<Record<Length, number>> = { day: 24, days: 72, week: 168 }
const maxUses = 50
const hourMs = 3600_000

const NotForMembers = () => (
  <Screen title={t('invite.title')} back="/network" backLabel={t('nav.network')}>
    <EmptyState
      drawing="door"
      title={t('invite.byCoordinators')}
      action={
        <Button href="/people" icon="people">
          {t('nav.people')}
        </Button>
      }
    >
      {t('invite.byCoordinatorsWhy')}
    </EmptyState>
  </Screen>
)

export default function InviteScreen() {
  const network = useNetwork()
  const me = useMe()
  const { run, busy, error } = useCommand()
  const [length, setLength] = useState<Length>('days')
  const [uses, setUses] = useState(1)
  const [role, setRole] = useState<Role>('member')
  const [link, setLink] = useState<{ link: string; expiresAt: number } | null>(null)
  if (!network) return null
  if (me && me.role !== 'coordinator') return <NotForMembers />
  if (link !== null) return <ReadyLink {...link} networkName={network.name} onAgain={() => setLink(null)} />

  const make = async () => {
    // who may invite and see addresses comes in by a link for one, for a day
    const terms = role === 'member' ? { hours: hoursOf[length], uses } : { hours: hoursOf.day, uses: 1 }
    const result = await run({
      type: 'invite.make',
      role,
      approval: false,
      ...terms,
      origin: location.origin,
    })
    if (!result.ok || result.value.link === undefined) return
    setLink({ link: result.value.link, expiresAt: Date.now() + terms.hours * hourMs })
  }
  return (
    <Screen
      title={t('invite.title')}
      back="/network"
      backLabel={t('nav.network')}
      actions={
        <Button icon="link" busy={busy} onClick={() => void make()} wide>
          {busy ? t('invite.making') : t('invite.make')}
        </Button>
      }
    >
      <p class="soft">{t('invite.lead')}</p>
      <SegmentedChoice
        legend={t('invite.role')}
        options={[
          { value: 'member', label: t('role.member') },
          { value: 'coordinator', label: t('role.coordinators') },
        ]}
        value={role}
        onChange={setRole}
      />
      {role === 'coordinator' && <p class="soft">{t('invite.coordinatorWhat')}</p>}
      {role === 'member' && (
        <>
          <SegmentedChoice
            legend={t('invite.hours')}
            options={[
              { value: 'day', label: t('invite.day') },
              { value: 'days', label: t('invite.days') },
              { value: 'week', label: t('invite.week') },
            ]}
            value={length}
            onChange={setLength}
          />
          <NumberField label={t('invite.uses')} value={uses} max={maxUses} onChange={setUses} />
        </>
      )}
      <Card tone="wait" as="section">
        <h2>{t('invite.meansTitle')}</h2>
        <ul class="points">
          <li>{t('invite.meansNow')}</li>
          <li>{t('invite.meansLater')}</li>
          <li>{t('invite.meansBest')}</li>
        </ul>
      </Card>
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </Screen>
  )
}
