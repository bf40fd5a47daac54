/** What is known of a need before its page has read it: who comes from its form or from the board sees at once which it is. */

import { useRef } from 'preact/hooks'
import { useHeldNeed } from '../hooks/use-board.ts'
import type { NeedRow } from '../records/need/need.ts'

type Words = Pick<NeedRow, 'title' | 'said' | 'category' | 'urgency'>
export interface NeedAhead extends Words {
  id: string
  creator: string
}

let saved: NeedAhead | null = null

/** Of one that is saved, and whose page comes next. */
export const sayAhead = (need: NeedAhead): void => {
  saved = need
}

/** Once for each page: what it has read itself is newer. */
export const useNeedAhead = (id: string): NeedAhead | undefined => {
  const held = useHeldNeed(id)
  const ahead = useRef<NeedAhead | undefined>(undefined)
  if (ahead.current?.id !== id) {
    ahead.current = saved?.id === id ? saved : held
    saved = null
  }
  return ahead.current
}
