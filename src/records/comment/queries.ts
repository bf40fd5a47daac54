/** Comments as screens ask for them; for Dexie's liveQuery. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import { type CommentRow, commentType } from './comment.ts'

/** On one need or offer, the oldest first. */
export const commentsOn = async (db: NetworkDatabase, aboutId: string): Promise<CommentRow[]> => {
  const rows = await db.table<CommentRow, string>(commentType.table).where({ aboutId }).toArray()
  return rows.sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
}
