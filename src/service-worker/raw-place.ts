/** One network on this phone as the service worker reaches it: what an exchange reads, and the four things that it writes. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { rowsHeld } from '../storage/rows-held.ts'
import type { CursorRow, InboxRow, ListRow, MetaRow, OutboxRow } from '../storage/schema.ts'
import type { AnswerStore, Results } from '../sync/answer.ts'
import { clientOfRow, type Settled } from '../sync/digests.ts'
import { resultOf, write } from './raw-database.ts'

/** Everything of one moment. */
export interface KeptPlace {
  meta: ReadonlyMap<string, unknown>
  lists: ListRow[]
  cursors: CursorRow[]
  /** what no relay has yet, oldest first */
  unsent: OutboxRow[]
}

/**
 * The row of `meta` with the digests after an exchange of the service worker: what came lies in the inbox and does not
 * show in our digest before the engine has taken it, and the relay would tell of all its lists each time.
 */
export const backgroundKey = (relay: string, room: RoomName): string => `background ${relay} ${room}`

export const readPlace = async (database: IDBDatabase): Promise<KeptPlace> => {
  const transaction = database.transaction(['meta', 'lists', 'cursors', 'outbox'])
  const all = (store: string) => resultOf(transaction.objectStore(store).getAll())
  const [meta, lists, cursors, outbox] = (await Promise.all([
    all('meta'),
    all('lists'),
    all('cursors'),
    all('outbox'),
  ])) as [MetaRow[], ListRow[], CursorRow[], OutboxRow[]]
  return {
    meta: new Map(meta.map(({ key, value }) => [key, value])),
    lists,
    cursors,
    unsent: outbox.filter(({ delivered }) => delivered === 0),
  }
}

export const keepMeta = (database: IDBDatabase, row: MetaRow): Promise<void> =>
  write(database, ['meta'], (store) => store('meta').put(row))

/** As `src/sync/answer-store.ts` does it through Dexie. */
export const rawAnswerStore = (database: IDBDatabase, relay: string): AnswerStore => ({
  meetRelay: (relayId) =>
    write(database, ['meta', 'cursors'], (store) => {
      const key = `relay ${relay}`
      const reading = store('meta').get(key)
      reading.onsuccess = () => {
        if ((reading.result as MetaRow | undefined)?.value === relayId) return
        const ofRelay = IDBKeyRange.bound([relay], [relay, []])
        store('cursors').delete(ofRelay)
        store('meta').put({ key, value: relayId })
      }
    }),
  keepFrame: (room: RoomName, cursor: number, update: Bytes) =>
    write(database, ['inbox', 'cursors'], (store) => {
      store('inbox').add({ room, update, source: relay, parked: 0 } satisfies InboxRow)
      if (cursor > 0) store('cursors').put({ relay, room, cursor } satisfies CursorRow)
    }),
})

/** What the relay says at the end: receipts, cursors, digests. Gives how many own entries it has that it had not before. */
export const keepResults = async (
  database: IDBDatabase,
  relay: string,
  results: Results,
  ourDigests: ReadonlyMap<RoomName, Bytes>,
): Promise<number> => {
  let delivered = 0
  await write(database, ['outbox', 'cursors', 'meta'], (store) => {
    const outbox = store('outbox')
    const reading: IDBRequest<OutboxRow[]> = outbox.getAll()
    reading.onsuccess = () => {
      const isIn = (room: RoomName, client: number) => (row: OutboxRow) =>
        row.room === room && clientOfRow(row) === client
      const held = [...results].flatMap(([room, { durable }]) =>
        durable.flatMap((list) => rowsHeld(reading.result.filter(isIn(room, list.client)), undefined, list)),
      )
      for (const row of held) {
        if (row.delivered === 0) delivered++
        // as `src/storage/outbox.ts`: it leaves behind the barrier and a receipt, in either order
        if (row.logged === 1 && row.id !== undefined) outbox.delete(row.id)
        else outbox.put({ ...row, delivered: 1 } satisfies OutboxRow)
      }
    }
    for (const [room, { more, cursor, digest }] of results) {
      if (more) continue
      store('cursors').put({ relay, room, cursor } satisfies CursorRow)
      const ours = ourDigests.get(room)
      const value = ours && ({ ours, theirs: digest } satisfies Settled)
      if (value) store('meta').put({ key: backgroundKey(relay, room), value })
    }
  })
  return delivered
}
