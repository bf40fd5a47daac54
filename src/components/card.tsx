/** A frame round things that belong together; with `href` all of it is one link. */

import type { ComponentChildren } from 'preact'

interface CardProps {
  children: ComponentChildren
  href?: string
  tone?: 'plain' | 'act' | 'wait'
  as?: 'div' | 'section' | 'article'
}

export const Card = ({ children, href, tone = 'plain', as: Element = 'div' }: CardProps) =>
  href === undefined ? (
    <Element class={`card ${tone}`}>{children}</Element>
  ) : (
    <a class={`card ${tone}`} href={href}>
      {children}
    </a>
  )
