/** A sentence instead of the app, when it cannot start or go on: what is the matter, and what to do. */

import { Button } from '../components/button.tsx'
import { Drawing } from '../components/drawing.tsx'
import type { MessageKey } from '../i18n/message-key.ts'
import { type MessageValues, t } from '../i18n/translate.ts'

interface WholePageProps {
  message: MessageKey
  values?: MessageValues
  /** for whoever helps with the phone; not part of the sentence */
  detail?: string
}

export const WholePage = ({ message, values, detail }: WholePageProps) => (
  <main class="whole-page">
    <Drawing name="door" />
    <h1>{t('app.name')}</h1>
    <p role="alert">{t(message, values)}</p>
    <Button onClick={() => location.reload()}>{t('act.reload')}</Button>
    {detail && (
      <p class="soft latin" dir="ltr">
        {detail}
      </p>
    )}
  </main>
)
