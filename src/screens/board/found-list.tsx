/** What a search found among needs, offers and people: the first of each kind, or all of one. */

import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { useBoardNeeds, useBoardOffers, useWholeBoard } from '../../hooks/use-board.ts'
import { useMembers } from '../../hooks/use-network.ts'
import { useProfiles } from '../../hooks/use-profile.ts'
import { formatNumber, language, t } from '../../i18n/translate.ts'
import { NeedCard } from '../need-card.tsx'
import { OfferCard } from '../offer-card.tsx'
import { byName, createPeopleSearch } from '../people-order.ts'
import { profileText } from '../profile-words.ts'
import type { ListProps } from './board-list.ts'
import { type BoardView, boardView, changeView, filterCount, needFilter, offerFilter } from './board-view.ts'
import { FoundPerson } from './found-person.tsx'
import { MoreRows } from './more-rows.tsx'
import { NothingFound } from './nothing-found.tsx'

type Group = NonNullable<BoardView['group']>

/** Shown of each kind until somebody wants all of it. */
const firstFound = 5

interface FoundGroupProps {
  group: Group
  view: BoardView
  total: number
  /** the order of what stands here, where it is not that of the alphabet */
  order?: string
  children: ComponentChildren
}

const FoundGroup = ({ group, view, total, order, children }: FoundGroupProps) => {
  if (total === 0) return null
  const isAll = view.group === group
  return (
    <section class="stack found" aria-labelledby={`found-${group}`}>
      <h2 class="section-head" id={`found-${group}`}>
        {t(`search.${group}`)} · {formatNumber(total)}
      </h2>
      {isAll && order && <p class="soft order">{order}</p>}
      {children}
      {!isAll && total > firstFound && (
        <Button kind="ghost" onClick={() => changeView({ group, limit: 40 })}>
          {t('search.allOf', { total })}
        </Button>
      )}
      {isAll && <MoreRows more={total > view.limit} limit={view.limit} />}
    </section>
  )
}

/** Folding the names of a district for each letter typed would take longer than searching it. */
const useFoundPeople = (text: string) => {
  const members = useMembers()
  const profiles = useProfiles()
  const search = useMemo(
    () =>
      createPeopleSearch(byName(members ?? [], language.peek()), (id) => {
        const profile = profiles.get(id)
        return profile ? profileText(profile) : ''
      }),
    [members, profiles, language.value],
  )
  return useMemo(() => search(text), [search, text])
}

export const FoundList = ({ view, names, unsent, now, place, me }: ListProps) => {
  const isWhole = useWholeBoard(true)
  const { group, tab } = view
  // filters are those of one kind of thing: with one on, the others are not meant
  const isMeant = (kind: Group): boolean =>
    (group === null || group === kind) && (filterCount(view) === 0 || kind === tab)
  const limitOf = (kind: Group): number => (isMeant(kind) ? (group === kind ? view.limit : firstFound) : 0)
  const needs = useBoardNeeds(needFilter(view, me, place?.areaKey), limitOf('needs'))
  const offers = useBoardOffers(offerFilter(view, me, place?.areaKey), limitOf('offers'))
  const people = useFoundPeople(view.text)
  const totals = {
    needs: isMeant('needs') ? (needs?.total ?? 0) : 0,
    offers: isMeant('offers') ? (offers?.total ?? 0) : 0,
    people: isMeant('people') ? people.length : 0,
  }
  const total = totals.needs + totals.offers + totals.people
  const groups = {
    needs: (
      <FoundGroup key="needs" group="needs" view={view} total={totals.needs} order={t('board.orderNeeds')}>
        <ul class="records">
          {needs?.cards.map((card) => (
            <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />
          ))}
        </ul>
      </FoundGroup>
    ),
    offers: (
      <FoundGroup
        key="offers"
        group="offers"
        view={view}
        total={totals.offers}
        order={t('board.orderOffers')}
      >
        <ul class="records">
          {offers?.cards.map((card) => (
            <OfferCard key={card.offer.id} card={card} names={names} unsent={unsent} />
          ))}
        </ul>
      </FoundGroup>
    ),
    people: (
      <FoundGroup key="people" group="people" view={view} total={totals.people}>
        <ul class="list">
          {people.slice(0, limitOf('people')).map((member) => (
            <FoundPerson key={member.deviceId} member={member} names={names} />
          ))}
        </ul>
      </FoundGroup>
    ),
  }
  return (
    <>
      {group !== null && (
        <Button
          kind="quiet"
          icon="back"
          onClick={() => {
            boardView.value = { ...view, group: null }
          }}
        >
          {t('search.allKinds')}
        </Button>
      )}
      <p class="only-heard" role="status">
        {isWhole ? t('search.found', { count: total }) : t('search.reading')}
      </p>
      {!isWhole && (
        <p class="soft" aria-hidden="true">
          {t('search.reading')}
        </p>
      )}
      {tab === 'needs' ? [groups.needs, groups.offers] : [groups.offers, groups.needs]}
      {groups.people}
      {isWhole && total === 0 && <NothingFound view={view} />}
    </>
  )
}
