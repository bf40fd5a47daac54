/** How soon, by three faces of the clock. */

import { IconChoice } from '../components/icon-choice.tsx'
import { t } from '../i18n/translate.ts'
import type { NeedRow } from '../records/need/need.ts'
import { urgencyIcon, urgencyTone } from './need-words.ts'

interface UrgencyChoiceProps {
  legend: string
  /** what is asked stands above already */
  quietLegend?: boolean
  value: NeedRow['urgency']
  onChange: (urgency: NeedRow['urgency']) => void
}

const urgencies = ['today', 'week', 'possible'] as const

export const UrgencyChoice = ({ legend, quietLegend = false, value, onChange }: UrgencyChoiceProps) => (
  <div class="thirds">
    <IconChoice
      legend={legend}
      quietLegend={quietLegend}
      value={value}
      options={urgencies.map((urgency) => ({
        value: urgency,
        label: t(`when.${urgency}`),
        icon: urgencyIcon(urgency),
        tone: urgencyTone(urgency),
      }))}
      onChange={onChange}
    />
  </div>
)
