/** How long a promise of this network holds: what a coordinator said last, as far as this phone knows. */

import { compareText } from '../compare-text.ts'
import type { PromiseHoursRow } from '../promise-hours/promise-hours.ts'
import type { CommandContext } from '../record-type.ts'
import { tableOfType } from '../row-format.ts'
import { promiseHours } from './claim.ts'

/** Two who coordinate may each have said something while they did not hear of each other: the later word, then by id. */
export const latestHours = (rows: readonly PromiseHoursRow[]): number => {
  const [last] = [...rows].sort((a, b) => b.updatedAt - a.updatedAt || compareText(a.id, b.id))
  return last?.hours ?? promiseHours.usual
}

export const hoursNow = async ({ rowsWhere }: Pick<CommandContext, 'rowsWhere'>): Promise<number> =>
  latestHours(await rowsWhere<PromiseHoursRow>(tableOfType('promise-hours') ?? '', 'of', 'network'))
