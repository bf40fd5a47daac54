/** What a need is about, as a grid of drawings: the first ones, and all of them once somebody looks further. */

import { useState } from 'preact/hooks'
import { IconChoice } from '../components/icon-choice.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { type Category, categoryKeys, isCategoryKey } from '../records/categories.ts'
import { categoryIcon, categoryWord, ownChoices } from './category-words.ts'
import { confidentialFor, type NeedValue } from './need-form-value.ts'

interface CategoryChoiceProps {
  legend: string
  /** what is asked stands above already */
  quietLegend?: boolean
  value: NeedValue
  onChange: (changes: Partial<NeedValue>) => void
  failure: Failure | null
  /** it is being written: who will see it is still a choice */
  isNew?: boolean
}

/** As many as fill three rows of four, with the one that opens the rest. */
const firstCategories = 11

export const CategoryChoice = (props: CategoryChoiceProps) => {
  const { legend, quietLegend = false, value, onChange, failure, isNew = false } = props
  const own = ownChoices()
  const first: readonly Category[] = [...categoryKeys.slice(0, firstCategories), ...own]
  const { category: chosen } = value
  // one that is not offered any more stays with what has it
  const isPast = chosen !== null && !isCategoryKey(chosen) && !own.includes(chosen)
  const isLater = chosen !== null && !isPast && !first.includes(chosen)
  const [all, setAll] = useState(false)
  const shown = all || isLater ? [...categoryKeys, ...own] : [...first, 'other' as const]
  const keys = isPast ? [...shown, chosen] : shown
  return (
    <IconChoice<Category>
      legend={legend}
      quietLegend={quietLegend}
      value={value.category}
      options={keys.map((key) => ({
        value: key,
        icon: categoryIcon(key),
        label: categoryWord(key),
        typed: !isCategoryKey(key),
      }))}
      onChange={(category) => {
        if (category === 'other') setAll(true)
        onChange({ category, ...(isNew && { confidential: confidentialFor(category, value) }) })
      }}
      error={fieldError(failure, 'category')}
    />
  )
}
