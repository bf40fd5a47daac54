/** How much of a whole is done, drawn; `label` says it in words. */

import './styles/details.css'

interface MeterProps {
  value: number
  max: number
  label: string
}

export const Meter = ({ value, max, label }: MeterProps) => {
  const part = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <div class="meter" role="img" aria-label={label}>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect width={part * 100} height="8" rx="1" />
      </svg>
    </div>
  )
}
