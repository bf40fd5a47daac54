/** One line or several of text that a person types, with its label, hint, error and what is left of the room. */

import { useId } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'

interface FieldProps {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string | undefined
  error?: string | undefined
  /** greatest length; the rest is counted down from 20 on */
  max?: number
  /** more than one makes a text area */
  rows?: number
  /** `ltr` for phones, codes and links */
  direction?: 'auto' | 'ltr'
  inputMode?: 'text' | 'tel' | 'url' | 'numeric'
  /** not to be read by who looks over a shoulder, and kept by no keyboard */
  secret?: boolean
  autocomplete?: string
  optional?: boolean
  /** what others have written here, offered while typing */
  suggestions?: readonly string[]
  /** where a form finds the first field with an error */
  name?: string
  onBlur?: () => void
}

const countFrom = 20

export const Field = (props: FieldProps) => {
  const id = useId()
  const { value, max, error, hint } = props
  const left = max === undefined ? undefined : max - [...value].length
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const control = {
    id,
    name: props.name,
    value,
    dir: props.direction ?? 'auto',
    inputMode: props.inputMode,
    autocomplete: props.autocomplete ?? 'off',
    'aria-invalid': error ? true : undefined,
    'aria-describedby': describedBy || undefined,
    onInput: (event: { currentTarget: { value: string } }) => props.onInput(event.currentTarget.value),
    onBlur: props.onBlur,
  } as const

  return (
    <div class="field">
      <label for={id}>
        {props.label}
        {props.optional && <span class="optional"> · {t('form.optional')}</span>}
      </label>
      {props.rows && props.rows > 1 ? (
        <textarea {...control} rows={props.rows} />
      ) : props.secret ? (
        <input {...control} type="password" />
      ) : (
        <input {...control} type="text" list={props.suggestions ? `${id}-list` : undefined} />
      )}
      {props.suggestions && (
        <datalist id={`${id}-list`}>
          {props.suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
      <div class="field-foot">
        <div>
          {hint && (
            <p class="field-hint" id={`${id}-hint`}>
              {hint}
            </p>
          )}
          {error && (
            <p class="field-error" id={`${id}-error`}>
              <Icon name="warning" size="small" />
              <span>{error}</span>
            </p>
          )}
        </div>
        {left !== undefined && left <= countFrom && (
          <p class="field-hint" aria-live="polite">
            {left >= 0 ? t('form.left', { count: left }) : !error && t('err.tooLong', { limit: max ?? 0 })}
          </p>
        )}
      </div>
    </div>
  )
}
