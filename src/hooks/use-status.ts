/** How things stand with sending and receiving, and what is still on this phone only. */

import type { EngineStatus } from '../engine/api.ts'
import type { OutboxRow } from '../storage/schema.ts'
import { useDoor } from './door.ts'
import { rowsByThing } from './rows-by-thing.ts'
import { unsentRows } from './unsent.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMe } from './use-network.ts'

export const useStatus = (): EngineStatus => useDoor().status.value

/** False once this phone's place in the network is over: then everything can be read, and nothing is offered to be written. */
export const useMayWrite = (): boolean => {
  const me = useMe()
  // the row knows it before the engine is awake
  return useStatus().ended === null && (me?.end ?? null) === null
}

/** Own entries that no relay has confirmed yet, oldest first; `undefined` until read. */
export const useOutbox = (): readonly OutboxRow[] | undefined =>
  useLiveQuery(async (database) => unsentRows(database))

/**
 * How many things a person would say are still here; `undefined` until read. All steps on one record, a picture and a voice note are one each; the steps
 * of the network itself (its founding alone is several entries) are one together.
 */
export const useUnsentCount = (): number | undefined => {
  const rows = useOutbox()
  const media = useLiveQuery(({ blobs }) => blobs.where('state').equals('unsent').count())
  if (rows === undefined || media === undefined) return undefined
  const ofNetwork = rows.some(({ recordIds }) => recordIds.length === 0)
  return rowsByThing(rows).length + (ofNetwork ? 1 : 0) + media
}
