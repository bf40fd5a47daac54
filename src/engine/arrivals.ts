/** What other people's operations did, noted in the order in which they came here: «what changed» reads it. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type MergeStep, placeOf } from '../records/merge.ts'
import type { Membership } from '../records/record-type.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ArrivalRow } from '../storage/schema.ts'

/** More than anybody reads up on; older ones are let go of. */
export const keptArrivals = 5000

/** Fields that I wrote without `step` knowing of it: an edit that has seen another counts one more. */
const writtenBeside = (
  { row }: MergeStep,
  steps: readonly MergeStep[],
  me: DeviceId,
  { memberOf }: Membership,
): string[] => {
  const mine = steps.filter((one) => memberOf(one.row.author) === me && one.row.op === 'set')
  const unseen = mine.filter((one) => one.row.at[0] >= row.at[0])
  return [...new Set(unseen.flatMap((one) => Object.keys(one.row.fields ?? {})))]
}

/** `steps` are those of one record; of them those at the places in `came`, by others than the person `me`. */
export const arrivalsAmong = (
  steps: readonly MergeStep[],
  came: ReadonlySet<string>,
  me: DeviceId,
  members: Membership,
): ArrivalRow[] =>
  steps
    .filter(({ row }) => came.has(placeOf(row)) && members.memberOf(row.author) !== me)
    .map((step): ArrivalRow => {
      const { row } = step
      const isEdit = row.op === 'set'
      const beside = isEdit ? writtenBeside(step, steps, me, members) : []
      return {
        recordId: row.recordId,
        type: row.type,
        op: row.op,
        by: members.memberOf(row.author),
        at: row.at[1],
        fields: isEdit ? Object.keys(row.fields ?? {}) : [],
        ...(beside.length > 0 ? { beside } : {}),
      }
    })

/** Inside the transaction that writes the rows. */
export const keepArrivals = async (
  { arrivals }: NetworkDatabase,
  came: readonly ArrivalRow[],
): Promise<void> => {
  if (came.length === 0) return
  const last = await arrivals.bulkAdd(came.slice(-keptArrivals))
  await arrivals
    .where('n')
    .belowOrEqual(last - keptArrivals)
    .delete()
}
