/** One line for everything: «كل شيء وصل · آخر إرسال قبل ٣ ساعات» or «٤ أشياء لم تخرج بعد من هاتفك». */

import { timeAgo } from '../i18n/time.ts'
import { t } from '../i18n/translate.ts'
import { StatusLine } from './status-line.tsx'

interface SendLineProps {
  /** entries that no relay has confirmed */
  unsent: number
  /** ms since 1970, null while it is not known */
  lastExchangeAt: number | null
  now: number
  sending: boolean
}

/** Leads to the list of what has not left. */
export const SendLine = ({ unsent, lastExchangeAt, now, sending }: SendLineProps) => {
  if (unsent > 0) {
    return (
      <StatusLine icon="waiting" tone="wait" href="/outbox">
        {t('n.unsent', { count: unsent })}
        {sending && ` · ${t('state.sending')}`}
      </StatusLine>
    )
  }
  return (
    <StatusLine icon="delivered" tone="act" href="/outbox">
      {lastExchangeAt === null ? t('outbox.empty') : t('line.allSent', { ago: timeAgo(lastExchangeAt, now) })}
    </StatusLine>
  )
}
