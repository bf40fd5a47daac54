/** A whole number between two bounds: less, more, or typed with digits of any kind. */

import './styles/forms.css'
import { useEffect, useId, useState } from 'preact/hooks'
import { parseWholeNumber } from '../i18n/digits.ts'
import { digits, formatNumber, t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'

interface NumberFieldProps {
  label: string
  value: number
  onChange: (value: number) => void
  min?: number
  max?: number
  hint?: string | undefined
  error?: string | undefined
}

export const NumberField = ({
  label,
  value,
  onChange,
  min = 1,
  max = 9999,
  hint,
  error,
}: NumberFieldProps) => {
  const id = useId()
  // what stands in the box may for a moment be no number: empty, or half typed
  const [typed, setTyped] = useState(formatNumber(value))
  const [stepped, setStepped] = useState(false)
  // the digits setting changes how the same number is written
  useEffect(() => {
    if (parseWholeNumber(typed) !== value) setTyped(formatNumber(value))
  }, [value, digits.value])

  const take = (next: number) => {
    const bounded = Math.min(max, Math.max(min, next))
    setTyped(formatNumber(bounded))
    onChange(bounded)
  }
  const step = (next: number) => {
    setStepped(true)
    take(next)
  }
  const type = (text: string) => {
    setStepped(false)
    setTyped(text)
    const number = parseWholeNumber(text)
    if (number !== null && number >= min && number <= max) onChange(number)
  }

  return (
    <div class="field">
      <label for={id} id={`${id}-label`}>
        {label}
      </label>
      <div class="stepper">
        <button
          type="button"
          class="button"
          aria-label={t('act.less')}
          aria-describedby={`${id}-label`}
          onClick={() => step(value - 1)}
        >
          <Icon name="minus" />
        </button>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={typed}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-notes`}
          onInput={(event) => type(event.currentTarget.value)}
          onBlur={() => take(parseWholeNumber(typed) ?? value)}
        />
        <button
          type="button"
          class="button"
          aria-label={t('act.more')}
          aria-describedby={`${id}-label`}
          onClick={() => step(value + 1)}
        >
          <Icon name="add" />
        </button>
      </div>
      {/* where the focus is on a step, the number in the box is not heard */}
      <p class="only-heard" role="status">
        {stepped ? `${label} ${typed}` : ''}
      </p>
      <div id={`${id}-notes`}>
        {hint && <p class="field-hint">{hint}</p>}
        {error && (
          <p class="field-error">
            <Icon name="warning" size="small" />
            <span>{error}</span>
          </p>
        )}
      </div>
    </div>
  )
}
