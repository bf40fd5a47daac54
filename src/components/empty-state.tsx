/** What a page says when there is nothing yet: a small drawing, a sentence, and the one thing to do next. */

import type { ComponentChildren } from 'preact'
import { Drawing, type DrawingName } from './drawing.tsx'

interface EmptyStateProps {
  drawing: DrawingName
  title: string
  children?: ComponentChildren
  action?: ComponentChildren
}

export const EmptyState = ({ drawing, title, children, action }: EmptyStateProps) => (
  <div class="empty">
    <Drawing name={drawing} />
    <h2>{title}</h2>
    {children && <p>{children}</p>}
    {action}
  </div>
)
