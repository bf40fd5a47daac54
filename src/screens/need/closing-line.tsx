/** That a need is over, and why. */

import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'
import type { NeedPage } from './need-page.ts'
import { isDoneUnsent } from './place-words.ts'

export const ClosingLine = ({ page }: { page: NeedPage }) => {
  const { view } = page
  const why = view.need.cancelReason
  switch (view.status.state) {
    case 'confirmed':
      return (
        <StatusLine icon="delivered" tone="act">
          {t('state.confirmed')} · {t('need.finishedWhy')}
        </StatusLine>
      )
    case 'done':
      return (
        <StatusLine icon="check" tone="act">
          {t('state.done')}
          {view.claims.some((claim) => isDoneUnsent(claim, page)) && ` · ${t('state.local')}`}
        </StatusLine>
      )
    case 'cancelled':
      return (
        <StatusLine icon="close">
          {why === '' ? t('state.cancelled') : t('need.cancelledWhy', { why })}
        </StatusLine>
      )
    default:
      return null
  }
}
