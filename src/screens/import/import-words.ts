/** A column and what is wrong with a row, in words. */

import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import type { ColumnField } from '../../records/import/map-columns.ts'
import type { RowError } from '../../records/import/read-need-row.ts'

export const fieldWords = (field: ColumnField): string => {
  switch (field) {
    case 'category':
    case 'title':
    case 'details':
    case 'quantity':
    case 'unit':
    case 'urgency':
    case 'area':
      return t(`export.${field}`)
    case 'due':
      return t('more.due')
    case 'name':
    case 'phone':
    case 'address':
      return t(`contact.${field}`)
  }
}

export const rowErrorWords = ({ field, rule, limit }: RowError): string => {
  const words =
    rule === 'phoneCut'
      ? t('import.phoneCut')
      : errorWords({ code: 'invalid', rule, ...(limit === undefined ? {} : { limit }) })
  return t('import.error', { field: fieldWords(field), words })
}
