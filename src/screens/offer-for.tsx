/** Which of the network's own kinds of need an offer is for, where it has any. */

import { Chip } from '../components/chip.tsx'
import { t } from '../i18n/translate.ts'
import type { Category } from '../records/categories.ts'
import { CategoryName } from './category-name.tsx'
import { categoryIcon, ownChoices } from './category-words.ts'

interface OfferForProps {
  category: Category | null
  onChange: (category: Category | null) => void
}

export const OfferFor = ({ category, onChange }: OfferForProps) => {
  const own = ownChoices()
  const shown = category === null || own.includes(category) ? own : [...own, category]
  return (
    <fieldset class="choice">
      <legend>{t('own.forWhat')}</legend>
      <div class="chips">
        {shown.map((each) => (
          <Chip
            key={each}
            icon={categoryIcon(each)}
            pressed={each === category}
            onClick={() => onChange(each === category ? null : each)}
          >
            <CategoryName category={each} />
          </Chip>
        ))}
      </div>
    </fieldset>
  )
}
