/** Which pictures and voice notes come first. */

import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { needsWithMedia } from '../../../src/engine/media/shelf.ts'
import { needType } from '../../../src/records/need/need.ts'
import { rowFormat } from '../../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../../src/storage/database.ts'
import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'

test('what is fetched ahead begins with the newest needs: old ones do not use up what may be fetched', async () => {
  const place = { networkId: 'shelf' as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const database = openNetworkDatabase(place, rowFormat)
  await database.open()
  const rows = [1, 3, 0, 2].map((mediaAt) => ({ id: `need-${mediaAt}`, mediaAt, creator: place.deviceId }))
  await database.table(needType.table).bulkPut(rows)
  expect((await needsWithMedia(database)).map(({ mediaAt }) => mediaAt)).toEqual([3, 2, 1])
})
