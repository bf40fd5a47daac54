/** Many needs in one step, as an imported table gives them: all of a batch are written, or none. */

import { ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { ContactInput } from '../contact/contact.ts'
import type { Drafted } from '../draft.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { needDrafts } from './commands.ts'
import type { NeedInput } from './need.ts'

/** One need of a table, with its address and phone. */
export interface AddedNeed {
  need: NeedInput
  contact?: ContactInput
}

/** Fails with the first error of the first row that has one; `recordId` is the last need. */
export interface AddManyCommand {
  type: 'need.addMany'
  rows: readonly AddedNeed[]
}

export const addManyDrafts = async (
  { rows }: AddManyCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const drafts: Draft[] = []
  let recordId = ''
  for (const { need, contact } of rows) {
    const added = await needDrafts({ type: 'need.add', ...need, ...(contact && { contact }) }, context)
    if (!added.ok) return added
    drafts.push(...added.value.drafts)
    recordId = added.value.recordId
  }
  return ok({ drafts, recordId })
}
