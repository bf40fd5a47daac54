/** What is said where a short code leads nowhere: in words that are fetched when they are needed. */

import { errorWords, type Failure } from '../../i18n/error-words.ts'
import { loadLaterWords, t } from '../../i18n/translate.ts'

const keys = {
  codeUnknown: 'code.codeUnknown',
  codeOver: 'code.codeOver',
  codeTooFast: 'code.codeTooFast',
} as const

const keyOf = ({ code }: Failure) => (code in keys ? keys[code as keyof typeof keys] : null)

/** The failure once there are words for it; without a link that is what there is to say. */
export const sayable = async (failure: Failure): Promise<Failure> => {
  if (!keyOf(failure)) return failure
  try {
    await loadLaterWords()
    return failure
  } catch (reason) {
    console.warn('the words did not arrive', reason)
    return { code: 'offline' }
  }
}

/** `required` stands for an empty field. */
export const codeWords = (failure: Failure): string => {
  const key = keyOf(failure)
  return key ? t(key) : errorWords(failure)
}
