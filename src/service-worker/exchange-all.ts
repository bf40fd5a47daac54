/** Exchanges for every network of this phone while no page is open, and never beside the engine. */

import {
  appDatabaseName,
  backgroundChannel,
  exchangeLock,
  type NetworkRow,
  networkDatabaseName,
} from '../storage/schema.ts'
import { type ExchangePlaceParts, PlaceExchange } from './exchange-place.ts'
import { openExisting, resultOf } from './raw-database.ts'

export interface ExchangeAllParts extends Omit<ExchangePlaceParts, 'signal'> {
  /** before all database names: tests run several phones in one process */
  prefix: string
  locks: Pick<LockManager, 'request'>
}

const networksOf = async (prefix: string): Promise<NetworkRow[]> => {
  const app = await openExisting(appDatabaseName(prefix))
  if (!app) return []
  try {
    const rows: NetworkRow[] = await resultOf(app.transaction('networks').objectStore('networks').getAll())
    return rows.sort((one, other) => other.usedAt - one.usedAt)
  } finally {
    app.close()
  }
}

/** What is not in use is asked about when somebody opens it; what waits to leave it goes. */
const exchangeEach = async (
  parts: ExchangeAllParts,
  signal: AbortSignal,
  isAsking: boolean,
): Promise<boolean> => {
  let isLeft = false
  let hasNews = false
  for (const [i, row] of (await networksOf(parts.prefix)).entries()) {
    const database = signal.aborted ? null : await openExisting(networkDatabaseName(parts.prefix, row))
    if (!database) continue
    try {
      const outcome = await new PlaceExchange(database, row, { ...parts, signal }).run(isAsking && i === 0)
      isLeft ||= outcome.isLeft
      hasNews ||= outcome.hasNews
    } finally {
      database.close()
    }
  }
  // a page that lies behind another one shows it
  if (hasNews) {
    const channel = new BroadcastChannel(backgroundChannel)
    channel.postMessage(null)
    channel.close()
  }
  return !isLeft
}

/**
 * False where something waits that another try may bring away: nobody answered, or a page is exchanging at this moment.
 * An engine that begins an exchange takes the lock away, and this one breaks off.
 */
export const exchangeAll = async (parts: ExchangeAllParts, isAsking: boolean): Promise<boolean> => {
  const taken = new AbortController()
  try {
    return await parts.locks.request(exchangeLock, { ifAvailable: true }, (lock) =>
      lock ? exchangeEach(parts, taken.signal, isAsking) : false,
    )
  } catch (error) {
    taken.abort()
    // the lock was taken away: whoever has it now does what is left
    if (error instanceof DOMException && error.name === 'AbortError') return true
    throw error
  }
}
