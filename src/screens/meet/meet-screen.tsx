/** Coming in face to face, with no internet: this phone shows its card, and reads what the other one shows back. */

import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Screen } from '../../components/screen.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useNetwork } from '../../hooks/use-network.ts'
import { useStatus } from '../../hooks/use-status.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { MyCard } from './my-card.tsx'
import { MyName } from './my-name.tsx'
import { ReadWelcome } from './read-welcome.tsx'

const MeetScreen = () => {
  const { meeting, phase } = useStatus()
  const { route } = useLocation()
  const back = useNetwork() ? '/network' : '/'
  const { run, busy, error } = useCommand()
  const [reading, setReading] = useState(false)
  const [tries, setTries] = useState(0)

  const enter = async (welcome: Uint8Array) => {
    const result = await run({ type: 'network.enter', welcome })
    if (!result.ok) {
      setTries((before) => before + 1)
      return
    }
    showToast(t('join.welcome', { network: result.value.networkName ?? '' }))
    route('/board', true)
  }
  if (phase === 'starting') return <Screen title={t('join.face')} back={back} children={null} />
  if (meeting === null) return <MyName back={back} />
  if (!reading) return <MyCard {...meeting} back={back} onNext={() => setReading(true)} />
  return (
    <ReadWelcome
      key={tries}
      busy={busy}
      problem={error ? errorWords(error) : undefined}
      onWelcome={(welcome) => void enter(welcome)}
      onBack={() => setReading(false)}
    />
  )
}

export default MeetScreen
