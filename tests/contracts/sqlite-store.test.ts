/** The SQLite store against the contract, and what only a file can do: reopen, break, fill up, be copied. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blobIdOf } from '../../sync-server/protocol/blob-request.ts'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type DeviceId, listNameOf, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { backUpSqliteStore } from '../../sync-server/storage/sqlite-backup.ts'
import { openSqliteStore, type SqliteOptions } from '../../sync-server/storage/sqlite-store.ts'
import type { HeadedEntry, Store } from '../../sync-server/storage/store.ts'
import { describeBlobs } from './blobs.ts'
import { describeStore } from './store.ts'

const openAt = (path: string, options?: SqliteOptions): Store => {
  const opened = openSqliteStore(path, options)
  if (!opened.ok) throw new Error(opened.error.message)
  return opened.value
}

const network = toBase64url(randomBytes(16)) as NetworkId
const list = listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 0 })
const entryOf = (length: number): HeadedEntry => ({ entry: randomBytes(length), head: randomBytes(32) })

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-store-'))
  path = join(folder, 'deep', 'relay.sqlite')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const setUp = async () => {
  let store = openAt(path, { groupMs: 0 })
  return {
    store,
    reopen: async () => {
      await store.close()
      store = openAt(path, { groupMs: 0 })
      return store
    },
    tearDown: () => store.close(),
  }
}
describeStore('SQLite store', setUp)
describeBlobs('SQLite store', setUp)

describe('the file of the SQLite store', () => {
  it('[R31] holds pictures and voice notes too, so that a backup has them, and an older file gets room for them', async () => {
    const store = openAt(path)
    const upload = { network, id: blobIdOf(randomBytes(32)), device: list.slice(0, 22) as DeviceId }
    await store.blobs.addPart({ ...upload, id: blobIdOf(randomBytes(32)) }, 0, randomBytes(30), 5)
    const blob = randomBytes(60_000)
    await store.blobs.keep(upload, blob, 5)
    const copyPath = join(folder, 'copy.sqlite')
    expect(backUpSqliteStore(path, copyPath)).toEqual({ ok: true, value: null })
    const copy = openAt(copyPath)
    expect(await copy.blobs.read(network, upload.id)).toEqual(blob)
    expect(await copy.blobs.bytes(network)).toBe(60_000 + 1024)
    await copy.close()
    await store.close()
    const older = new DatabaseSync(path)
    older.exec('DROP TABLE blobs; DROP TABLE blob_parts')
    older.close()
    const again = openAt(path)
    expect(again.relayId).toBe(store.relayId)
    expect(await again.blobs.keep(upload, blob, 5)).toMatchObject({ ok: true })
    await again.close()
  })

  it('[R31] a full file takes no picture and says so', async () => {
    const store = openAt(path, { maxFileBytes: 200_000 })
    const upload = { network, id: blobIdOf(randomBytes(32)), device: list.slice(0, 22) as DeviceId }
    const full = { ok: false, error: { code: 'full' } }
    for (let i = 0; i < 3; i++) await store.blobs.addPart(upload, i * 60_000, randomBytes(60_000), 5)
    expect(await store.blobs.addPart(upload, 120_000, randomBytes(60_000), 5)).toEqual(full)
    expect(await store.blobs.keep(upload, randomBytes(60_000), 5)).toEqual(full)
    expect(await store.blobs.begun(upload)).toHaveLength(120_000)
    await store.close()
  })

  it('keeps id, rows and the end of the log over a restart', async () => {
    const first = openAt(path)
    const appended = await first.append(network, boardRoom, list, 0, [entryOf(40), entryOf(50)])
    const rows = await first.readSince(network, boardRoom, 0, 1e6)
    await first.close()
    const second = openAt(path)
    expect(second.relayId).toBe(first.relayId)
    expect(await second.readSince(network, boardRoom, 0, 1e6)).toEqual(rows)
    expect(await second.rooms(network)).toEqual([
      { room: boardRoom, seq: appended.ok ? appended.value.seq : null },
    ])
    await second.close()
  })

  it('finishes the appends under way before it closes', async () => {
    const store = openAt(path, { groupMs: 20 })
    const append = store.append(network, boardRoom, list, 0, [entryOf(40)])
    await store.close()
    expect(await append).toMatchObject({ ok: true, value: { added: 1 } })
    const again = openAt(path)
    expect((await again.lengths(network, boardRoom)).lists).toMatchObject([{ length: 1 }])
    await again.close()
  })

  it('makes another relay of another file', async () => {
    const one = openAt(path)
    const other = openAt(join(folder, 'other.sqlite'))
    expect(one.relayId).not.toBe(other.relayId)
    await one.close()
    await other.close()
  })

  it('says what to do when the file is not a store', () => {
    const broken = join(folder, 'broken.sqlite')
    writeFileSync(broken, randomBytes(8192))
    const opened = openSqliteStore(broken)
    expect(opened).toMatchObject({ ok: false, error: { code: 'damaged' } })
    if (!opened.ok) expect(opened.error.message).toContain('backup')
  })

  it('says what to do when pages inside the file are damaged', async () => {
    const store = openAt(path)
    await store.append(network, boardRoom, list, 0, [entryOf(9000), entryOf(9000)])
    await store.close()
    const bytes = readFileSync(path)
    for (let page = 1; page * 4096 < bytes.length; page++) bytes.fill(0xff, page * 4096, page * 4096 + 16)
    writeFileSync(path, bytes)
    expect(openSqliteStore(path)).toMatchObject({ ok: false, error: { code: 'damaged' } })
  })

  it('[R11] refuses everything of a commit that the disk has no room for, and goes on', async () => {
    const store = openAt(path, { maxFileBytes: 200_000 })
    expect(await store.append(network, boardRoom, list, 0, [entryOf(100)])).toMatchObject({ ok: true })
    const held = await store.bytes(network)
    const big = Array.from({ length: 30 }, () => entryOf(16_000))
    const small = listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 0 })
    const [together, refused] = await Promise.all([
      store.append(network, boardRoom, small, 0, [entryOf(10)]),
      store.append(network, boardRoom, list, 1, big),
    ])
    expect(refused).toEqual({ ok: false, error: { code: 'full' } })
    expect(together).toEqual({ ok: false, error: { code: 'full' } })
    expect((await store.lengths(network, boardRoom)).lists).toMatchObject([{ list, length: 1 }])
    expect(await store.bytes(network)).toBe(held)
    expect(await store.append(network, boardRoom, small, 0, [entryOf(10)])).toMatchObject({ ok: true })
    expect(await store.bytes(network)).toBe(held + 10)
    await store.close()
  })

  it('is copied while it is written to; the copy is the same relay at an earlier time', async () => {
    const store = openAt(path)
    const before = await store.append(network, boardRoom, list, 0, [entryOf(40)])
    const copyPath = join(folder, 'copy.sqlite')
    const underWay = store.append(network, boardRoom, list, 1, [entryOf(40)])
    expect(backUpSqliteStore(path, copyPath)).toEqual({ ok: true, value: null })
    expect(await underWay).toMatchObject({ ok: true })
    const copy = openAt(copyPath)
    expect(copy.relayId).toBe(store.relayId)
    expect(await copy.rooms(network)).toEqual([{ room: boardRoom, seq: before.ok ? before.value.seq : null }])
    expect(backUpSqliteStore(path, copyPath)).toMatchObject({ ok: false })
    await copy.close()
    await store.close()
  })
})
