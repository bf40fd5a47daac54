/** A list and its rows: a drawing, a title, a line under it, and one thing to do. */

import type { ComponentChildren } from 'preact'
import { Badge, type Tone } from './badge.tsx'
import { Icon, type IconName } from './icon.tsx'

export const List = ({ children, label }: { children: ComponentChildren; label?: string }) => (
  <ul class="list" aria-label={label}>
    {children}
  </ul>
)

interface ListRowProps {
  title: ComponentChildren
  detail?: ComponentChildren
  icon?: IconName
  tone?: Tone
  /** the row leads somewhere */
  href?: string
  onClick?: () => void
  /** a button at the end; then the row itself should not be pressed */
  action?: ComponentChildren
}

export const ListRow = ({ title, detail, icon, tone = 'act', href, onClick, action }: ListRowProps) => {
  const words = (
    <>
      {icon && <Badge icon={icon} tone={tone} />}
      <span class="list-row-words">
        <span class="list-row-title">{title}</span>
        {detail && <span class="list-row-detail">{detail}</span>}
      </span>
      {(href !== undefined || onClick) && <Icon name="forward" />}
    </>
  )
  return (
    <li class="list-row">
      {href !== undefined && (
        <a class="list-row-main" href={href}>
          {words}
        </a>
      )}
      {href === undefined && onClick && (
        <button type="button" class="list-row-main" onClick={onClick}>
          {words}
        </button>
      )}
      {href === undefined && !onClick && <div class="list-row-main">{words}</div>}
      {action}
    </li>
  )
}
