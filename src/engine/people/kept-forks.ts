/** Two histories of one list, as this phone met them: kept until the roster says from where on the list is void [R6]. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { ListName, RoomName } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

/** Proven: the device's key signed both entries to follow the same one. */
export interface ProvenFork {
  room: RoomName
  list: ListName
  index: number
  /** head hash of the entry before */
  previous: Bytes
  signKey: Bytes
  entries: readonly [Bytes, Bytes]
}

const forksKey = 'forks'
export const keptForks = async (database: NetworkDatabase): Promise<ProvenFork[]> =>
  ((await database.meta.get(forksKey))?.value ?? []) as ProvenFork[]

export const hasForks = async (database: NetworkDatabase): Promise<boolean> =>
  (await keptForks(database)).length > 0

/** One for each list, the earliest: what comes after it is void as well. */
export const keepFork = (database: NetworkDatabase, fork: ProvenFork): Promise<void> =>
  database.transaction('rw', database.meta, async () => {
    const kept = await keptForks(database)
    const isOther = ({ room, list }: ProvenFork) => room !== fork.room || list !== fork.list
    const earlier = kept.find((one) => !isOther(one) && one.index <= fork.index)
    if (!earlier) await database.meta.put({ key: forksKey, value: [...kept.filter(isOther), fork] })
  })

/** Those that are left to be stated. */
export const keepForks = async (database: NetworkDatabase, forks: readonly ProvenFork[]): Promise<void> => {
  await database.meta.put({ key: forksKey, value: forks })
}
