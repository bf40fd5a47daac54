/** Blocks and streets that the network has written before, so that one place keeps one spelling. */

import { type NeedRow, needType } from '../records/need/need.ts'
import { type OfferRow, offerType } from '../records/offer/offer.ts'
import { knownAreas } from './known-areas.ts'
import { useQueryOnce } from './use-live-query.ts'

/** So many of the newest rows are looked at: a place that matters now is among them. */
const looked = 300

/** `saved`: what was saved since the screen opened; whatever it is, another one reads again. */
export const useAreas = (saved = 0): readonly string[] =>
  useQueryOnce(
    async (db) => {
      const newest = (table: string) =>
        db.table<NeedRow | OfferRow>(table).orderBy('[boardRank+newestFirst+id]')
      const needs = await newest(needType.table).limit(looked).toArray()
      const offers = await newest(offerType.table).limit(looked).toArray()
      return knownAreas([...needs, ...offers])
    },
    [saved],
  ) ?? []
