/** How many hours a promise holds without a word of it: a choice of the network, by its coordinators. */

import * as v from 'valibot'
import { promiseHours } from '../claim/claim.ts'
import { wholeNumber } from '../field-schemas.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { coordinatorsOnly } from '../rules.ts'

export const promiseHoursSchema = v.object({ hours: wholeNumber(promiseHours.min, promiseHours.max) })

export interface PromiseHoursRow extends Row {
  hours: number
  /** the same for all, so that they are found by an index */
  of: 'network'
}

const toRow = (state: RecordState): PromiseHoursRow | null => {
  const fields = state.erased ? null : readFields(promiseHoursSchema, state)
  return fields && { ...rowBase(state, []), ...fields, of: 'network' }
}

export const promiseHoursType: RecordType<PromiseHoursRow> = {
  name: 'promise-hours',
  table: 'promiseHours',
  audience: 'members',
  room: 'board',
  mayWrite: coordinatorsOnly,
  toRow,
}
