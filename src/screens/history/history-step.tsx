/** One step: what was done, by whom and when, which field from what to what, and taking it back. */

import { Badge } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { HistoryChange, HistoryStep } from '../../records/record-history.ts'
import { fieldWords, valueWords } from '../field-words.ts'
import type { Names } from '../names.ts'
import { stepWords, toldChanges } from './step-words.ts'

interface HistoryStepProps {
  step: HistoryStep
  names: Names
  now: number
  /** undefined where it cannot be undone */
  onUndo: (() => void) | undefined
}

const changeWords = ({ field, from, to }: HistoryChange): string => {
  const words = fieldWords(field)
  if (from === null) return t('history.first', { words, after: valueWords(field, to) })
  return t('history.field', { words, before: valueWords(field, from), after: valueWords(field, to) })
}

const Change = ({ change, names }: { change: HistoryChange; names: Names }) => (
  <li>
    <p>{changeWords(change)}</p>
    {change.alongside.map((person) => (
      <p key={person} class="soft">
        {t('history.alongside', { name: names.nameOf(person) })}
      </p>
    ))}
  </li>
)

export const Step = ({ step, names, now, onUndo }: HistoryStepProps) => {
  const { words, icon } = stepWords(step)
  const by = step.by === names.me ? t('need.fromMe') : t('need.from', { name: names.nameOf(step.by) })
  return (
    <li class="history-step">
      <Badge icon={icon} tone="plain" />
      <div class="history-words">
        <p class="strong">{words}</p>
        <p class="soft">
          {by} · {timeAgo(step.at, now)}
        </p>
        <ul>
          {toldChanges(step).map((change) => (
            <Change key={change.field} change={change} names={names} />
          ))}
        </ul>
        {onUndo && (
          <Button kind="ghost" icon="undo" compact label={`${t('history.undo')}: ${words}`} onClick={onUndo}>
            {t('history.undo')}
          </Button>
        )}
      </div>
    </li>
  )
}
