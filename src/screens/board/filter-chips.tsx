/** Which needs or offers are on the list: one line of chips that the finger moves sideways; the first opens all filters. */

import type { ComponentChildren } from 'preact'
import { Chip } from '../../components/chip.tsx'
import { type Place, useBoardCategories } from '../../hooks/use-board.ts'
import { formatNumber, t } from '../../i18n/translate.ts'
import { CategoryName } from '../category-name.tsx'
import { categoryIcon } from '../category-words.ts'
import { kindIcon, offerKinds } from '../offer-words.ts'
import {
  type BoardView,
  changeView,
  filterCount,
  type NeedFilters,
  type OfferFilters,
  withFilter,
} from './board-view.ts'

interface ChipsProps {
  view: BoardView
  place: Place | undefined
  onMore: () => void
}

/** A browser leaves one that is half in sight as it is; under a finger it must not move. */
const showWhole = (target: EventTarget | null): void => {
  if (target instanceof HTMLElement && target.matches(':focus-visible'))
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const Chips = ({ view, onMore, children }: Omit<ChipsProps, 'place'> & { children: ComponentChildren }) => {
  const count = filterCount(view)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot scroll sideways in Safari
    <div
      class="chips scrolls"
      role="group"
      aria-label={t('board.filters')}
      onFocusCapture={({ target }) => showWhole(target)}
    >
      <Chip icon="filter" pressed={count > 0} opens onClick={onMore}>
        {count > 0 ? `${t('board.filters')} ${formatNumber(count)}` : t('board.filters')}
      </Chip>
      {children}
    </div>
  )
}

/** A chip that turns one filter on, or off where it is on. */
const NeedChip = ({ view, on, icon, children }: FilterChipProps<NeedFilters>) => (
  <OneChip
    icon={icon}
    isOn={hasAll(view.needs, on)}
    onClick={(isOn) => changeView({ needs: withFilter(view.needs, isOn ? without(on) : on) })}
  >
    {children}
  </OneChip>
)

const OfferChip = ({ view, on, icon, children }: FilterChipProps<OfferFilters>) => (
  <OneChip
    icon={icon}
    isOn={hasAll(view.offers, on)}
    onClick={(isOn) => changeView({ offers: withFilter(view.offers, isOn ? without(on) : on) })}
  >
    {children}
  </OneChip>
)

interface FilterChipProps<Filters> {
  view: BoardView
  on: Filters
  icon?: Parameters<typeof Chip>[0]['icon']
  children: ComponentChildren
}

const hasAll = <Filters extends object>(filters: Filters, wanted: Filters): boolean =>
  Object.entries(wanted).every(([name, value]) => filters[name as keyof Filters] === value)

const without = <Filters extends object>(filters: Filters): { [Key in keyof Filters]?: undefined } =>
  Object.fromEntries(Object.keys(filters).map((name) => [name, undefined])) as {
    [Key in keyof Filters]?: undefined
  }

interface OneChipProps {
  icon: FilterChipProps<object>['icon']
  isOn: boolean
  onClick: (isOn: boolean) => void
  children: ComponentChildren
}

const OneChip = ({ icon, isOn, onClick, children }: OneChipProps) => (
  <Chip {...(icon ? { icon } : {})} pressed={isOn} onClick={() => onClick(isOn)}>
    {children}
  </Chip>
)

export const NeedChips = ({ view, place, onMore }: ChipsProps) => {
  const categories = useBoardCategories()
  const chosen = view.needs.category
  const shown = chosen && !categories.includes(chosen) ? [chosen, ...categories] : categories
  return (
    <Chips view={view} onMore={onMore}>
      <NeedChip view={view} on={{ urgency: 'today' }}>
        {t('when.urgent')}
      </NeedChip>
      <NeedChip view={view} on={{ mine: true }}>
        {t('filter.mine')}
      </NeedChip>
      <NeedChip view={view} on={{ fits: true }}>
        {t('filter.fits')}
      </NeedChip>
      {place && (
        <NeedChip view={view} on={{ place: place.areaKey }} icon="place">
          {t('filter.near')}
        </NeedChip>
      )}
      {shown.map((category) => (
        <NeedChip key={category} view={view} on={{ category }} icon={categoryIcon(category)}>
          <CategoryName category={category} />
        </NeedChip>
      ))}
    </Chips>
  )
}

export const OfferChips = ({ view, place, onMore }: ChipsProps) => (
  <Chips view={view} onMore={onMore}>
    <OfferChip view={view} on={{ mine: true }}>
      {t('filter.mine')}
    </OfferChip>
    {place && (
      <OfferChip view={view} on={{ place: place.areaKey }} icon="place">
        {t('filter.near')}
      </OfferChip>
    )}
    {offerKinds.map((kind) => (
      <OfferChip key={kind} view={view} on={{ kind }} icon={kindIcon(kind)}>
        {t(`offer.${kind}`)}
      </OfferChip>
    ))}
  </Chips>
)
