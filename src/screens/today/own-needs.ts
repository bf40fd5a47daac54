/** What this person wrote, and what he could do next: pure, from the rows of Today. */

import { isOver } from '../../records/claim/claim-order.ts'
import type { TodayNeed } from './today-items.ts'

const urgencyRank = { today: 0, week: 1, possible: 2 } as const

const hasSomebody = ({ status }: TodayNeed): boolean => status.covered > 0
const lastWord = ({ claims }: TodayNeed): number => Math.max(0, ...claims.map(({ stateAt }) => stateAt))

/** What this person wrote and is still open: what somebody has taken first, the latest news of them first. */
export const ownOpen = (involved: readonly TodayNeed[], me: string): TodayNeed[] =>
  involved
    .filter(({ need, status }) => need.creator === me && !isOver(status))
    .sort(
      (a, b) =>
        Number(hasSomebody(b)) - Number(hasSomebody(a)) ||
        lastWord(b) - lastWord(a) ||
        urgencyRank[a.need.urgency] - urgencyRank[b.need.urgency] ||
        b.need.createdAt - a.need.createdAt,
    )

/** Where this person lives, by what he wrote himself: the place he named most often, '' when none. */
export const ownAreaKey = (involved: readonly TodayNeed[], me: string): string => {
  const counts = new Map<string, number>()
  for (const { need } of involved) {
    if (need.creator === me && need.areaKey !== '')
      counts.set(need.areaKey, (counts.get(need.areaKey) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** The one useful thing to do when nothing waits: something near, else the first of the board. */
export const suggestion = (open: readonly TodayNeed[], areaKey: string): TodayNeed | undefined =>
  (areaKey === '' ? undefined : open.find(({ need }) => need.areaKey === areaKey)) ?? open[0]
