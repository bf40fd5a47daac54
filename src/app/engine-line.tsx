/** A line above the page while something is not as it should be: an engine that stopped, a joining that is not complete. */

import { useLocation } from 'preact-iso'
import { Button } from '../components/button.tsx'
import { useDoor } from '../hooks/door.ts'
import { t } from '../i18n/translate.ts'
import { laterPart } from '../screens/later-part.tsx'
import { isRegainedRead } from './regained-read.ts'

const RegainedLine = laterPart(() => import('./regained-line.tsx').then((parts) => parts.RegainedLine))

/** What is on the phone can still be read; only writing and sending wait. */
const Stopped = () => (
  <div class="quiet-bar urgent" role="alert">
    <span>{t('err.stopped')}</span>
    <Button kind="ghost" compact onClick={() => location.reload()}>
      {t('act.reload')}
    </Button>
  </div>
)

export const EngineLine = () => {
  const { phase, joining, ended, regained, problem } = useDoor().status.value
  const { path } = useLocation()
  if (phase === 'failed') return <Stopped />
  // what is written next may not be saved: to be known wherever one is
  if (problem === 'diskFull') {
    return (
      <p class="quiet-bar urgent" role="alert">
        {t('problem.diskFull')}
      </p>
    )
  }
  if (regained && !isRegainedRead.value) return <RegainedLine />
  if (ended !== null && path !== '/today' && path !== '/') {
    return (
      <div class="quiet-bar">
        <span>{t('ended.line')}</span>
        <Button kind="ghost" compact href="/today">
          {t('ended.what')}
        </Button>
      </div>
    )
  }
  if (joining === null) return null
  if (joining.words !== null && path !== '/joining') {
    return (
      <div class="quiet-bar">
        <span>{t('line.joining')}</span>
        <Button kind="ghost" compact href="/joining">
          {t('line.fourWords')}
        </Button>
      </div>
    )
  }
  if (joining.words !== null) return null
  if (joining.problem === null) {
    return (
      <p class="quiet-bar" role="status">
        {t('join.pending', { network: joining.networkName })}
      </p>
    )
  }
  return (
    <div class="quiet-bar urgent" role="alert">
      <span>{t(joining.problem === 'inviteUsed' ? 'err.inviteUsed' : 'err.inviteExpired')}</span>
      <Button kind="ghost" compact href="/join">
        {t('join.other')}
      </Button>
    </div>
  )
}
