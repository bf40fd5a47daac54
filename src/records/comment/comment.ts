/** A comment on a need or an offer: a question, an answer, what others should know. */

import * as v from 'valibot'
import { recordId, text } from '../field-schemas.ts'
import type { RecordId } from '../operation.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const commentLimits = { textChars: 500 } as const

export const commentSchema = v.object({
  aboutId: recordId,
  aboutType: v.picklist(['need', 'offer']),
  text: v.pipe(text(commentLimits.textChars), v.minLength(1)),
})

export type CommentInput = v.InferInput<typeof commentSchema>

export interface CommentRow extends Row {
  aboutId: RecordId
  aboutType: 'need' | 'offer'
  text: string
}

const toRow = (state: RecordState): CommentRow | null => {
  const fields = state.erased ? null : readFields(commentSchema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as CommentRow)
}

export const commentType: RecordType<CommentRow> = {
  name: 'comment',
  table: 'comments',
  audience: 'members',
  room: 'month',
  mayWrite: creatorOnly,
  toRow,
}
