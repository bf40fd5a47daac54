/** A time of day or a date, by the phone's own picker. */

import { useId } from 'preact/hooks'

interface MomentFieldProps {
  label: string
  kind: 'time' | 'date'
  /** HH:MM or YYYY-MM-DD; '' for none */
  value: string
  /** earliest date */
  min?: string
  onChange: (value: string) => void
}

export const MomentField = ({ label, kind, value, min, onChange }: MomentFieldProps) => {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type={kind}
        value={value}
        {...(min === undefined ? {} : { min })}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}
