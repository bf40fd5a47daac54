/** Which needs or offers are on the list: one line of chips that the finger moves sideways. */

import type { ComponentChildren } from 'preact'
import { Chip } from '../../components/chip.tsx'
import { useBoardCategories } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import { categoryIcon } from '../need-words.ts'
import { kindIcon, offerKinds } from '../offer-words.ts'
import { type BoardView, changeView, type NeedChip, type OfferChip } from './board-view.ts'

const Chips = ({ children }: { children: ComponentChildren }) => (
  // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in Safari
  <div class="chips scrolls" role="group" aria-label={t('board.filters')}>
    {children}
  </div>
)

export const NeedChips = ({ view, wanted }: { view: BoardView; wanted: boolean }) => {
  const categories = useBoardCategories(wanted)
  const pressed = (chip: NeedChip) => ({
    pressed: view.needChip === chip,
    // pressing the one that is on goes back to everything
    onClick: () => changeView({ needChip: view.needChip === chip ? 'all' : chip }),
  })
  const chosen = view.needChip
  const isCategory = chosen !== 'all' && chosen !== 'urgent' && chosen !== 'mine'
  const shown = isCategory && !categories.includes(chosen) ? [chosen, ...categories] : categories
  return (
    <Chips>
      <Chip {...pressed('all')}>{t('filter.all')}</Chip>
      <Chip {...pressed('urgent')}>{t('when.urgent')}</Chip>
      <Chip {...pressed('mine')}>{t('filter.mine')}</Chip>
      {shown.map((category) => (
        <Chip key={category} icon={categoryIcon(category)} {...pressed(category)}>
          {t(`cat.${category}`)}
        </Chip>
      ))}
    </Chips>
  )
}

export const OfferChips = ({ view }: { view: BoardView }) => {
  const pressed = (chip: OfferChip) => ({
    pressed: view.offerChip === chip,
    onClick: () => changeView({ offerChip: view.offerChip === chip ? 'all' : chip }),
  })
  return (
    <Chips>
      <Chip {...pressed('all')}>{t('filter.all')}</Chip>
      <Chip {...pressed('mine')}>{t('filter.mine')}</Chip>
      {offerKinds.map((kind) => (
        <Chip key={kind} icon={kindIcon(kind)} {...pressed(kind)}>
          {t(`offer.${kind}`)}
        </Chip>
      ))}
    </Chips>
  )
}
