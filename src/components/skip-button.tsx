/** For keys and for ears: from the heading over a long list to the bar of places below it; seen only while it has the focus. */

import { t } from '../i18n/translate.ts'

export const SkipButton = () => (
  <button
    type="button"
    class="button primary skip"
    onClick={() => document.querySelector<HTMLElement>('.bottom-bar a')?.focus()}
  >
    {t('app.skip')}
  </button>
)
