/** My network: how sending stands, who is in it, the way to invite, and where everything else is. */

import '../../components/styles/details.css'
import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { SendLine } from '../../components/send-line.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useDoor } from '../../hooks/door.ts'
import { useMembers, useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayInvite } from '../../hooks/use-people.ts'
import { useMayWrite, useStatus, useUnsentCount } from '../../hooks/use-status.ts'
import { t } from '../../i18n/translate.ts'
import { ExchangeProgress } from '../exchange-progress.tsx'
import { laterPart } from '../later-part.tsx'
import { isOnlyCoordinator } from '../people-rules.ts'
import { RequestsLine } from '../requests-line.tsx'
import { NetworkPart } from './network-part.tsx'
import { OtherNetworks } from './other-networks.tsx'
import { RenameDialog } from './rename-dialog.tsx'

/** What coordinators alone decide. */
const NetworkRules = laterPart(() => import('./network-rules.tsx').then((parts) => parts.NetworkRules))

const KeepingRows = laterPart(() => import('./keeping-rows.tsx').then((parts) => parts.KeepingRows))

const Standing = () => {
  const status = useStatus()
  const unsent = useUnsentCount()
  const now = useNow()
  if (unsent === undefined) return null
  return (
    <div class="stack tight">
      <SendLine
        unsent={unsent}
        // live, all comes at once, and the next line says so
        lastExchangeAt={status.live ? null : status.lastExchangeAt}
        now={now}
        sending={status.exchange === 'running'}
      />
      <ExchangeProgress />
      {status.live && <StatusLine icon="people">{t('network.live')}</StatusLine>}
      {status.problem !== null && (
        <StatusLine icon="info" tone={status.problem === 'offline' ? 'plain' : 'urgent'}>
          {t(`problem.${status.problem}`)}
        </StatusLine>
      )}
      {status.waiting > 0 && (
        <StatusLine icon="hourglass">{t('network.waiting', { count: status.waiting })}</StatusLine>
      )}
    </div>
  )
}

/** Others are here, and none of them could let anybody in. */
const OneCoordinator = () => (
  <Card tone="wait" as="section">
    <StatusLine icon="warning" tone="wait">
      <span class="strong">{t('member.onlyCoordinator')}</span>
    </StatusLine>
    <p class="soft">{t('network.secondCoordinator')}</p>
    <Button kind="ghost" href="/people" icon="people">
      {t('network.chooseCoordinator')}
    </Button>
  </Card>
)

/** `sent`: there is a copy outside, but no other phone can open it. */
const OnlyHere = ({ sent }: { sent: boolean }) => (
  <Card tone="wait" as="section">
    <StatusLine icon="warning" tone="wait">
      <span class="strong">{sent ? t('network.onlyOpens') : t('sto.only')}</span>
    </StatusLine>
    <p class="soft">{t('network.onlyWhy')}</p>
    <Button href="/invite" icon="invite">
      {t('inv.make')}
    </Button>
  </Card>
)

export default function NetworkScreen() {
  const network = useNetwork()
  const members = useMembers()
  const { install } = useDoor()
  const status = useStatus()
  const unsent = useUnsentCount()
  const mayInvite = useMayInvite()
  const mayWrite = useMayWrite()
  const [renaming, setRenaming] = useState(false)
  if (!network) return null
  const me = members?.find((member) => member.isMe === 1)
  const nickname = me?.name || network.nickname
  // whoever still asks, or is out, keeps no network and invites nobody
  const alone = me !== undefined && members?.length === 1
  return (
    <Screen
      title={t('network.title')}
      heading={network.name === '' ? t('network.title') : <Bdi>{network.name}</Bdi>}
      under={<Standing />}
    >
      <RequestsLine />
      {me && members && isOnlyCoordinator(me, members) && <OneCoordinator />}
      {alone && <OnlyHere sent={unsent === 0 || status.lastExchangeAt !== null} />}
      <div class="columns">
        <div class="stack">
          <List>
            <ListRow
              href="/people"
              icon="people"
              title={t('network.people')}
              detail={members && t('n.members', { count: members.length })}
            />
            {mayInvite && !alone && (
              <ListRow href="/invite" icon="invite" title={t('inv.make')} detail={t('network.inviteWhy')} />
            )}
            <ListRow
              href="/neighbour"
              icon="scan"
              title={t('network.neighbour')}
              detail={t('network.neighbourWhy')}
            />
            <ListRow
              icon="person"
              onClick={() => setRenaming(true)}
              title={t('network.me')}
              detail={<Bdi>{nickname}</Bdi>}
            />
            {me && (
              <ListRow
                href={`/member/${me.deviceId}`}
                icon="install"
                title={t('network.myPlace')}
                detail={t('network.myPlaceWhat')}
              />
            )}
          </List>
          {me?.role === 'coordinator' && <NetworkRules alone={alone} />}
        </div>
        <div class="stack">
          <NetworkPart title={t('network.tables')}>
            <ListRow href="/export" icon="share" tone="plain" title={t('network.export')} />
            {mayWrite && <ListRow href="/import" icon="paste" tone="plain" title={t('network.import')} />}
          </NetworkPart>
          <KeepingRows />
          <OtherNetworks />
          <NetworkPart title={t('settings.about')}>
            {install.value && (
              <ListRow
                onClick={() => void install.peek()?.()}
                icon="install"
                tone="plain"
                title={t('sto.install')}
                detail={t('sto.installWhy')}
              />
            )}
            <ListRow href="/help" icon="help" tone="plain" title={t('guide.title')} />
            <ListRow href="/settings" icon="settings" tone="plain" title={t('settings.title')} />
          </NetworkPart>
        </div>
      </div>
      <RenameDialog open={renaming} name={nickname} onClose={() => setRenaming(false)} />
    </Screen>
  )
}
