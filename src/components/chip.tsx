/** A short fact in a rounded frame; with `onClick` a filter that is on or off. */

import './styles/records.css'
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface ChipProps {
  children: ComponentChildren
  tone?: 'plain' | 'act' | 'wait' | 'urgent'
  icon?: IconName
  /** for a filter: whether it is on */
  pressed?: boolean
  onClick?: () => void
}

export const Chip = ({ children, tone = 'plain', icon, pressed, onClick }: ChipProps) => {
  const words = (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </>
  )
  return onClick ? (
    <button type="button" class="chip" aria-pressed={pressed ?? false} onClick={onClick}>
      {words}
    </button>
  ) : (
    <span class={`chip ${tone}`}>{words}</span>
  )
}
