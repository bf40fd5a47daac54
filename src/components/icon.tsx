/** A drawing from the sprite in index.html. Always beside a word: it is hidden from screen readers. */

import type { IconName } from './icon-names.ts'

export type { IconName } from './icon-names.ts'

/** Those that point somewhere, and so turn round in languages written from the other side. */
const turning = new Set<IconName>(['back', 'forward', 'send', 'undo', 'release'])

export const Icon = ({ name, size = 'medium' }: { name: IconName; size?: 'small' | 'medium' | 'large' }) => (
  <svg class={`icon ${size}${turning.has(name) ? ' turns' : ''}`} aria-hidden="true">
    <use href={`#icon-${name}`} />
  </svg>
)
