/** One of a few: a group of radio buttons drawn as cells. {@link IconChoice} and {@link SegmentedChoice} say how. */

import { useId } from 'preact/hooks'
import { Icon, type IconName } from './icon.tsx'

export interface ChoiceOption<Value extends string> {
  value: Value
  label: string
  /** spoken before the label, where that alone sounds like another one's */
  heard?: string
  /** the label is what somebody typed */
  typed?: boolean
  /** of the label, where it is not the page's */
  lang?: string
  icon?: IconName
  /** colour when chosen; the word still says it */
  tone?: 'act' | 'wait' | 'urgent'
}

export interface ChoiceProps<Value extends string> {
  legend: string
  options: readonly ChoiceOption<Value>[]
  value: Value | null
  onChange: (value: Value) => void
  /** the legend is heard, not seen */
  quietLegend?: boolean
  error?: string | undefined
}

interface CellsProps<Value extends string> extends ChoiceProps<Value> {
  cells: 'icons' | 'segments'
}

export const Choice = <Value extends string>(props: CellsProps<Value>) => {
  const id = useId()
  return (
    <fieldset class="choice" aria-describedby={props.error ? `${id}-error` : undefined}>
      <legend class={props.quietLegend ? 'only-heard' : undefined}>{props.legend}</legend>
      <div class={`choice-cells ${props.cells}`}>
        {props.options.map((option) => {
          const chosen = option.value === props.value
          return (
            <label key={option.value} class={`choice-cell ${option.tone ?? 'act'}${chosen ? ' chosen' : ''}`}>
              <input
                type="radio"
                name={id}
                value={option.value}
                checked={chosen}
                onChange={() => props.onChange(option.value)}
              />
              {option.icon && <Icon name={option.icon} size={props.cells === 'icons' ? 'large' : 'medium'} />}
              {option.heard && <span class="only-heard">{option.heard}</span>}
              {option.typed ? <bdi>{option.label}</bdi> : <span lang={option.lang}>{option.label}</span>}
            </label>
          )
        })}
      </div>
      {props.error && (
        <p class="field-error" id={`${id}-error`}>
          <Icon name="warning" size="small" />
          <span>{props.error}</span>
        </p>
      )}
    </fieldset>
  )
}
