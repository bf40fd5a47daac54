/** What a person sees of a thing, by what coordinators wanted hidden. */

import type { HidingView } from './hiding-of.ts'

export interface Hidings {
  /** by the id of the thing; what is not in it was never hidden */
  views: ReadonlyMap<string, HidingView>
  /** persons who judge, and see what they hid */
  coordinators: ReadonlySet<string>
}

/**
 * - `unread`: not known yet, and nothing is shown until it is: who reads fast has read it
 * - `hidden` from this person
 * - `marked` as hidden: its author and coordinators go on seeing it
 * - null: seen
 */
export type HiddenFrom = 'unread' | 'hidden' | 'marked' | null

/** `hidings` are null until read; `reader` is a person. */
export const hiddenFrom = (
  hidings: Hidings | null,
  { id, creator }: { id: string; creator: string },
  reader: string,
): HiddenFrom => {
  if (!hidings) return creator === reader ? null : 'unread'
  if (hidings.views.get(id)?.state !== 'hidden') return null
  return creator === reader || hidings.coordinators.has(reader) ? 'marked' : 'hidden'
}
