/** Why a backup did not open, in words. */

import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'

export const backupWords = (failure: { code: string; problem?: string }): string => {
  if (failure.code !== 'backup') return errorWords(failure)
  if (failure.problem === 'wrongPassphrase') return t('backup.wrongPassphrase')
  return failure.problem === 'newer' ? t('backup.newer') : t('backup.broken')
}
