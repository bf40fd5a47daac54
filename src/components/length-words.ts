/** How long a recording is, as a clock shows it: 0:07, in the digits that are set. */

import { formatNumber } from '../i18n/translate.ts'

export const lengthWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  const rest = seconds % 60
  return `${formatNumber(Math.floor(seconds / 60))}:${rest < 10 ? formatNumber(0) : ''}${formatNumber(rest)}`
}
