/** The ways to bring somebody in: face to face, or by a link whose meaning is said before; and the invites that are open. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { Screen } from '../../components/screen.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMembers, useNetwork } from '../../hooks/use-network.ts'
import { useMayInvite } from '../../hooks/use-people.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { ByCoordinators } from '../by-coordinators.tsx'
import { comesAsMember, type RoleName } from '../people-rules.ts'
import { RoleChoice } from '../role-choice.tsx'
import { InviteMeaning } from './invite-meaning.tsx'
import { OpenInvites, type Shared } from './open-invites.tsx'
import { ReadyLink } from './ready-link.tsx'

type Length = 'day' | 'days' | 'week'
type Entry = 'approval' | 'open'
const hoursOf: Readonly<Record<Length, number>> = { day: 24, days: 72, week: 168 }
const maxUses = 50
const hourMs = 3600_000

const NotForMembers = () => (
  <Screen title={t('invite.title')} back="/network" backLabel={t('nav.network')}>
    <ByCoordinators />
  </Screen>
)

export default function InviteScreen() {
  const network = useNetwork()
  const may = useMayInvite()
  const members = useMembers() ?? []
  const { run, busy, error } = useCommand()
  const [role, setRole] = useState<RoleName>('member')
  const [entry, setEntry] = useState<Entry>('approval')
  const [length, setLength] = useState<Length>('days')
  const [uses, setUses] = useState(1)
  const [link, setLink] = useState<Shared | null>(null)
  if (!network) return null
  if (may === null) return <NotForMembers />
  if (link !== null) return <ReadyLink {...link} networkName={network.name} onAgain={() => setLink(null)} />

  const approval = may === 'onApproval' || entry === 'approval'
  // who may invite and see addresses comes in at once only by a link for one, for a day
  const isNarrow = role === 'coordinator' && !approval
  const make = async () => {
    const terms = isNarrow ? { hours: hoursOf.day, uses: 1 } : { hours: hoursOf[length], uses }
    const result = await run({ type: 'invite.make', role, approval, ...terms, origin: location.origin })
    if (!result.ok || result.value.link === undefined) return
    const { link: made, code = null } = result.value
    setLink({ link: made, code, approval, expiresAt: Date.now() + terms.hours * hourMs })
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
      {may === 'anybody' && (
        <List>
          <ListRow href="/admit" icon="scan" title={t('meet.invite')} detail={t('meet.inviteWhy')} />
        </List>
      )}
      <h2>{t('invite.byLink')}</h2>
      <RoleChoice
        legend={t('invite.role')}
        roles={may === 'anybody' ? ['member', 'coordinator', 'follower'] : ['member', 'follower']}
        value={role}
        onChange={setRole}
      />
      {comesAsMember(role, members) && <StatusLine icon="people">{t('vote.memberFirst')}</StatusLine>}
      {may === 'anybody' && (
        <SegmentedChoice
          legend={t('invite.entry')}
          options={[
            { value: 'approval', label: t('invite.onApproval'), icon: 'shield' },
            { value: 'open', label: t('invite.atOnce'), icon: 'link', tone: 'wait' },
          ]}
          value={entry}
          onChange={setEntry}
        />
      )}
      <InviteMeaning approval={approval} />
      {isNarrow && <p class="soft">{t('invite.coordinatorAtOnce')}</p>}
      {!isNarrow && (
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
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
      <OpenInvites onShare={setLink} />
    </Screen>
  )
}
