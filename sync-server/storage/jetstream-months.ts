/** Which old month rooms the streams of a store hold: asked of the servers, as no process knows all networks. */

import { monthStartMs, type RoomName } from '../protocol/ids.ts'
import type { Cluster } from './jetstream-cluster.ts'
import type { Shard } from './jetstream-shard.ts'
import { patiently } from './patiently.ts'
import type { NetworkRoom } from './store.ts'

/** The mark that a dropped room leaves is one message: what holds nothing else is passed over by whoever drops. */
export const monthsBefore = async (
  { manager }: Cluster,
  shards: readonly Shard[],
  month: string,
  patienceMs: number,
): Promise<NetworkRoom[]> => {
  const end = monthStartMs(month as RoomName) ?? 0
  const found: NetworkRoom[] = []
  for (const shard of shards) {
    const subjects_filter = shard.everySubject
    const { state } = await patiently(patienceMs, () =>
      manager.streams.info(shard.stream, { subjects_filter }),
    )
    for (const subject of Object.keys(state.subjects ?? {})) {
      const { network, room } = shard.nameOf(subject)
      if ((monthStartMs(room) ?? end) >= end) continue
      const index = await shard.network(network)
      if (index.room(room)?.isEmpty === false) found.push({ network, room })
    }
  }
  return found
}
