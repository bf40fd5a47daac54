/** Rows that follow the database: read at once, and again whenever what they were read from changes. */

import { liveQuery } from 'dexie'
import { useLayoutEffect, useState } from 'preact/hooks'
import type { AppDatabase, NetworkDatabase } from '../storage/database.ts'
import { useDoor } from './door.ts'

type State<Value> = { value: Value | undefined; failure: unknown }

const useSubscription = <Value>(
  query: (() => Promise<Value>) | null,
  dependencies: readonly unknown[],
  reading: 'live' | 'once' = 'live',
): Value | undefined => {
  const [state, setState] = useState<State<Value>>({ value: undefined, failure: undefined })
  // the query is made anew by every render; what it depends on is said. Not after the paint, as other effects: until it is
  // answered there is mostly nothing to paint
  useLayoutEffect(() => {
    if (!query) return
    const subscription = liveQuery(query).subscribe({
      next: (value) => {
        setState({ value, failure: undefined })
        if (reading === 'once') subscription.unsubscribe()
      },
      error: (failure: unknown) => setState((former) => ({ ...former, failure })),
    })
    return () => subscription.unsubscribe()
  }, dependencies)
  if (state.failure !== undefined) throw state.failure
  return state.value
}

/**
 * `undefined` until the first answer; after that the former value stays while a new one is read, also when
 * `dependencies` change. A query that fails is thrown to the shell.
 */
export const useLiveQuery = <Value>(
  query: (database: NetworkDatabase) => Promise<Value>,
  dependencies: readonly unknown[] = [],
): Value | undefined => {
  const database = useDoor().database.value
  return useSubscription(database && (() => query(database)), [database, ...dependencies])
}

/** The same over the database of the app itself. */
export const useAppQuery = <Value>(
  query: (database: AppDatabase) => Promise<Value>,
  dependencies: readonly unknown[] = [],
): Value | undefined => {
  const { app } = useDoor()
  return useSubscription(() => query(app), [app, ...dependencies])
}

/**
 * As {@link useLiveQuery}, read once, and again when `dependencies` change: what only helps along need not be read anew in
 * the middle of a save.
 */
export const useQueryOnce = <Value>(
  query: (database: NetworkDatabase) => Promise<Value>,
  dependencies: readonly unknown[] = [],
): Value | undefined => {
  const database = useDoor().database.value
  return useSubscription(database && (() => query(database)), [database, ...dependencies], 'once')
}
