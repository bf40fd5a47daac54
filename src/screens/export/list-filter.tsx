/** Which needs stand on an exported list: how things are with them, how soon, where, and what about. */

import '../../components/styles/records.css'
import type { ComponentChildren } from 'preact'
import { Chip } from '../../components/chip.tsx'
import { type Place, useBoardAreas, useBoardCategories } from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedFilter } from '../../records/board/need-filter.ts'
import { categoryIcon, categoryWord } from '../category-words.ts'
import { urgencyIcon } from '../need-words.ts'

/** As many places as can be looked over. */
const shownAreas = 12

const states = ['open', 'covered', 'met', 'cancelled'] as const
const stateWords = {
  open: 'state.open',
  covered: 'state.covered',
  met: 'search.met',
  cancelled: 'state.cancelled',
} as const
const urgencies = ['today', 'week', 'possible'] as const

const Group = ({ legend, children }: { legend: string; children: ComponentChildren }) => (
  <fieldset class="filter-options">
    <legend>{legend}</legend>
    <div class="chips">{children}</div>
  </fieldset>
)

interface ListFilterProps {
  filter: NeedFilter
  onChange: (filter: NeedFilter) => void
}

export const ListFilter = ({ filter, onChange }: ListFilterProps) => {
  const areas = useBoardAreas().slice(0, shownAreas)
  const categories = useBoardCategories()
  const turn = <Name extends keyof NeedFilter>(name: Name, value: NeedFilter[Name]) =>
    onChange({ ...filter, [name]: filter[name] === value ? undefined : value })
  return (
    <>
      <Group legend={t('search.state')}>
        {states.map((state) => (
          <Chip key={state} pressed={filter.state === state} onClick={() => turn('state', state)}>
            {t(stateWords[state])}
          </Chip>
        ))}
      </Group>
      <Group legend={t('form.when')}>
        {urgencies.map((urgency) => (
          <Chip
            key={urgency}
            icon={urgencyIcon(urgency)}
            pressed={filter.urgency === urgency}
            onClick={() => turn('urgency', urgency)}
          >
            {t(`when.${urgency}`)}
          </Chip>
        ))}
      </Group>
      {areas.length > 0 && (
        <Group legend={t('form.area')}>
          {areas.map(({ area, areaKey }) => (
            <Chip key={areaKey} pressed={filter.areaKey === areaKey} onClick={() => turn('areaKey', areaKey)}>
              <bdi>{area}</bdi>
            </Chip>
          ))}
        </Group>
      )}
      {categories.length > 0 && (
        <Group legend={t('form.what')}>
          {categories.map((category) => (
            <Chip
              key={category}
              icon={categoryIcon(category)}
              pressed={filter.category === category}
              onClick={() => turn('category', category)}
            >
              {categoryWord(category)}
            </Chip>
          ))}
        </Group>
      )}
    </>
  )
}

/** The filters in words, for the head of the list and for what is noted of it. */
export const filterWords = (filter: NeedFilter, areas: readonly Place[]): string => {
  const { state, urgency, areaKey, category } = filter
  return [
    state && state !== 'over' ? t(stateWords[state]) : t('export.listed'),
    urgency && t(`when.${urgency}`),
    areaKey && (areas.find((place) => place.areaKey === areaKey)?.area ?? areaKey),
    category && categoryWord(category),
  ]
    .filter(Boolean)
    .join(' · ')
}
