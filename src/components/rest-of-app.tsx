/** On a first visit: how much of the app still comes, before it does. */

import { formatNumber, t } from '../i18n/translate.ts'
import { restMegabytes } from './rest-megabytes.ts'
import { StatusLine } from './status-line.tsx'

export const RestOfApp = () =>
  navigator.serviceWorker && !navigator.serviceWorker.controller ? (
    <StatusLine icon="install">
      {t('start.rest', { size: t('settings.megabytes', { size: formatNumber(restMegabytes) }) })}
    </StatusLine>
  ) : null
