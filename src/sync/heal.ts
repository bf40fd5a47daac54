/** What two sides whose digests differ have to give each other [R16]. */

import { equalBytes } from '../../sync-server/protocol/bytes.ts'
import type { ListState } from '../../sync-server/protocol/digest.ts'
import type { ListFrom } from '../../sync-server/protocol/exchange.ts'

export interface HealPlan {
  /** lists that the relay lacks from an index on */
  send: ListFrom[]
  /** lists that we lack from an index on */
  want: ListFrom[]
}

/**
 * `headAt` gives the head of our list at a length. A list whose head there is not the relay's is another history of the
 * same list: it is wanted from 0, where both begin, so that the place shows where they part [R6].
 * `isEnded`: everybody knows that already, and how far the list counts.
 */
export const healPlan = async (
  ours: readonly ListState[],
  theirs: readonly ListState[],
  headAt: (client: number, length: number) => Promise<Uint8Array>,
  isEnded: (client: number) => Promise<boolean>,
): Promise<HealPlan> => {
  const plan: HealPlan = { send: [], want: [] }
  const held = new Map(ours.map((list) => [list.client, list]))
  for (const { client, length, head } of theirs) {
    const own = held.get(client)
    held.delete(client)
    if (!own || own.length < length) plan.want.push({ client, from: own?.length ?? 0 })
    else if (equalBytes(await headAt(client, length), head)) {
      if (own.length > length) plan.send.push({ client, from: length })
    } else if (!(await isEnded(client))) plan.want.push({ client, from: 0 })
  }
  for (const { client } of held.values()) plan.send.push({ client, from: 0 })
  return plan
}

/**
 * For a plan that changed nothing: what came did not continue what is here, and would not again. Of another history only
 * the beginning shows that it is one.
 */
export const fromBeginning = async (
  { want }: HealPlan,
  isEnded: (client: number) => Promise<boolean>,
): Promise<HealPlan> => {
  const plan: HealPlan = { send: [], want: [] }
  for (const { client, from } of want)
    if (from > 0 && !(await isEnded(client))) plan.want.push({ client, from: 0 })
  return plan
}
