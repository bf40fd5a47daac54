/** How things stand with sending and receiving, and what is still on this phone only. */

import type { EngineStatus } from '../engine/api.ts'
import type { OutboxRow } from '../storage/schema.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'

export const useStatus = (): EngineStatus => useDoor().status.value

/** Own entries that no relay has confirmed yet, oldest first; `undefined` until read. */
export const useOutbox = (): readonly OutboxRow[] | undefined =>
  useLiveQuery((database) => database.outbox.filter((row) => row.delivered === 0).toArray())

const none: ReadonlySet<string> = new Set()

/** Ids of the records that have something in the outbox: they are «لم يخرج من هاتفك بعد». */
export const useUnsent = (): ReadonlySet<string> => {
  const ids = useLiveQuery(async (database) => {
    const rows = await database.outbox.filter((row) => row.delivered === 0).toArray()
    return new Set(rows.flatMap((row) => row.recordIds))
  })
  return ids ?? none
}
