/** The way in by a link: says which network it opens, asks for a name, joins; or takes a pasted link. */

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
  if (invite.state === 'open' && !invite.expired) {
    return (
      <JoinForm
        code={invite.code}
        networkName={invite.networkName}
        expiresAt={invite.expiresAt}
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
      <PasteLink problem={problem} onLink={use} back={back} />
      <InAppHint link={location.origin} />
    </>
  )
}
