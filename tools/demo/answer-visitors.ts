/** The neighbours look in from time to time, and one of them takes what a visitor needs. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { RecordId } from '../../src/records/operation.ts'
import type { Neighbour } from './neighbour.ts'

/** Long enough to see the need lie open, short enough to wait for. */
const lookEveryMs = 10_000

/** What nobody has taken and nobody of the neighbours wrote. */
const openNeedOf = async (neighbour: Neighbour, known: ReadonlySet<RecordId>): Promise<RecordId | null> => {
  const taken = new Set((await neighbour.claims()).map(({ needId }) => needId))
  const open = (await neighbour.needs()).find(
    ({ id, cancelled }) => !known.has(id) && !taken.has(id) && !cancelled,
  )
  return open?.id ?? null
}

/** Ends never; the process does. */
export const answerVisitors = async (neighbours: readonly Neighbour[]): Promise<never> => {
  const known = new Set((await neighbours[0]?.needs())?.map(({ id }) => id))
  for (let turn = 0; ; turn++) {
    await sleep(lookEveryMs)
    const neighbour = neighbours[turn % neighbours.length]
    // a neighbour who does not get through looks again when it is his turn
    if (!neighbour || !(await neighbour.exchange())) continue
    const needId = await openNeedOf(neighbour, known)
    if (!needId) continue
    known.add(needId)
    await neighbour.run({ type: 'claim.take', needId })
    await neighbour.exchange()
    console.log(`${neighbour.name} has taken what a visitor needs.`)
  }
}
