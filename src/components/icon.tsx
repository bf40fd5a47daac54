/** A drawing from the sprite in index.html. Always beside a word: it is hidden from screen readers. */

import type { IconName } from './icon-names.ts'

export type { IconName } from './icon-names.ts'

/** Drawn for reading from the right: they turn round in languages written from the left. */
const turning = new Set<IconName>(['back', 'forward'])
/** Drawn for reading from the left: they turn round in languages written from the right. */
const facing = new Set<IconName>(['send', 'undo', 'release', 'board', 'take'])

const side = (name: IconName): string => {
  if (turning.has(name)) return ' turns'
  return facing.has(name) ? ' faces' : ''
}

export const Icon = ({ name, size = 'medium' }: { name: IconName; size?: 'small' | 'medium' | 'large' }) => (
  <svg class={`icon ${size}${side(name)}`} aria-hidden="true">
    <use href={`#icon-${name}`} />
  </svg>
)
