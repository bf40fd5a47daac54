/** What a search finds among needs, offers and people: as many of each as are to be shown, and how many there are. */

import { useMemo } from 'preact/hooks'
import { useBoardNeeds, useBoardOffers, useWholeBoard } from '../../hooks/use-board.ts'
import { useMembers } from '../../hooks/use-network.ts'
import { useProfiles } from '../../hooks/use-profile.ts'
import { language } from '../../i18n/translate.ts'
import type { NeedCard } from '../../records/need/queries.ts'
import type { OfferCard } from '../../records/offer/queries.ts'
import { byName, createPeopleSearch } from '../people-order.ts'
import { profileText } from '../profile-words.ts'
import type { ListProps } from './board-list.ts'
import { type BoardView, filterCount, needFilter, offerFilter } from './board-view.ts'

export type Group = NonNullable<BoardView['group']>
export type Member = NonNullable<ReturnType<typeof useMembers>>[number]

/** Shown of each kind until somebody wants all of it: together a screen and a half. */
export const firstFound: Readonly<Record<Group, number>> = { needs: 4, offers: 3, people: 3 }

export interface Found {
  needs: readonly NeedCard[]
  offers: readonly OfferCard[]
  people: readonly Member[]
  totals: Readonly<Record<Group, number>>
  /** false while the board is still being read: more may be found */
  isWhole: boolean
}

/** Folding the names of a district for each letter typed would take longer than searching it. */
const useFoundPeople = (text: string): readonly Member[] => {
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

export const useFound = ({ view, place, me }: Pick<ListProps, 'view' | 'place' | 'me'>): Found => {
  const isWhole = useWholeBoard(true)
  const { group, tab, limit } = view
  // filters are those of one kind of thing: with one on, the others are not meant
  const isMeant = (kind: Group): boolean =>
    (group === null || group === kind) && (filterCount(view) === 0 || kind === tab)
  const limitOf = (kind: Group): number => {
    if (!isMeant(kind)) return 0
    return group === kind ? limit : firstFound[kind]
  }
  const needs = useBoardNeeds(needFilter(view, me, place?.areaKey), limitOf('needs'))
  const offers = useBoardOffers(offerFilter(view, me, place?.areaKey), limitOf('offers'))
  const people = useFoundPeople(view.text)
  return {
    needs: needs?.cards ?? [],
    offers: offers?.cards ?? [],
    people: people.slice(0, limitOf('people')),
    totals: {
      needs: isMeant('needs') ? (needs?.total ?? 0) : 0,
      offers: isMeant('offers') ? (offers?.total ?? 0) : 0,
      people: isMeant('people') ? people.length : 0,
    },
    isWhole,
  }
}
