/** Who was asked for a need, and what offers and profiles there are to choose from. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type ClaimRow, claimType } from '../records/claim/claim.ts'
import { isLive } from '../records/claim/claim-order.ts'
import type { HelperRows } from '../records/matching/ways-to-help.ts'
import { type AskRow, askedFor, askTable, askWeekMs } from '../records/need/asks.ts'
import { type NeedRow, needType } from '../records/need/need.ts'
import { type OfferRow, offerType } from '../records/offer/offer.ts'
import { offerState, openOffersOf } from '../records/offer/queries.ts'
import { profileOf, profilesByMember } from '../records/profile/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useLiveQuery } from './use-live-query.ts'

type About = Pick<NeedRow, 'id' | 'creator'>

/** Those that count, one for each person; `undefined` until read. */
export const useAsksFor = (need: About): readonly AskRow[] | undefined =>
  useLiveQuery(
    async (db) =>
      askedFor(await db.table<AskRow, string>(askTable).where({ needId: need.id }).toArray(), need),
    [need.id, need.creator],
  )

const countBy = <R>(rows: readonly R[], keyOf: (row: R) => string): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return counts
}

/** Requests since a week that count, by person. */
const askedThisWeek = async (db: NetworkDatabase, nowMs: number): Promise<Map<string, number>> => {
  const asks = await db.table<AskRow, string>(askTable).toArray()
  const ofWeek = asks.filter(({ createdAt }) => createdAt > nowMs - askWeekMs)
  const needIds = [...new Set(ofWeek.map(({ needId }): string => needId))]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(needIds)
  return countBy(
    needs.flatMap((need) => (need ? askedFor(ofWeek, need) : [])),
    ({ personId }) => personId,
  )
}

/** Everybody who is in and can take something: what they offer and say they can do, and how much they have been asked. */
export const readHelperRows = async (db: NetworkDatabase, nowMs: number): Promise<HelperRows> => {
  const [people, offers, profiles, asked, claims, withContact] = await Promise.all([
    db.members.toArray(),
    db.table<OfferRow, string>(offerType.table).toArray(),
    profilesByMember(db),
    askedThisWeek(db, nowMs),
    db.table<ClaimRow, string>(claimType.table).where('state').anyOf(['taken', 'onWay']).toArray(),
    db.table('contacts').orderBy('aboutId').uniqueKeys(),
  ])
  const present = new Set(
    people.filter(({ end, role }) => end === null && role !== 'follower').map(({ deviceId }) => deviceId),
  )
  return {
    offers: offers.filter((offer) => present.has(offer.creator) && offerState(offer, nowMs) === 'open'),
    profiles: [...profiles.values()].filter(({ creator }) => present.has(creator)),
    asked,
    promises: countBy(
      claims.filter((claim) => isLive(claim, nowMs)),
      ({ creator }) => creator,
    ),
    reachable: new Set(withContact.map(String)),
  }
}

/** `undefined` until read. */
export const useHelperRows = (nowMs: number): HelperRows | undefined =>
  useLiveQuery((db) => readHelperRows(db, nowMs), [nowMs])

/** Only what this person offers and says of himself; `undefined` until read. */
export const useOwnHelperRows = (me: string, nowMs: number): HelperRows | undefined =>
  useLiveQuery(
    async (db) => {
      const [offers, profile] = await Promise.all([
        openOffersOf(db, me as DeviceId, nowMs),
        profileOf(db, me as DeviceId),
      ])
      return {
        offers: offers.map(({ offer }) => offer),
        profiles: profile ? [profile] : [],
        asked: new Map(),
        promises: new Map(),
        reachable: new Set<string>(),
      }
    },
    [me, nowMs],
  )
