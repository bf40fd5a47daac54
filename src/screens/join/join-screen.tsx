/** The way in by a link: says which network it opens, asks for a name, joins; or takes a pasted link. */

import { useState } from 'preact/hooks'
import { InAppHint } from '../../components/in-app-hint.tsx'
import { Screen } from '../../components/screen.tsx'
import { useInvite } from '../../hooks/use-invite.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { t } from '../../i18n/translate.ts'
import { JoinForm } from './join-form.tsx'
import { PasteLink } from './paste-link.tsx'

export default function JoinScreen() {
  const { invite, use, forget } = useInvite()
  const back = useNetwork() ? '/network' : '/'
  // by this phone's clock the link is over: the clock may be wrong, and the relay knows better
  const [anyway, setAnyway] = useState<string | null>(null)
  if (invite.state === 'open' && (!invite.expired || anyway === invite.code)) {
    return (
      <JoinForm
        code={invite.code}
        networkName={invite.networkName}
        expiresAt={invite.expiresAt}
        approval={invite.approval}
        nickname={invite.nickname}
        onDone={forget}
        back={back}
      />
    )
  }
  if (invite.state === 'reading') {
    return (
      <Screen title={t('join.title')} back={back}>
        <p class="soft">{t('app.starting')}</p>
      </Screen>
    )
  }
  const problem =
    invite.state === 'broken'
      ? t('err.linkBroken')
      : invite.state === 'open'
        ? t('err.inviteExpired')
        : undefined
  return (
    <>
      <PasteLink
        problem={problem}
        onLink={use}
        onAnyway={invite.state === 'open' ? () => setAnyway(invite.code) : undefined}
        back={back}
      />
      <InAppHint link={location.origin} />
    </>
  )
}
