/** Yes or no, a checkbox drawn as a switch with its words; all of the line can be pressed. */

import './styles/forms.css'

interface ToggleProps {
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
}

export const Toggle = ({ label, hint, checked, onChange }: ToggleProps) => (
  <label class="toggle">
    <span class="toggle-words">
      <span class="strong">{label}</span>
      {hint && <span class="soft">{hint}</span>}
    </span>
    <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
  </label>
)
