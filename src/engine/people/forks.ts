/** Two histories of one list, as this phone met them: kept until the roster says from where on the list is void [R6]. */

import { type Bytes, copyBytes } from '../../../sync-server/protocol/bytes.ts'
import type { ListName, RoomName } from '../../../sync-server/protocol/ids.ts'
import { cutId, type Roster } from '../../../sync-server/protocol/roster.ts'
import { encodeStatement } from '../../../sync-server/protocol/statement-codec.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { OwnStatement } from '../own-statements.ts'

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
/** What an entry has beside its public part fits in the rest of 16 KiB; a fork whose entries are larger cannot be stated. */
const maxStatementBytes = 16 * 1024 - 256

const keptForks = async (database: NetworkDatabase): Promise<ProvenFork[]> =>
  ((await database.meta.get(forksKey))?.value ?? []) as ProvenFork[]

const isKnown = ({ cuts }: Roster, { room, list, index }: ProvenFork): boolean =>
  (cuts.get(cutId(room, list)) ?? Number.POSITIVE_INFINITY) <= index

/** One for each list, the earliest: what comes after it is void as well. */
export const keepFork = (database: NetworkDatabase, fork: ProvenFork): Promise<void> =>
  database.transaction('rw', database.meta, async () => {
    const kept = await keptForks(database)
    const isOther = ({ room, list }: ProvenFork) => room !== fork.room || list !== fork.list
    const earlier = kept.find((one) => !isOther(one) && one.index <= fork.index)
    if (!earlier) await database.meta.put({ key: forksKey, value: [...kept.filter(isOther), fork] })
  })

/** Statements about forks that the roster does not know of; what it knows is forgotten. */
export const forkStatements = async (database: NetworkDatabase, roster: Roster): Promise<OwnStatement[]> => {
  const kept = await keptForks(database)
  const news = kept.filter((fork) => !isKnown(roster, fork))
  if (news.length < kept.length) await database.meta.put({ key: forksKey, value: news })
  const statements = news.map(({ room, list, index, previous, signKey, entries }): OwnStatement => {
    const [x, y] = entries
    const bytes = { previous: copyBytes(previous), signKey: copyBytes(signKey) }
    return { type: 'fork', after: [], room, list, index, ...bytes, entries: [copyBytes(x), copyBytes(y)] }
  })
  return statements.filter((statement) => encodeStatement(statement).length <= maxStatementBytes)
}
