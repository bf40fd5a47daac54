/** How much something costs to fetch or takes on the phone. */

import { formatNumber, t } from '../i18n/translate.ts'

export const sizeWords = (bytes: number): string =>
  t('media.kilobytes', { size: Math.max(1, Math.round(bytes / 1000)) })

const bytesInMegabyte = 1024 * 1024

/** «٣٫٤ م.ب»: one decimal from a tenth of a megabyte on. */
export const roomWords = (bytes: number): string =>
  bytes < bytesInMegabyte / 10
    ? sizeWords(bytes)
    : t('settings.megabytes', { size: formatNumber(Math.round((bytes / bytesInMegabyte) * 10) / 10) })
