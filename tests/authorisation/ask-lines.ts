/** The line of one way to ask: before and after everything that could be closed to it was closed. */

import { parseEntry } from '../../sync-server/protocol/entry.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { isStatementProven } from '../../sync-server/protocol/statement-proof.ts'
import type { Seat } from '../support/council.ts'
import { type AskAction, askIn } from './ask-actions.ts'
import { bring } from './channels.ts'
import { Stage } from './stage.ts'
import { effectOf } from './statement-cell.ts'
import { lineOf } from './verdict-table.ts'

let stage: Promise<Stage> | null = null

/** in · in for the owner: he takes the place of whoever came by that link · waits · void */
const outcomeOf = async (before: Roster, after: Roster, { id, list }: Seat): Promise<string> => {
  const entry = parseEntry(list.entries[0] as Uint8Array<ArrayBuffer>)
  if (!entry.ok || !(await isStatementProven(list.network, id, entry.value))) return 'forged'
  if (effectOf(before, after) === 'void') return 'void'
  const lost = [...before.devices.keys()].filter((device) => !after.devices.has(device))
  if (after.devices.has(id)) return lost.length > 0 ? 'in for the owner' : 'in'
  return after.askers.has(id) ? `waits (${after.askers.get(id)?.reason})` : 'done'
}

export const askLine = async (action: AskAction): Promise<string> => {
  stage ??= Stage.open('four')
  const held = await stage
  const { council } = held
  const cells: string[] = []
  for (const time of ['now', 'meanwhile', 'after'] as const) {
    const start = held.mark()
    const base = council.now()
    if (time !== 'now')
      await held.remove(held.person('junior'), held.person('leaver'), time === 'after' ? 'all' : base)
    const store = held.store.copy()
    await held.fill(store)
    const before = held.roster()
    const seat = await askIn(held, action)
    const outcome = await outcomeOf(before, held.roster(), seat)
    // the removal has reached the relay in the last column only
    const relay = time === 'meanwhile' ? held.store.copy() : store
    cells.push(`${await bring(relay, seat.device, seat.list, 0, held.person('neighbour').device)} ${outcome}`)
    held.rewind(start)
  }
  return lineOf(action.name, cells)
}
