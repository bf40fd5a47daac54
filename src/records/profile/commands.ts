/** What a person can do with the own profile: say something, change it. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { oldestProfile } from './oldest-profile.ts'
import { type ProfileInput, type ProfileRow, profileSchema, profileType } from './profile.ts'

/** Fields that it leaves out stay as they are. */
export type ProfileCommand = { type: 'profile.save' } & ProfileInput

export const profileDrafts = async (
  { type: _, ...input }: ProfileCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const changes = validate(v.partial(profileSchema), input)
  if (!changes.ok) return changes
  const rows = await context.rowsWhere<ProfileRow>(profileType.table, 'creator', context.member)
  const mine = oldestProfile(rows)
  if (mine) {
    const found = await findRecord(profileType, mine.id, context)
    const edits = found.ok ? editRecord(profileType, found.value, changes.value, context) : found
    return edits.ok ? ok({ drafts: edits.value, recordId: mine.id }) : edits
  }
  const fields = validate(profileSchema, input)
  if (!fields.ok) return fields
  const draft = await createDraft(profileType, fields.value, context)
  return isPermitted(draft, undefined, context)
    ? ok({ drafts: [draft], recordId: draft.operation.id })
    : fail({ code: 'notAllowed' })
}
