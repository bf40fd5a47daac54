/** How many hours a promise holds without a word of it: a choice of the network, by its coordinators. */

import * as v from 'valibot'
import { promiseHours } from '../claim/claim.ts'
import { wholeNumber } from '../field-schemas.ts'
import type { Operation } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'

export const promiseHoursSchema = v.object({ hours: wholeNumber(promiseHours.min, promiseHours.max) })

export interface PromiseHoursRow extends Row {
  hours: number
  /** the same for all, so that they are found by an index */
  of: 'network'
}

/** Any coordinator says it and says it anew; nobody erases it. */
const mayWrite = (
  author: Parameters<Membership['roleOf']>[0],
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean =>
  members.roleOf(author) === 'coordinator' && operation.op === (before === undefined ? 'create' : 'set')

const toRow = (state: RecordState): PromiseHoursRow | null => {
  const fields = state.erased ? null : readFields(promiseHoursSchema, state)
  return fields && { ...rowBase(state, []), ...fields, of: 'network' }
}

export const promiseHoursType: RecordType<PromiseHoursRow> = {
  name: 'promise-hours',
  table: 'promiseHours',
  audience: 'members',
  room: 'board',
  mayWrite,
  toRow,
}
