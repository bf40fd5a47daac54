/** Facts that few needs have: a day, how long it takes, consent, and the message that it was read from. */

import { Icon } from '../components/icon.tsx'
import { formatDate } from '../i18n/time.ts'
import { t } from '../i18n/translate.ts'
import type { NeedRow } from '../records/need/need.ts'
import { Fact } from './fact.tsx'

export const NeedExtras = ({ need }: { need: NeedRow }) => (
  <>
    <ul class="facts">
      {need.dueAt !== null && (
        <Fact icon="calendar">{t('more.until', { date: formatDate(need.dueAt) })}</Fact>
      )}
      {need.minutes !== null && (
        <Fact icon="clock">{t('more.takes', { gap: t('n.minutes', { count: need.minutes }) })}</Fact>
      )}
      {need.consent && <Fact icon="shield">{t('more.consentGiven')}</Fact>}
    </ul>
    {need.original !== '' && (
      <details class="card contact-fields">
        <summary>
          <span class="record-words strong">{t('more.original')}</span>
          <Icon name="unfold" />
        </summary>
        <p class="told quoted" dir="auto">
          {need.original}
        </p>
      </details>
    )}
  </>
)
