/** Keeps an answer in the tables of the engine while it arrives. */

import type { NetworkDatabase } from '../storage/database.ts'
import type { AnswerStore } from './answer.ts'

/** `relay`: its origin. */
export const answerStore = (database: NetworkDatabase, relay: string): AnswerStore => ({
  meetRelay: (relayId) =>
    database.transaction('rw', database.meta, database.cursors, async () => {
      const known = await database.meta.get(`relay ${relay}`)
      if (known?.value === relayId) return
      await database.cursors.filter((row) => row.relay === relay).delete()
      await database.meta.put({ key: `relay ${relay}`, value: relayId })
    }),
  keepFrame: (room, cursor, update) =>
    database.transaction('rw', database.inbox, database.cursors, async () => {
      await database.inbox.add({ room, update, source: relay, parked: 0 })
      if (cursor > 0) await database.cursors.put({ relay, room, cursor })
    }),
})
