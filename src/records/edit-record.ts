/** The way of every edit: find the record, write the fields that change, ask its rules. */

import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { changedFields, editDraft, isPermitted, liveState } from './draft.ts'
import type { RecordError } from './record-error.ts'
import type { CommandContext, Draft, RecordState, RecordType, Row } from './record-type.ts'

/** A record as it stands here: merged, and as screens show it. */
export interface Found<R extends Row> {
  state: RecordState
  row: R
}

/** `notFound` for a record that is not here, of another type, erased, or unreadable. */
export const findRecord = async <R extends Row>(
  type: RecordType<R>,
  id: string,
  context: CommandContext,
): Promise<Result<Found<R>, RecordError>> => {
  const state = await liveState(type, id, context)
  const row = state && type.toRow(state)
  return state && row ? ok({ state, row }) : fail({ code: 'notFound' })
}

/** No drafts when nothing changes, `notAllowed` when the rules of the type refuse the change to this device. */
export const editRecord = <R extends Row>(
  type: RecordType<R>,
  { state, row }: Found<R>,
  changes: object,
  context: CommandContext,
): Result<Draft[], RecordError> => {
  const changed = changedFields(row, changes)
  if (Object.keys(changed).length === 0) return ok([])
  const draft = editDraft(type, state, changed, context.now)
  return isPermitted(draft, state, context) ? ok([draft]) : fail({ code: 'notAllowed' })
}
