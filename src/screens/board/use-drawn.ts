/** Cards that stay as they are drawn: with each letter of a search most of those on the screen are the same. */

import type { VNode } from 'preact'
import { useMemo } from 'preact/hooks'

/** The same vnode for the same card, which Preact then passes over, as long as none of `dependencies` changes. */
export const useDrawn = <Card extends object>(
  draw: (card: Card) => VNode,
  dependencies: readonly unknown[],
): ((card: Card) => VNode) => {
  const drawn = useMemo(() => new WeakMap<Card, VNode>(), dependencies)
  return (card) => {
    const held = drawn.get(card) ?? draw(card)
    drawn.set(card, held)
    return held
  }
}
