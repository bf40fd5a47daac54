/** What coordinators wanted hidden: read once for the page, however many cards ask. */

import { type Signal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import { useMemo } from 'preact/hooks'
import type { Unread } from '../records/board/board.ts'
import { coordinatorsNow } from '../records/hiding/coordinators-now.ts'
import { type HiddenFrom, type Hidings, hiddenFrom } from '../records/hiding/hidden-from.ts'
import { allHidings } from '../records/hiding/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useDoor } from './door.ts'
import { useMyId } from './use-network.ts'

const none: Hidings = { views: new Map(), coordinators: new Set() }
const byDatabase = new WeakMap<NetworkDatabase, Signal<Hidings | null>>()

const readHidings = async (database: NetworkDatabase): Promise<Hidings> => {
  const views = await allHidings(database)
  if (views.size === 0) return none
  return { views, coordinators: await coordinatorsNow(database) }
}

const hidingsIn = (database: NetworkDatabase): Signal<Hidings | null> => {
  const held = byDatabase.get(database)
  if (held) return held
  const found = signal<Hidings | null>(null)
  byDatabase.set(database, found)
  liveQuery(() => readHidings(database)).subscribe({
    next: (hidings) => {
      found.value = hidings
    },
    error: (reason: unknown) => {
      console.warn('what is hidden cannot be read', reason)
      // the board is worth more than what two did not want on it
      found.value ??= none
    },
  })
  return found
}

/** Null until read. */
const useShared = (): Hidings | null => {
  const database = useDoor().database.value
  return database ? hidingsIn(database).value : null
}

export const useHidings = (): Hidings['views'] => (useShared() ?? none).views

export const useIsHidden = (thing: { id: string; creator: string }): HiddenFrom =>
  hiddenFrom(useShared(), thing, useMyId() ?? '')

/** For what searches: needs and offers whose words this person does not read. Who coordinates goes on finding them. */
export const useUnread = (): Unread => {
  const { views, coordinators } = useShared() ?? none
  const reader = useMyId() ?? ''
  return useMemo(() => {
    const hidden = coordinators.has(reader) ? [] : [...views].filter(([, { state }]) => state === 'hidden')
    return { ids: new Set(hidden.map(([id]) => id)), reader }
  }, [views, coordinators, reader])
}
