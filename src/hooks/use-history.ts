/** What happened to a record, as the engine tells it, and again whenever something is written about it. */

import { useEffect, useState } from 'preact/hooks'
import type { CommandError } from '../engine/api.ts'
import type { HistoryStep } from '../records/record-history.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'

/** Moves when an operation on the record, or on a claim on it, comes. */
const countOperations = async (db: NetworkDatabase, id: string): Promise<number> => {
  const claims = await db.table('claims').where('needId').equals(id).primaryKeys()
  const hidings = await db.table('hidings').where('aboutId').equals(id).primaryKeys()
  const ids = [id, ...claims.map(String), ...hidings.map(String)]
  return db.operations.where('recordId').anyOf(ids).count()
}

export type Told = { steps: readonly HistoryStep[] } | { error: CommandError }

/** The oldest first; undefined until told. */
export const useHistory = (recordId: string): Told | undefined => {
  const { run } = useDoor()
  const count = useLiveQuery((db) => countOperations(db, recordId), [recordId])
  const [told, setTold] = useState<Told>()
  useEffect(() => {
    if (count === undefined) return
    let current = true
    void run({ type: 'history.read', recordId }).then((result) => {
      if (!current) return
      setTold(result.ok ? { steps: result.value.history ?? [] } : { error: result.error })
    })
    return () => {
      current = false
    }
  }, [run, count, recordId])
  return told
}
