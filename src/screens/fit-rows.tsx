/** Needs that this person can do something about, each with why. */

import '../components/styles/records.css'
import '../components/styles/details.css'
import { useMemo } from 'preact/hooks'
import { Badge } from '../components/badge.tsx'
import { Bdi } from '../components/bdi.tsx'
import { useHidings } from '../hooks/use-hidings.ts'
import { type Match, needsFor, wantedOf } from '../records/matching/matching.ts'
import type { Helper } from '../records/matching/ways-to-help.ts'
import type { NeedCard } from '../records/need/queries.ts'
import { categoryIcon } from './category-words.ts'
import { matchWords } from './match-words.ts'
import { needTitle, urgencyTone } from './need-words.ts'

/** The best of them that this person neither wrote for himself nor has taken; `undefined` until his own are read. */
export const useFits = (
  cards: readonly NeedCard[] | undefined,
  helpers: readonly Helper[] | undefined,
  { me, now, most }: { me: string; now: number; most: number },
): Match[] | undefined => {
  const hidings = useHidings()
  return useMemo(() => {
    if (!cards || !helpers) return undefined
    const open = cards.filter(
      ({ need, status }) =>
        status.state === 'open' &&
        (need.creator !== me || need.forWhom === 'other') &&
        hidings.get(need.id)?.state !== 'hidden' &&
        !status.places.some(({ claim, expired }) => claim.creator === me && !expired),
    )
    return needsFor(
      helpers,
      open.map(({ need, status }) => wantedOf(need, status.covered, now)),
      most,
      now,
    )
  }, [cards, helpers, hidings, me, now, most])
}

export const FitRows = ({ matches }: { matches: readonly Match[] }) => (
  <ul class="records">
    {matches.map(({ wanted: { need }, reasons }) => (
      <li key={need.id} class="card today-row">
        <a class="today-link" href={`/need/${need.id}`}>
          <Badge icon={categoryIcon(need.category)} tone={urgencyTone(need.urgency)} />
          <span class="record-words">
            <span class="record-title">
              <Bdi>{needTitle(need)}</Bdi>
            </span>
            <span class="soft">{matchWords(reasons)}</span>
          </span>
        </a>
      </li>
    ))}
  </ul>
)
