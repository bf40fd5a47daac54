/** What stands on the board: needs and offers by filter, as many as are shown, and how many there are. */

import { useEffect, useMemo } from 'preact/hooks'
import type { Board, BoardCounts, Found, OfferFilter } from '../records/board/board.ts'
import type { NeedFilter } from '../records/board/need-filter.ts'
import type { Category } from '../records/categories.ts'
import type { NeedRow } from '../records/need/need.ts'
import type { NeedCard } from '../records/need/queries.ts'
import type { OfferCard } from '../records/offer/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { BoardReader, type BoardState } from './board-reader.ts'
import { useDoor } from './door.ts'
import { placesByUse } from './known-areas.ts'
import { useUnread } from './use-hidings.ts'
import { useMyId } from './use-network.ts'
import { useNow } from './use-now.ts'
import { useProfile } from './use-profile.ts'

export interface Place {
  area: string
  areaKey: string
}

/** As many cards as the tallest phone shows. */
const keptRows = 12

const readers = new WeakMap<NetworkDatabase, BoardReader>()

const readerOf = (database: NetworkDatabase): BoardReader => {
  const reader = readers.get(database) ?? new BoardReader(database)
  readers.set(database, reader)
  return reader
}

const useBoard = (): BoardState | undefined => {
  const database = useDoor().database.value
  const reader = database && readerOf(database)
  if (reader?.failure.value !== undefined) throw reader.failure.value
  return reader?.state.value
}

/** Reads all of the board as fast as it goes once `wanted`: somebody waits for what is found. True when it is here. */
export const useWholeBoard = (wanted: boolean): boolean => {
  const database = useDoor().database.value
  if (wanted && database) readerOf(database).hurry()
  return useBoard()?.isWhole ?? false
}

/** What the board holds of a need at this moment; undefined where it was not opened yet. */
export const useHeldNeed = (id: string): NeedRow | undefined => {
  const database = useDoor().database.value
  return (database && readers.get(database))?.state.peek()?.board.need(id)
}

/** Lets the rest of the board be read once the first of it is painted. */
export const useRestOfBoard = (isShown: boolean): void => {
  const database = useDoor().database.value
  useEffect(() => {
    if (database && isShown) readerOf(database).readOn()
  }, [database, isShown])
}

/** What a board gives at this moment; made again when it, the minute or one of `dependencies` changes. */
const useFromBoard = <Value>(
  read: (board: Board, nowMs: number) => Value,
  dependencies: readonly unknown[],
): Value | undefined => {
  const now = useNow()
  const state = useBoard()
  return useMemo(() => state && read(state.board, now), [state, now, ...dependencies])
}

/**
 * `undefined` until the first of them are read, and where nothing is asked for (null); at most `limit`, and how many there are
 * of those that are read.
 */
export const useBoardNeeds = (filter: NeedFilter | null, limit: number): Found<NeedCard> | undefined => {
  const unread = useUnread()
  const dependencies = [JSON.stringify(filter), limit, unread]
  return (
    useFromBoard((board, now) => filter && board.needs(filter, now, limit, unread), dependencies) ?? undefined
  )
}

export const useBoardOffers = (filter: OfferFilter | null, limit: number): Found<OfferCard> | undefined => {
  const unread = useUnread()
  const dependencies = [JSON.stringify(filter), limit, unread]
  return (
    useFromBoard((board, now) => filter && board.offers(filter, now, limit, unread), dependencies) ??
    undefined
  )
}

/** `undefined` until all of the board is read. */
export const useBoardCounts = (): BoardCounts | undefined => {
  const now = useNow()
  const state = useBoard()
  return useMemo(() => (state?.isWhole ? state.board.counts(now) : undefined), [state, now])
}

/** Categories of what is listed, the most frequent first; none until all of the board is read. */
export const useBoardCategories = (): readonly Category[] => {
  const state = useBoard()
  return useMemo(() => (state?.isWhole ? state.board.categories() : []), [state])
}

/** Blocks and streets of what is listed, in the spelling that is used most; the most frequent first. */
export const useBoardAreas = (): readonly Place[] =>
  useFromBoard((board) => placesByUse(board.places()), []) ?? []

/**
 * Where this person is, by his profile or else by the place that he named most often; undefined when neither says. Until
 * that is read it is what it was the last time, so that the list does not change its order under the finger.
 */
export const useMyPlace = (): Place | undefined => {
  const me = useMyId()
  const state = useBoard()
  const profile = useProfile(String(me ?? ''))
  const named = useMemo(
    () => state && placesByUse(state.board.places().filter(({ creator }) => creator === me))[0],
    [state, me],
  )
  if (!state?.isWhole || profile === undefined) return state?.keptPlace
  return profile && profile.areaKey !== '' ? { area: profile.area, areaKey: profile.areaKey } : named
}

/** Keeps what stands first now for the next start. */
export const useKeptBoard = (place: Place | undefined): void => {
  const database = useDoor().database.value
  const state = useBoard()
  useEffect(() => {
    if (!database || !state?.isWhole) return
    readerOf(database).keep({ needs: state.board.firstNeeds(place?.areaKey, keptRows), place })
  }, [database, state, place?.areaKey])
}
