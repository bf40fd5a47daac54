/** Search and the sheet of filters, which the first look at the board does not need: fetched when somebody reaches for them. */

import { useEffect, useState } from 'preact/hooks'
import { loadLaterWords } from '../../i18n/translate.ts'

type BoardParts = typeof import('./board-parts.ts')

/** undefined until they are here; where they do not come, the next reach asks again. */
export const useBoardParts = (wanted: boolean): BoardParts | undefined => {
  const [parts, setParts] = useState<BoardParts>()
  useEffect(() => {
    if (!wanted || parts) return
    Promise.all([import('./board-parts.ts'), loadLaterWords()]).then(
      ([loaded]) => setParts(loaded),
      (reason: unknown) => console.warn('search and filters did not arrive', reason),
    )
  }, [wanted])
  return parts
}
