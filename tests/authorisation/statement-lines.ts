/** The lines of one action's table, as the relay and the reducer make them. */

import { actors } from './actors.ts'
import { Stage } from './stage.ts'
import type { StatementAction } from './statement-actions.ts'
import { forgedVerdict, statementVerdict, times } from './statement-cell.ts'
import { lineOf } from './verdict-table.ts'

/** Where only two coordinate, these are not there. */
const ofFour = ['junior', 'removed founder', 'removed coordinator', 'removed member']

const stages = new Map<'two' | 'four', Promise<Stage>>()
const stageOf = (size: 'two' | 'four'): Promise<Stage> => {
  const stage = stages.get(size) ?? Stage.open(size)
  stages.set(size, stage)
  return stage
}

export const statementLines = async (action: StatementAction): Promise<string[]> => {
  const stage = await stageOf(action.size ?? 'four')
  const lines: string[] = []
  for (const actor of actors) {
    if (action.size && ofFour.includes(actor.name)) continue
    const cells: string[] = []
    for (const time of actor.change && !action.size ? times : times.slice(0, 1))
      cells.push(await statementVerdict(stage, actor, action, time))
    lines.push(lineOf(actor.name, cells))
  }
  return [...lines, lineOf('hostile relay', [await forgedVerdict(stage, action)])]
}
