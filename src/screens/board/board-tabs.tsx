/** Needs or offers, each with how many there are; a count of zero is not shown. */

import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { formatNumber, t } from '../../i18n/translate.ts'
import type { BoardCounts } from '../../records/board/board.ts'
import type { BoardView } from './board-view.ts'

interface BoardTabsProps {
  tab: BoardView['tab']
  counts: BoardCounts | undefined
  onChange: (tab: BoardView['tab']) => void
}

const withCount = (words: string, count = 0): string =>
  count > 0 ? `${words} ${formatNumber(count)}` : words

export const BoardTabs = ({ tab, counts, onChange }: BoardTabsProps) => (
  <div class="tabs">
    <SegmentedChoice
      legend={t('board.kinds')}
      quietLegend
      value={tab}
      onChange={onChange}
      options={[
        { value: 'needs', label: withCount(t('board.needs'), counts?.listedNeeds) },
        { value: 'offers', label: withCount(t('board.offers'), counts?.openOffers) },
      ]}
    />
  </div>
)
