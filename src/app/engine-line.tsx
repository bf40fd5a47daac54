/** A line above the page while something is not as it should be: an engine that stopped, a joining that is not complete. */

import { Button } from '../components/button.tsx'
import { useDoor } from '../hooks/door.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'

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
  const { phase, joining } = useDoor().status.value
  if (phase === 'failed') return <Stopped />
  if (joining === null) return null
  if (joining.problem === null) {
    return (
      <p class="quiet-bar" role="status">
        {t('join.pending', { network: joining.networkName })}
      </p>
    )
  }
  return (
    <div class="quiet-bar urgent" role="alert">
      <span>{errorWords({ code: joining.problem })}</span>
      <Button kind="ghost" compact href="/join">
        {t('join.other')}
      </Button>
    </div>
  )
}
