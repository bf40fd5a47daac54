/** The lines of Today, grouped by what one does with them. */

import { t } from '../../i18n/translate.ts'
import type { Names } from '../names.ts'
import { groupOf, type TodayGroup, type TodayItem } from './today-items.ts'
import { TodayRow } from './today-row.tsx'

export interface TodayGroupsProps {
  items: readonly TodayItem[]
  names: Names
  now: number
}

const groups: readonly TodayGroup[] = ['answer', 'carry', 'help', 'news']

/** A need may wait for two people's address, or be carried by several. */
const keyOf = (item: TodayItem): string => {
  if (item.kind === 'asked') return item.ask.id
  return `${item.kind} ${item.kind === 'claim' ? item.mine.claim.id : item.claim.id}`
}

const Group = ({ group, items, names, now }: TodayGroupsProps & { group: TodayGroup }) => (
  <section class="stack" aria-labelledby={`today-${group}`}>
    <h2 class="section-head" id={`today-${group}`}>
      {t(`duty.${group}`)}
    </h2>
    <ul class="records">
      {items.map((item) => (
        <TodayRow key={keyOf(item)} item={item} names={names} now={now} />
      ))}
    </ul>
  </section>
)

export const TodayGroups = ({ items, ...rest }: TodayGroupsProps) => (
  <>
    {groups.map((group) => {
      const own = items.filter((item) => groupOf(item) === group)
      return own.length > 0 && <Group key={group} group={group} items={own} {...rest} />
    })}
  </>
)
