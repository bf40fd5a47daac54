/** All filters of the list on the screen, each with its words, and how much is left with them. */

import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Sheet } from '../../components/dialog.tsx'
import type { IconName } from '../../components/icon.tsx'
import {
  type Place,
  useBoardAreas,
  useBoardCategories,
  useBoardNeeds,
  useBoardOffers,
} from '../../hooks/use-board.ts'
import { t } from '../../i18n/translate.ts'
import { CategoryName } from '../category-name.tsx'
import { categoryIcon } from '../category-words.ts'
import { urgencyIcon } from '../need-words.ts'
import { kindIcon, offerKinds } from '../offer-words.ts'
import { type BoardView, changeView, needFilter, offerFilter, withFilter } from './board-view.ts'

interface FilterSheetProps {
  open: boolean
  view: BoardView
  place: Place | undefined
  me: string | undefined
  onClose: () => void
}

interface OptionsProps<Value extends string> {
  legend: string
  chosen: Value | undefined
  options: readonly { value: Value; words: ComponentChildren; icon?: IconName }[]
  onChoose: (value: Value | undefined) => void
}

/** As many places as can be looked over. */
const shownAreas = 12

/** One or none of some. */
const Options = <Value extends string>({ legend, chosen, options, onChoose }: OptionsProps<Value>) => (
  <fieldset class="filter-options">
    <legend>{legend}</legend>
    <div class="chips">
      {options.map(({ value, words, icon }) => (
        <Chip
          key={value}
          {...(icon ? { icon } : {})}
          pressed={value === chosen}
          onClick={() => onChoose(value === chosen ? undefined : value)}
        >
          {words}
        </Chip>
      ))}
    </div>
  </fieldset>
)

const urgencies = ['today', 'week', 'possible'] as const
const states = ['open', 'covered', 'met', 'cancelled'] as const
const stateWords = {
  open: 'state.open',
  covered: 'state.covered',
  met: 'search.met',
  cancelled: 'state.cancelled',
} as const

/** The place of who looks stands first, then those that are named most. */
const placeOptions = (areas: readonly Place[], mine: Place | undefined, chosen: string | undefined) => {
  const others = areas.filter(({ areaKey }) => areaKey !== mine?.areaKey)
  const first = others.slice(0, shownAreas)
  const beyond = others.slice(shownAreas).filter(({ areaKey }) => areaKey === chosen)
  return [...(mine ? [mine] : []), ...first, ...beyond].map(({ area, areaKey }) => ({
    value: areaKey,
    words: <bdi>{area}</bdi>,
    ...(areaKey === mine?.areaKey ? { icon: 'place' as const } : {}),
  }))
}

const NeedOptions = ({ view, place }: Pick<FilterSheetProps, 'view' | 'place'>) => {
  const { needs } = view
  const change = (changes: Parameters<typeof withFilter<typeof needs>>[1]) =>
    changeView({ needs: withFilter(needs, changes) })
  const areas = useBoardAreas()
  const categories = useBoardCategories()
  return (
    <>
      <Options
        legend={t('form.when')}
        chosen={needs.urgency}
        options={urgencies.map((value) => ({ value, words: t(`when.${value}`), icon: urgencyIcon(value) }))}
        onChoose={(urgency) => change({ urgency })}
      />
      <Options
        legend={t('search.state')}
        chosen={needs.state}
        options={states.map((value) => ({ value, words: t(stateWords[value]) }))}
        onChoose={(state) => change({ state })}
      />
      <Options
        legend={t('search.whose')}
        chosen={needs.mine && 'mine'}
        options={[{ value: 'mine', words: t('filter.mine') }]}
        onChoose={(mine) => change({ mine: mine && true })}
      />
      <Options
        legend={t('form.area')}
        chosen={needs.place}
        options={placeOptions(areas, place, needs.place)}
        onChoose={(chosen) => change({ place: chosen })}
      />
      <Options
        legend={t('form.what')}
        chosen={needs.category}
        options={categories.map((value) => ({
          value,
          words: <CategoryName category={value} />,
          icon: categoryIcon(value),
        }))}
        onChoose={(category) => change({ category })}
      />
    </>
  )
}

const OfferOptions = ({ view, place }: Pick<FilterSheetProps, 'view' | 'place'>) => {
  const { offers } = view
  const change = (changes: Parameters<typeof withFilter<typeof offers>>[1]) =>
    changeView({ offers: withFilter(offers, changes) })
  const areas = useBoardAreas()
  return (
    <>
      <Options
        legend={t('offer.kind')}
        chosen={offers.kind}
        options={offerKinds.map((value) => ({ value, words: t(`offer.${value}`), icon: kindIcon(value) }))}
        onChoose={(kind) => change({ kind })}
      />
      <Options
        legend={t('search.state')}
        chosen={offers.over && 'over'}
        options={[{ value: 'over', words: t('board.closedOffers') }]}
        onChoose={(over) => change({ over: over && true })}
      />
      <Options
        legend={t('search.whose')}
        chosen={offers.mine && 'mine'}
        options={[{ value: 'mine', words: t('filter.mine') }]}
        onChoose={(mine) => change({ mine: mine && true })}
      />
      <Options
        legend={t('form.area')}
        chosen={offers.place}
        options={placeOptions(areas, place, offers.place)}
        onChoose={(chosen) => change({ place: chosen })}
      />
    </>
  )
}

const FilterActions = ({ view, me, onClose }: FilterSheetProps) => {
  const needs = useBoardNeeds(needFilter(view, me, undefined), 0)?.total ?? 0
  const offers = useBoardOffers(offerFilter(view, me, undefined), 0)?.total ?? 0
  return (
    <>
      <Button kind="ghost" onClick={() => changeView(view.tab === 'needs' ? { needs: {} } : { offers: {} })}>
        {t('search.none')}
      </Button>
      <Button onClick={onClose}>
        {view.tab === 'needs'
          ? t('search.showNeeds', { count: needs })
          : t('search.showOffers', { count: offers })}
      </Button>
    </>
  )
}

export const FilterSheet = (props: FilterSheetProps) => {
  const { open, view, place, onClose } = props
  return (
    <Sheet open={open} title={t('board.filters')} onClose={onClose} actions={<FilterActions {...props} />}>
      {view.tab === 'needs' ? (
        <NeedOptions view={view} place={place} />
      ) : (
        <OfferOptions view={view} place={place} />
      )}
    </Sheet>
  )
}
