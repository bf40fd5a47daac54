/** What a search found: the first of each kind, or all of one. */

import type { ComponentChildren, VNode } from 'preact'
import { useCallback, useMemo, useRef } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { formatNumber, language, t } from '../../i18n/translate.ts'
import type { NeedCard as Need } from '../../records/need/queries.ts'
import type { OfferCard as Offer } from '../../records/offer/queries.ts'
import { AfterPaint } from '../after-paint.tsx'
import { NeedCard } from '../need-card.tsx'
import { OfferCard } from '../offer-card.tsx'
import type { ListProps } from './board-list.ts'
import { type BoardView, boardView, changeView, pageRows } from './board-view.ts'
import { FoundPerson } from './found-person.tsx'
import { MoreRows } from './more-rows.tsx'
import { NothingFound } from './nothing-found.tsx'
import { firstFound, type Group, type Member, useFound } from './use-found.ts'

interface FoundGroupProps {
  group: Group
  view: BoardView
  total: number
  children: ComponentChildren
}

const FoundGroup = ({ group, view, total, children }: FoundGroupProps) => {
  if (total === 0) return null
  const isAll = view.group === group
  return (
    <section class="stack found" aria-labelledby={`found-${group}`}>
      <h2 class="section-head" id={`found-${group}`}>
        {t(`search.${group}`)} · {formatNumber(total)}
      </h2>
      {children}
      {!isAll && total > firstFound[group] && (
        <Button kind="ghost" onClick={() => changeView({ group, limit: pageRows })}>
          {t('search.allOf', { total })}
        </Button>
      )}
      {isAll && <MoreRows more={total > view.limit} limit={view.limit} />}
    </section>
  )
}

/**
 * A place in a list of what was found: another letter changes the words in it, and its elements stay. Making them anew is
 * most of a letter's work.
 */
const Place = <Card extends object>({ card, draw }: { card: Card; draw: (card: Card) => VNode }) =>
  useMemo(() => draw(card), [card, draw])

/** A phone shows one and a half above its keyboard. */
const shownAtOnce = 1

/** Of a list that grows to hundreds, and of one that lies below the screen, the rest follows one frame later. */
const places = <Card extends object>(cards: readonly Card[], draw: (card: Card) => VNode) => {
  const all = cards.map((card, place) => <Place key={place} card={card} draw={draw} />)
  return (
    <>
      {all.slice(0, shownAtOnce)}
      <AfterPaint>{all.slice(shownAtOnce)}</AfterPaint>
    </>
  )
}

const AllKinds = ({ view }: { view: BoardView }) => (
  <Button
    kind="quiet"
    icon="back"
    onClick={() => {
      boardView.value = { ...view, group: null }
    }}
  >
    {t('search.allKinds')}
  </Button>
)

/** Heard with each answer; seen only while more may come. */
const FoundLine = ({ isWhole, total }: { isWhole: boolean; total: number | null }) => (
  <p class={isWhole ? 'only-heard' : 'soft'} role="status">
    {isWhole ? total !== null && t('search.found', { count: total }) : t('search.reading')}
  </p>
)

export const FoundList = (props: ListProps) => {
  const { view, names, unsent, now } = props
  const { needs, offers, people, totals, isWhole, isSettled } = useFound(props)
  const drawnBy = [names, unsent, now, language.value]
  const needCard = useCallback(
    (card: Need) => <NeedCard card={card} names={names} unsent={unsent} now={now} />,
    drawnBy,
  )
  const offerCard = useCallback(
    (card: Offer) => <OfferCard card={card} names={names} unsent={unsent} />,
    drawnBy,
  )
  const person = useCallback((member: Member) => <FoundPerson member={member} names={names} />, drawnBy)
  const total = totals.needs + totals.offers + totals.people
  // heard once for each letter
  const heard = useRef<number | null>(null)
  if (isSettled) heard.current = total
  const foundNeeds = (
    <FoundGroup key="needs" group="needs" view={view} total={totals.needs}>
      <ul class="records">{places(needs, needCard)}</ul>
    </FoundGroup>
  )
  const foundOffers = (
    <FoundGroup key="offers" group="offers" view={view} total={totals.offers}>
      <ul class="records">{places(offers, offerCard)}</ul>
    </FoundGroup>
  )
  const [first, second] = view.tab === 'needs' ? [foundNeeds, foundOffers] : [foundOffers, foundNeeds]
  return (
    <>
      {view.group !== null && <AllKinds view={view} />}
      <FoundLine isWhole={isWhole} total={heard.current} />
      {first}
      {second}
      <FoundGroup group="people" view={view} total={totals.people}>
        <ul class="list">{places(people, person)}</ul>
      </FoundGroup>
      {isWhole && isSettled && total === 0 && <NothingFound view={view} />}
    </>
  )
}
