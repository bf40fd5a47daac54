/** While a request waits for an answer: the four words, whom to call, and what can be done meanwhile. */

import '../../components/styles/people.css'
import { useEffect, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { FourWords } from '../../components/four-words.tsx'
import { Icon } from '../../components/icon.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useStatus, useUnsentCount } from '../../hooks/use-status.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'

const Steps = () => (
  <ol class="steps">
    <li>
      <Icon name="call" />
      <span>{t('joining.call')}</span>
    </li>
    <li>
      <Icon name="people" />
      <span>{t('joining.read')}</span>
    </li>
    <li>
      <Icon name="check" />
      <span>{t('joining.same')}</span>
    </li>
  </ol>
)

const JoiningScreen = () => {
  const { joining, problem } = useStatus()
  const unsent = useUnsentCount()
  const { route } = useLocation()
  const { run, busy } = useCommand()
  const network = useNetwork()
  const me = useMe()
  const isOver = me !== undefined && me.end !== null
  const isIn = me !== undefined && joining === null && !isOver
  const asks = useRef(true)
  asks.current = joining !== null
  // the answer came while one looked
  useEffect(() => {
    if (!isIn) return
    showToast(t('join.welcome', { network: network?.name ?? '' }))
    route('/board', true)
  }, [isIn])
  useEffect(() => {
    if (isOver) route('/today', true)
  }, [isOver])
  if (joining === null) return null

  const look = async () => {
    const result = await run({ type: 'exchange.now' })
    // the answer may have come with it
    if (result.ok && asks.current) showToast(t('joining.looked'), 'clock')
  }
  const sent = unsent === 0 || joining.reason !== null
  return (
    <Screen
      title={t('joining.title', { network: joining.networkName })}
      under={
        <StatusLine icon={sent ? 'hourglass' : 'waiting'} tone="wait">
          {sent ? t('join.waiting') : t('joining.notSent')}
        </StatusLine>
      }
      actions={
        <>
          <Button icon="refresh" busy={busy} onClick={() => void look()}>
            {t('joining.look')}
          </Button>
          <Button kind="ghost" href="/join">
            {t('join.other')}
          </Button>
        </>
      }
    >
      {joining.problem !== null && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords({ code: joining.problem })}
        </StatusLine>
      )}
      {problem !== null && <StatusLine icon="info">{t(`problem.${problem}`)}</StatusLine>}
      {joining.words !== null && (
        <section class="stack" aria-labelledby="four-words">
          <h2 class="section-head" id="four-words">
            {t('joining.words')}
          </h2>
          <FourWords values={joining.words} />
          <Steps />
        </section>
      )}
      <Card as="section">
        <h2>{t('joining.meanwhile')}</h2>
        <p class="soft">{t('joining.meanwhileWhat')}</p>
      </Card>
    </Screen>
  )
}

export default JoiningScreen
