/** What coordinators wanted hidden: read once for the page, however many cards ask. */

import { type Signal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import { useMemo } from 'preact/hooks'
import type { Unread } from '../records/board/board.ts'
import { coordinatorsNow } from '../records/hiding/coordinators-now.ts'
import type { HidingView } from '../records/hiding/hiding-of.ts'
import { allHidings } from '../records/hiding/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useDoor } from './door.ts'
import { useMyId } from './use-network.ts'

interface Hidings {
  /** by the id of the thing; what is not in it was never hidden */
  views: ReadonlyMap<string, HidingView>
  /** persons who judge, and see what they hid */
  coordinators: ReadonlySet<string>
}

const none: Hidings = { views: new Map(), coordinators: new Set() }
const byDatabase = new WeakMap<NetworkDatabase, Signal<Hidings>>()

const readHidings = async (database: NetworkDatabase): Promise<Hidings> => {
  const views = await allHidings(database)
  if (views.size === 0) return none
  return { views, coordinators: await coordinatorsNow(database) }
}

const hidingsIn = (database: NetworkDatabase): Signal<Hidings> => {
  const held = byDatabase.get(database)
  if (held) return held
  const found = signal(none)
  byDatabase.set(database, found)
  liveQuery(() => readHidings(database)).subscribe({
    next: (hidings) => {
      found.value = hidings
    },
    error: (reason: unknown) => console.warn('what is hidden cannot be read', reason),
  })
  return found
}

const useShared = (): Hidings => {
  const database = useDoor().database.value
  return database ? hidingsIn(database).value : none
}

export const useHidings = (): Hidings['views'] => useShared().views

/** Hidden from this person, or marked as hidden: its author and coordinators go on seeing it. */
export const useIsHidden = (thing: { id: string; creator: string }): 'hidden' | 'marked' | null => {
  const { views, coordinators } = useShared()
  const me = useMyId() ?? ''
  if (views.get(thing.id)?.state !== 'hidden') return null
  return thing.creator === me || coordinators.has(me) ? 'marked' : 'hidden'
}

/** For what searches: needs and offers whose words this person does not read. Who coordinates goes on finding them. */
export const useUnread = (): Unread => {
  const { views, coordinators } = useShared()
  const reader = useMyId() ?? ''
  return useMemo(() => {
    const hidden = coordinators.has(reader) ? [] : [...views].filter(([, { state }]) => state === 'hidden')
    return { ids: new Set(hidden.map(([id]) => id)), reader }
  }, [views, coordinators, reader])
}
