/** The gallery's part of how things stand, and of what is said to some phones only. */

import '../../src/components/styles/people.css'
import { FourWords } from '../../src/components/four-words.tsx'
import { InAppHint } from '../../src/components/in-app-hint.tsx'
import { InstallSteps } from '../../src/components/install-steps.tsx'
import { PrivateHint } from '../../src/components/private-hint.tsx'
import { RestOfApp } from '../../src/components/rest-of-app.tsx'
import { SendLine } from '../../src/components/send-line.tsx'
import { type KeptState, StateMark } from '../../src/components/state-mark.tsx'
import { StatusLine } from '../../src/components/status-line.tsx'
import { TimeAgo } from '../../src/components/time-ago.tsx'
import { t } from '../../src/i18n/translate.ts'
import { sample } from './sample.ts'

const states: readonly KeptState[] = ['draft', 'saved', 'local', 'sending', 'delivered', 'refused']
const now = Date.UTC(2026, 10, 20, 12)
const hourMs = 3600_000

const Lines = () => (
  <>
    <h2>Status line</h2>
    <StatusLine icon="info">{t('settings.about')}</StatusLine>
    <StatusLine icon="check" tone="act">
      {t('act.copied')}
    </StatusLine>
    <StatusLine icon="hourglass" tone="wait">
      {sample().longTitle}
    </StatusLine>
    <StatusLine icon="warning" tone="urgent" href="#urgent">
      {t('err.diskFull')}
    </StatusLine>
    <SendLine unsent={0} lastExchangeAt={null} now={now} sending={false} />
    <SendLine unsent={0} lastExchangeAt={now - 3 * hourMs} now={now} sending={false} />
    <SendLine unsent={1284} lastExchangeAt={now - 3 * hourMs} now={now} sending />
    <h2>State mark, time ago</h2>
    {states.map((state) => (
      <StateMark key={state} state={state} reason={state === 'refused' ? t('err.notFound') : ''} />
    ))}
    <p class="meta">
      {[0, 1, 2, 26, 24 * 40, 24 * 400].map((hours) => (
        <TimeAgo key={hours} at={now - hours * hourMs} now={now} />
      ))}
    </p>
  </>
)

export const WordsPart = () => (
  <main class="gallery-part">
    <Lines />
    <h2>Four words</h2>
    <FourWords values={[7, 90, 181, 255]} />
    <h2>In a chat’s browser, on an iPhone, in a private window, on a first visit</h2>
    <InAppHint link="https://tadamun.example/#j=…" />
    <InstallSteps />
    <PrivateHint />
    <RestOfApp />
  </main>
)
