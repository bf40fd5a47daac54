/** A few needs of Today under their heading, with the way to the rest of them. */

import type { ComponentChildren } from 'preact'
import { Button } from '../../components/button.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import type { Names } from '../names.ts'
import { NeedCard } from '../need-card.tsx'
import type { TodayNeed } from './today-items.ts'

interface NeedSectionProps {
  /** unique on the page */
  id: string
  title: string
  /** a line above the heading */
  before?: ComponentChildren
  needs: readonly TodayNeed[]
  names: Names
  unsent: Unsent
  now: number
  /** where the rest is; none when all are here */
  rest?: { href: string; words: string } | undefined
}

export const NeedSection = ({ id, title, before, needs, names, unsent, now, rest }: NeedSectionProps) => (
  <section class="stack" aria-labelledby={id}>
    {before}
    <h2 class="section-head" id={id}>
      {title}
    </h2>
    <ul class="records">
      {needs.map((card) => (
        <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />
      ))}
    </ul>
    {rest && (
      <Button kind="ghost" href={rest.href} label={`${rest.words}: ${title}`}>
        {rest.words}
      </Button>
    )}
  </section>
)
