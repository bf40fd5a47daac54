/** How much something costs to fetch, for whoever pays by the megabyte. */

import { t } from '../i18n/translate.ts'

export const sizeWords = (bytes: number): string =>
  t('media.kilobytes', { size: Math.max(1, Math.round(bytes / 1000)) })
