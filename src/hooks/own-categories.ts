/** Categories of the network on the screen that it has added for itself: read once for the page, as its words and drawings need them. */

import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import type { CategoryRow } from '../records/category/category.ts'
import { ownCategories as readOwn } from '../records/category/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'

type Categories = ReadonlyMap<string, CategoryRow>

const none: Categories = new Map()
const followed = signal(none)

/** By id, in the order in which they were added, the archived too; empty until read. */
export const ownCategories: ReadonlySignal<Categories> = followed

/** Whatever carries one is shown by the word of «something else» while they cannot be read. */
export const followCategories = (database: ReadonlySignal<NetworkDatabase | null>): void => {
  effect(() => {
    const opened = database.value
    followed.value = none
    if (!opened) return undefined
    const reading = liveQuery(() => readOwn(opened)).subscribe({
      next: (rows) => {
        followed.value = rows.length === 0 ? none : new Map(rows.map((row) => [row.id, row]))
      },
      error: (reason: unknown) => console.warn('the categories of this network cannot be read', reason),
    })
    return () => reading.unsubscribe()
  })
}
