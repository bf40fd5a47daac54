/** A place without the door: what may stand on a list that leaves the network. */

import { fold } from '../../i18n/fold.ts'

/** The words of a place up to the first that names a door; `doors` in folded form. A place that begins with one is left out. */
export const coarseArea = (area: string, doors: ReadonlySet<string>): string => {
  const words = area.split(/[\s،,;؛/\-–]+/u).filter((word) => word !== '')
  const isDoor = (word: string): boolean => {
    const folded = fold(word)
    return doors.has(folded) || doors.has(folded.replace(/^(?:ال|لل|بال|ب|ل|و|[dl] )(?=\p{L}{2})/u, ''))
  }
  const end = words.findIndex(isDoor)
  return (end < 0 ? words : words.slice(0, end)).join(' ')
}
