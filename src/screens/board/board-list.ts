/** What every list of the board is given by the screen. */

import type { Unsent } from '../../hooks/unsent.ts'
import type { Place } from '../../hooks/use-board.ts'
import type { BoardCounts } from '../../records/board/board.ts'
import type { Names } from '../names.ts'
import type { BoardView } from './board-view.ts'

export interface ListProps {
  view: BoardView
  names: Names
  unsent: Unsent
  now: number
  /** undefined while the board is being read */
  counts: BoardCounts | undefined
  /** where this person is, if he or his needs say so */
  place: Place | undefined
  me: string | undefined
}
