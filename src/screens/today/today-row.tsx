/** One line of Today: about which need, what about it, and what to do. */

import '../../components/styles/records.css'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import type { IconName } from '../../components/icon.tsx'
import { categoryIcon } from '../category-words.ts'
import type { Names } from '../names.ts'
import { needTitle, urgencyTone } from '../need-words.ts'
import { TodayActs } from './today-acts.tsx'
import { groupOf, type TodayItem } from './today-items.ts'
import { todayWords } from './today-words.ts'

interface TodayRowProps {
  item: TodayItem
  names: Names
  now: number
}

const iconOf = ({ kind, seen }: TodayItem): IconName => {
  if (kind === 'arrived') return 'delivered'
  return kind === 'cancelled' ? 'close' : categoryIcon(seen.need.category)
}

export const TodayRow = ({ item, names, now }: TodayRowProps) => {
  const { need } = item.seen
  const isNews = groupOf(item) === 'news'
  const asks = item.kind === 'asked' || (item.kind === 'claim' && item.mine.state === 'turn')
  const tone = item.kind === 'cancelled' ? 'urgent' : isNews ? 'plain' : urgencyTone(need.urgency)
  return (
    <li class={`card today-row${asks ? ' asks' : ''}`}>
      <a class="today-link" href={`/need/${need.id}`}>
        <Badge icon={iconOf(item)} tone={tone} />
        <span class="record-words">
          <span class="record-title">
            <Bdi>{needTitle(need)}</Bdi>
          </span>
          <span class="soft">{todayWords(item, names, now)}</span>
          {groupOf(item) === 'carry' && need.area !== '' && (
            <span class="soft">
              <Bdi>{need.area}</Bdi>
            </span>
          )}
        </span>
      </a>
      <TodayActs item={item} />
    </li>
  )
}
