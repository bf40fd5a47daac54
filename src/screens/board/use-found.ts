/** What a search finds among needs, offers and people: as many of each as are to be shown, and how many there are. */

import { useMemo } from 'preact/hooks'
import { useBoardNeeds, useBoardOffers, useWholeBoard } from '../../hooks/use-board.ts'
import { useMembers } from '../../hooks/use-network.ts'
import { useProfiles } from '../../hooks/use-profile.ts'
import { language } from '../../i18n/translate.ts'
import type { NeedCard } from '../../records/need/queries.ts'
import type { OfferCard } from '../../records/offer/queries.ts'
import { useAfterPaint } from '../after-paint.tsx'
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
  /** false until what was typed last has been looked for in all kinds */
  isSettled: boolean
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

// filters are those of one kind of thing: with one on, the others are not meant
const isMeant = (view: BoardView, kind: Group): boolean =>
  (view.group === null || view.group === kind) && (filterCount(view) === 0 || kind === view.tab)

const limitOf = (view: BoardView, kind: Group): number => {
  if (!isMeant(view, kind)) return 0
  return view.group === kind ? view.limit : firstFound[kind]
}

export const useFound = ({ view, place, me }: Pick<ListProps, 'view' | 'place' | 'me'>): Found => {
  const isWhole = useWholeBoard(true)
  // what lies below is looked for one frame after what stands first
  const later = useAfterPaint(view)
  const viewOf = (kind: Group): BoardView | null => {
    const own = kind === view.tab ? view : later
    return own && isMeant(own, kind) ? own : null
  }
  const [ofNeeds, ofOffers, ofPeople] = [viewOf('needs'), viewOf('offers'), viewOf('people')]
  const near = place?.areaKey
  // words of the screen are sought too
  const by = [me, near, language.value]
  const needsWanted = useMemo(() => ofNeeds && needFilter(ofNeeds, me, near), [ofNeeds, ...by])
  const offersWanted = useMemo(() => ofOffers && offerFilter(ofOffers, me, near), [ofOffers, ...by])
  const needs = useBoardNeeds(needsWanted, ofNeeds ? limitOf(ofNeeds, 'needs') : 0)
  const offers = useBoardOffers(offersWanted, ofOffers ? limitOf(ofOffers, 'offers') : 0)
  const people = useFoundPeople(ofPeople?.text ?? '')
  return {
    needs: needs?.cards ?? [],
    offers: offers?.cards ?? [],
    people: ofPeople ? people.slice(0, limitOf(ofPeople, 'people')) : [],
    totals: {
      needs: needs?.total ?? 0,
      offers: offers?.total ?? 0,
      people: ofPeople ? people.length : 0,
    },
    isWhole,
    isSettled: later === view,
  }
}
