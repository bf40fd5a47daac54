/** Letting somebody in face to face, with no internet: reads the card of the other phone, and shows the way in back to it. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Screen } from '../../components/screen.tsx'
import { useCard } from '../../hooks/use-card.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useMe } from '../../hooks/use-network.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { ByCoordinators } from '../by-coordinators.tsx'
import type { RoleName } from '../people-rules.ts'
import { ScanOrPaste } from '../scan-or-paste.tsx'
import { ConfirmCard } from './confirm-card.tsx'
import { ShowWelcome } from './show-welcome.tsx'

const AdmitScreen = () => {
  const { query } = useLocation()
  const isOwn = query.own !== undefined
  const me = useMe()
  const { card, nickname, isBroken, take, forget } = useCard()
  const { run, busy, error } = useCommand()
  const [welcome, setWelcome] = useState<{ bytes: Uint8Array; isVote: boolean } | null>(null)
  const back = isOwn ? `/member/${me?.deviceId ?? ''}` : '/invite'
  const title = isOwn ? t('meet.ownPhone') : t('meet.invite')
  if (!me) return null
  if (!isOwn && me.role !== 'coordinator') {
    return (
      <Screen title={title} back={back}>
        <ByCoordinators />
      </Screen>
    )
  }
  if (welcome !== null) {
    return <ShowWelcome welcome={welcome.bytes} isVote={welcome.isVote} name={nickname} isOwn={isOwn} />
  }
  const admit = async (as: RoleName | 'myDevice') => {
    const result = await run({ type: 'member.admit-card', card: card ?? '', as })
    if (!result.ok || !result.value.welcome) return
    setWelcome({ bytes: result.value.welcome, isVote: result.value.isVote === true })
  }
  if (card !== null) {
    return (
      <ConfirmCard
        title={title}
        name={nickname}
        isOwn={isOwn}
        busy={busy}
        problem={error ? errorWords(error) : undefined}
        onAdmit={(as) => void admit(as)}
        onBack={forget}
      />
    )
  }
  return (
    <Screen title={title} back={back}>
      <p>{isOwn ? t('meet.scanOwn') : t('meet.scanCard')}</p>
      <ScanOrPaste
        label={t('meet.card')}
        onText={take}
        problem={isBroken ? t('err.cardBroken') : undefined}
      />
    </Screen>
  )
}

export default AdmitScreen
