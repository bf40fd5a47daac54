/** Said after a start at which the browser had lost its database: what was kept beside it is back. */

import { IconButton } from '../components/icon-button.tsx'
import { t } from '../i18n/translate.ts'
import { isRegainedRead } from './regained-read.ts'

const putAway = () => {
  isRegainedRead.value = true
}

export const RegainedLine = () => (
  <div class="quiet-bar" role="status">
    <span>{t('regained.line')}</span>
    <IconButton icon="close" label={t('act.close')} onClick={putAway} />
  </div>
)
