/** What a search found: the first of each kind, or all of one. */

import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import { formatNumber, language, t } from '../../i18n/translate.ts'
import type { NeedCard as Need } from '../../records/need/queries.ts'
import type { OfferCard as Offer } from '../../records/offer/queries.ts'
import { NeedCard } from '../need-card.tsx'
import { OfferCard } from '../offer-card.tsx'
import { AfterPaint } from './after-paint.tsx'
import type { ListProps } from './board-list.ts'
import { type BoardView, boardView, changeView, pageRows } from './board-view.ts'
import { FoundPerson } from './found-person.tsx'
import { MoreRows } from './more-rows.tsx'
import { NothingFound } from './nothing-found.tsx'
import { useDrawn } from './use-drawn.ts'
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
const FoundLine = ({ isWhole, total }: { isWhole: boolean; total: number }) => (
  <p class={isWhole ? 'only-heard' : 'soft'} role="status">
    {isWhole ? t('search.found', { count: total }) : t('search.reading')}
  </p>
)

export const FoundList = (props: ListProps) => {
  const { view, names, unsent, now } = props
  const { needs, offers, people, totals, isWhole } = useFound(props)
  const drawnBy = [names, unsent, now, language.value]
  const needCard = useDrawn(
    (card: Need) => <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />,
    drawnBy,
  )
  const offerCard = useDrawn(
    (card: Offer) => <OfferCard key={card.offer.id} card={card} names={names} unsent={unsent} />,
    drawnBy,
  )
  const person = useDrawn(
    (member: Member) => <FoundPerson key={member.deviceId} member={member} names={names} />,
    drawnBy,
  )
  const total = totals.needs + totals.offers + totals.people
  const foundNeeds = (
    <FoundGroup key="needs" group="needs" view={view} total={totals.needs}>
      <ul class="records">{needs.map(needCard)}</ul>
    </FoundGroup>
  )
  const foundOffers = (
    <FoundGroup key="offers" group="offers" view={view} total={totals.offers}>
      <ul class="records">{offers.map(offerCard)}</ul>
    </FoundGroup>
  )
  const [first, second] = view.tab === 'needs' ? [foundNeeds, foundOffers] : [foundOffers, foundNeeds]
  return (
    <>
      {view.group !== null && <AllKinds view={view} />}
      <FoundLine isWhole={isWhole} total={total} />
      {first}
      <AfterPaint>
        {second}
        <FoundGroup group="people" view={view} total={totals.people}>
          <ul class="list">{people.map(person)}</ul>
        </FoundGroup>
      </AfterPaint>
      {isWhole && total === 0 && <NothingFound view={view} />}
    </>
  )
}
