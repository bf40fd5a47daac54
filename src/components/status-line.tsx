/** One quiet line with a drawing that says how things stand. */

import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

interface StatusLineProps {
  icon: IconName
  tone?: 'plain' | 'act' | 'wait' | 'urgent'
  href?: string
  children: ComponentChildren
}

export const StatusLine = ({ icon, tone = 'plain', href, children }: StatusLineProps) => {
  const words = (
    <>
      <Icon name={icon} size="small" />
      <span>{children}</span>
    </>
  )
  return href === undefined ? (
    <p class={`status-line ${tone}`}>{words}</p>
  ) : (
    <a class={`status-line ${tone}`} href={href}>
      {words}
    </a>
  )
}
