/** What stands on a save button: the plain word, and «يُحفظ الآن…» only when saving takes long enough to be noticed. */

import { useEffect, useState } from 'preact/hooks'
import { noticeableMs } from '../hooks/use-command.ts'
import { t } from '../i18n/translate.ts'

export const useSaveWords = (busy: boolean, words: string): string => {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!busy) return
    const timer = setTimeout(() => setSlow(true), noticeableMs)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [busy])
  return slow ? t('form.saving') : words
}
