/** Passes a text on: by the phone's own sheet, else to the clipboard. */

import { showToast } from '../components/toast.tsx'
import { t } from '../i18n/translate.ts'

const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    showToast(t('share.copied'), 'copy')
  } catch (reason) {
    console.warn('the clipboard is closed', reason)
    showToast(t('share.failed'), 'warning')
  }
}

export const share = async (text: string): Promise<void> => {
  if (typeof navigator.share !== 'function') return copy(text)
  try {
    await navigator.share({ text })
  } catch (reason) {
    // closing the sheet is a choice, not a failure
    if (!(reason instanceof DOMException && reason.name === 'AbortError')) await copy(text)
  }
}
