/** What a screen stands on is read again when any row changes that it was read from, the last one read too. */

import 'fake-indexeddb/auto'
import { liveQuery } from 'dexie'
import { expect, test } from 'vitest'
import { needById } from '../../src/records/need/queries.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../src/storage/database.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'

const now = 3_600_000_000
const asker = deviceOf(1)
const taker = deviceOf(2)

test('an address that arrives on its own appears on the page of its need as it stands', async () => {
  const phone = createNotebook(asker, membersWith({ [asker]: 'member', [taker]: 'member' }))
  const contact = { name: '', address: 'زقاق ٩', phone: '' }
  const id = idOf(await phone.run({ type: 'need.add', category: 'food', title: 'سلة', contact }, now))
  await phone.run({ type: 'claim.take', needId: id }, now)
  const place = { networkId: 'live' as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const db = openNetworkDatabase(place, rowFormat)
  await db.open()
  for (const table of Object.keys(rowFormat.tables)) {
    if (table !== 'contacts') await db.table(table).bulkPut(phone.rows(table))
  }

  const seen: (string | undefined)[] = []
  const shown = new Promise<void>((resolve, reject) => {
    const watching = liveQuery(() => needById(db, id, now)).subscribe({
      next: async (view) => {
        seen.push(view?.contact.row?.address)
        if (seen.length === 1) await db.table('contacts').bulkPut(phone.rows('contacts'))
        else {
          watching.unsubscribe()
          resolve()
        }
      },
      error: reject,
    })
  })
  await shown
  expect(seen).toEqual([undefined, 'زقاق ٩'])
  await db.delete()
})
