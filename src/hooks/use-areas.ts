/** Blocks and streets that the network has written before, so that one place keeps one spelling. */

import { type NeedRow, needType } from '../records/need/need.ts'
import { type OfferRow, offerType } from '../records/offer/offer.ts'
import { knownAreas } from './known-areas.ts'
import { useLiveQuery } from './use-live-query.ts'

/** So many of the newest rows are looked at: a place that matters now is among them. */
const looked = 300

export const useAreas = (): readonly string[] =>
  useLiveQuery(async (db) => {
    const newest = (table: string) =>
      db.table<NeedRow | OfferRow>(table).orderBy('[boardRank+newestFirst+id]')
    const needs = await newest(needType.table).limit(looked).toArray()
    const offers = await newest(offerType.table).limit(looked).toArray()
    return knownAreas([...needs, ...offers])
  }) ?? []
