/** How long it takes to find who can help: pure work on rows, without a browser. */

import words from '../../../locales/later/words-ar.json' with { type: 'json' }
import { HelperIndex, needsFor, wantedOf } from '../../../src/records/matching/matching.ts'
import { OfferWords } from '../../../src/records/matching/offer-words.ts'
import { type HelperRows, helpersFrom, offerText } from '../../../src/records/matching/ways-to-help.ts'
import type { NeedRow } from '../../../src/records/need/need.ts'
import { createLexicon } from '../../../src/records/need/reading/lexicon.ts'
import type { OfferRow } from '../../../src/records/offer/offer.ts'
import type { ProfileRow } from '../../../src/records/profile/profile.ts'
import { readingLists } from '../../../tests/support/reading-lists.ts'
import type { Tables } from './rows.ts'

/** As the goal says it: so many needs and offers. */
const rows = 1000
const proposals = 3
const runs = 15

export interface MatchFigures {
  /** every one of 1,000 needs against 1,000 offers */
  matchMs: number
  /** one need against them */
  matchOneMs: number
  /** 1,000 needs for one person */
  matchMineMs: number
  /** the words of 1,000 offers, once and in pieces */
  matchReadMs: number
}

const hundredths = (ms: number): number => Math.round(ms * 100) / 100

/** The fastest run: what else the machine does is no part of the work. */
const timed = (work: () => void): number => {
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return hundredths(Math.min(...times))
}

export const matchFigures = (tables: Tables, nowMs: number): MatchFigures => {
  const offers = (tables.offers as OfferRow[]).slice(0, rows)
  const needs = (tables.needs as NeedRow[]).slice(0, rows).map((need) => wantedOf(need, 0, nowMs))
  const all: HelperRows = {
    offers,
    profiles: tables.profiles as ProfileRow[],
    asked: new Map(),
    promises: new Map(),
    reachable: new Set(),
  }
  const offerWords = new OfferWords(createLexicon(readingLists), (skill) => words.skill[skill])
  const start = performance.now()
  for (const offer of offers) offerWords.read(offerText(offer))
  const matchReadMs = hundredths(performance.now() - start)
  const helpers = helpersFrom(all, offerWords, nowMs)
  const index = new HelperIndex(helpers, nowMs)
  const nobody = new Set<string>()
  const [first] = needs
  const mine = helpers.filter(({ person }) => person === helpers[0]?.person)
  return {
    matchMs: timed(() => {
      for (const need of needs) index.best(need, proposals, nobody)
    }),
    matchOneMs: timed(() => first && index.best(first, proposals, nobody)),
    matchMineMs: timed(() => needsFor(mine, needs, 40, nowMs)),
    matchReadMs,
  }
}
