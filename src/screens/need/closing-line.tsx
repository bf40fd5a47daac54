/** That a need is over, and why. */

import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'
import type { NeedPage } from './need-page.ts'

export const ClosingLine = ({ page: { view } }: { page: NeedPage }) => {
  if (view.status.state === 'done') {
    return (
      <StatusLine icon="check" tone="act">
        {t('need.finished')} · {t('need.finishedWhy')}
      </StatusLine>
    )
  }
  if (view.status.state !== 'cancelled') return null
  const why = view.need.cancelReason
  return (
    <StatusLine icon="close">
      {why === '' ? t('state.cancelled') : t('need.cancelledWhy', { why })}
    </StatusLine>
  )
}
