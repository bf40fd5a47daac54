/** A button, or a link that looks like one; at least 48 px high. */

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps {
  children: ComponentChildren
  kind?: 'primary' | 'ghost' | 'danger' | 'quiet'
  icon?: IconName
  /** with `href` it is a link */
  href?: string
  type?: 'button' | 'submit'
  /** says that it is being done; pressing again does nothing */
  busy?: boolean
  wide?: boolean
  compact?: boolean
  /** spoken instead of the words, where they do not say enough by themselves */
  label?: string
  onClick?: () => void
}

export const Button = ({ kind = 'primary', type = 'button', busy = false, ...props }: ButtonProps) => {
  const look = `button ${kind}${props.wide ? ' wide' : ''}${props.compact ? ' compact' : ''}`
  const words = (
    <>
      {props.icon && <Icon name={props.icon} />}
      <span>{props.children}</span>
    </>
  )
  if (props.href !== undefined) {
    return (
      <a class={look} href={props.href} aria-label={props.label}>
        {words}
      </a>
    )
  }
  // aria-disabled and not disabled: the focus stays where the finger was
  return (
    <button
      class={look}
      type={type}
      aria-label={props.label}
      aria-disabled={busy}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else props.onClick?.()
      }}
    >
      {words}
    </button>
  )
}
