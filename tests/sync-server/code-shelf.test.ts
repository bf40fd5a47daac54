/** Where boxes of codes stand: in the store as any other entry, and found again by whoever opens it later. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createCodeShelf, type ShelvedBox } from '../../sync-server/code-shelf.ts'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { openSqliteStore } from '../../sync-server/storage/sqlite-store.ts'
import type { Store } from '../../sync-server/storage/store.ts'

let folder: string
let store: Store

const open = (): Store => {
  const opened = openSqliteStore(join(folder, 'relay.sqlite'))
  if (!opened.ok) throw new Error(opened.error.message)
  return opened.value
}
const shelved = (): ShelvedBox => ({
  network: toBase64url(randomBytes(16)) as NetworkId,
  device: toBase64url(randomBytes(16)) as DeviceId,
  inviteKey: randomBytes(65),
  box: randomBytes(592),
})
const dayS = 24 * 3600
const endsS = Date.UTC(2026, 10, 23, 9) / 1000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-shelf-'))
  store = open()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('[R34] a box that was put is there after the file was closed and opened, until its last day is over', async () => {
  const [id, box] = [randomBytes(16), shelved()]
  expect(await createCodeShelf(store).put(id, box, endsS)).toEqual({ ok: true, value: null })
  await store.close()
  store = open()
  const shelf = createCodeShelf(store)
  for (const daysBefore of [0, 1, 3, 31])
    expect(await shelf.find(id, (endsS - daysBefore * dayS) * 1000)).toEqual(box)
  expect(await shelf.find(randomBytes(16), endsS * 1000)).toBeNull()
  expect(await shelf.find(id, (endsS + dayS) * 1000)).toBeNull()
})

it('[R34] sweeping takes the days that are over, also after weeks of rest, and nothing else', async () => {
  const shelf = createCodeShelf(store)
  const [old, later] = [randomBytes(16), randomBytes(16)]
  await shelf.put(old, shelved(), endsS)
  await shelf.put(later, shelved(), endsS + 30 * dayS)
  await shelf.sweep(endsS * 1000)
  expect(await shelf.find(old, endsS * 1000)).not.toBeNull()
  await shelf.sweep((endsS + 30 * dayS) * 1000)
  // asked as on that day: nothing is left of it
  expect(await shelf.find(old, endsS * 1000)).toBeNull()
  expect(await shelf.find(later, (endsS + 30 * dayS) * 1000)).not.toBeNull()
})

it('[R34] the first box under an id stays', async () => {
  const shelf = createCodeShelf(store)
  const [id, box] = [randomBytes(16), shelved()]
  await shelf.put(id, box, endsS)
  expect(await shelf.put(id, box, endsS)).toMatchObject({ ok: true })
  expect(await shelf.put(id, shelved(), endsS)).toMatchObject({ ok: false, error: { code: 'conflict' } })
  expect(await shelf.find(id, endsS * 1000)).toEqual(box)
})
