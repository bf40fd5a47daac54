/** What this phone says of forks that it met and the roster does not know [R6]. */

import { copyBytes } from '../../../sync-server/protocol/bytes.ts'
import { cutId, type Roster } from '../../../sync-server/protocol/roster.ts'
import { encodeStatement } from '../../../sync-server/protocol/statement-codec.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { OwnStatement } from '../own-statements.ts'
import { keepForks, keptForks, type ProvenFork } from './kept-forks.ts'

/** What an entry has beside its public part fits in the rest of 16 KiB; a fork whose entries are larger cannot be stated. */
const maxStatementBytes = 16 * 1024 - 256

const isKnown = ({ cuts }: Roster, { room, list, index }: ProvenFork): boolean =>
  (cuts.get(cutId(room, list)) ?? Number.POSITIVE_INFINITY) <= index

/** Statements about forks that the roster does not know of; what it knows is forgotten. */
export const forkStatements = async (database: NetworkDatabase, roster: Roster): Promise<OwnStatement[]> => {
  const kept = await keptForks(database)
  const news = kept.filter((fork) => !isKnown(roster, fork))
  if (news.length < kept.length) await keepForks(database, news)
  const statements = news.map(({ room, list, index, previous, signKey, entries }): OwnStatement => {
    const [x, y] = entries
    const bytes = { previous: copyBytes(previous), signKey: copyBytes(signKey) }
    return { type: 'fork', after: [], room, list, index, ...bytes, entries: [copyBytes(x), copyBytes(y)] }
  })
  return statements.filter((statement) => encodeStatement(statement).length <= maxStatementBytes)
}
