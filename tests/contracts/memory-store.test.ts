/** The memory store against the contract, and its copies. */

import { expect, it } from 'vitest'
import { randomBytes, toBase64url, utf8 } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type DeviceId, listNameOf, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { describeBlobs } from './blobs.ts'
import { describeStore } from './store.ts'

const setUp = async () => {
  const store = openMemoryStore()
  return { store, tearDown: () => store.close() }
}
describeStore('memory store', setUp)
describeBlobs('memory store', setUp)

it('a copy is the same relay and lacks what is written afterwards', async () => {
  const store = openMemoryStore()
  const network = toBase64url(randomBytes(16)) as NetworkId
  const list = listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 0 })
  const headed = (text: string) => ({ entry: utf8(text), head: utf8(text) })
  await store.append(network, boardRoom, list, 0, [headed('before')])
  const copy = store.copy()
  await store.append(network, boardRoom, list, 1, [headed('after')])
  expect(copy.relayId).toBe(store.relayId)
  expect((await copy.lengths(network, boardRoom)).lists).toEqual([{ list, length: 1, head: utf8('before') }])
  expect((await store.lengths(network, boardRoom)).lists).toMatchObject([{ length: 2 }])
})
