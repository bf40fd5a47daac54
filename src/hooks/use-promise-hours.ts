/** How long a promise of this network holds. */

import { latestHours } from '../records/claim/hours-now.ts'
import type { PromiseHoursRow } from '../records/promise-hours/promise-hours.ts'
import { tableOfType } from '../records/row-format.ts'
import { useLiveQuery } from './use-live-query.ts'

/** In hours; `undefined` until read. */
export const usePromiseHours = (): number | undefined =>
  useLiveQuery(async (db) =>
    latestHours(await db.table<PromiseHoursRow, string>(tableOfType('promise-hours') ?? '').toArray()),
  )
