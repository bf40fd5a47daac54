/** A short fact in a rounded frame; with `onClick` a filter that is on or off, or what opens all filters. */

import './styles/records.css'
import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface ChipProps {
  children: ComponentChildren
  tone?: 'plain' | 'act' | 'wait' | 'urgent'
  icon?: IconName
  /** for a filter: whether it is on */
  pressed?: boolean
  /** it opens a question, and is itself neither on nor off */
  opens?: boolean
  onClick?: () => void
}

export const Chip = ({
  children,
  tone = 'plain',
  icon,
  pressed = false,
  opens = false,
  onClick,
}: ChipProps) => {
  const words = (
    <>
      {icon && <Icon name={icon} size="small" />}
      <span>{children}</span>
    </>
  )
  return onClick ? (
    <button
      type="button"
      class={pressed ? 'chip on' : 'chip'}
      {...(opens ? { 'aria-haspopup': 'dialog' } : { 'aria-pressed': pressed })}
      onClick={onClick}
    >
      {words}
    </button>
  ) : (
    <span class={`chip ${tone}`}>{words}</span>
  )
}
