/** The mirror in the origin private file system, on one that holds its files in memory. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { MirrorRecord } from '../../src/storage/mirror.ts'
import { openOpfsMirror } from '../../src/storage/opfs-mirror.ts'

class MemoryFile {
  bytes = new Uint8Array()
  /** the handle that is open, if one is: they are exclusive */
  handle: MemoryHandle | null = null
  flushes = 0
  /** bytes that the disk still takes */
  room = Number.POSITIVE_INFINITY

  async createSyncAccessHandle(): Promise<MemoryHandle> {
    if (this.handle?.isOpen) throw new DOMException('in use', 'NoModificationAllowedError')
    this.handle = new MemoryHandle(this)
    return this.handle
  }

  async getFile() {
    return { arrayBuffer: async () => this.bytes.slice().buffer }
  }
}

class MemoryHandle {
  isOpen = true
  readonly #file: MemoryFile

  constructor(file: MemoryFile) {
    this.#file = file
  }

  getSize(): number {
    if (!this.isOpen) throw new DOMException('closed', 'InvalidStateError')
    return this.#file.bytes.length
  }

  write(bytes: Uint8Array, { at }: { at: number }): number {
    const taken = bytes.subarray(0, this.#file.room)
    const grown = new Uint8Array(at + taken.length)
    grown.set(this.#file.bytes.subarray(0, at))
    grown.set(taken, at)
    this.#file.bytes = grown
    return taken.length
  }

  read(into: Uint8Array): void {
    into.set(this.#file.bytes)
  }

  truncate(size: number): void {
    if (!this.isOpen) throw new DOMException('closed', 'InvalidStateError')
    this.#file.bytes = this.#file.bytes.slice(0, size)
  }

  flush(): void {
    this.#file.flushes++
  }

  close(): void {
    this.isOpen = false
  }
}

let files: Map<string, MemoryFile>

beforeEach(() => {
  files = new Map()
  const folder = {
    getFileHandle: async (name: string) => {
      const file = files.get(name) ?? new MemoryFile()
      files.set(name, file)
      return file
    },
    keys: () => files.keys(),
    removeEntry: async (name: string) => {
      if (files.get(name)?.handle?.isOpen) throw new DOMException('in use', 'NoModificationAllowedError')
      files.delete(name)
    },
  }
  const storage = { getDirectory: async () => ({ getDirectoryHandle: async () => folder }) }
  vi.stubGlobal('navigator', { storage })
})
afterEach(() => vi.unstubAllGlobals())

const record = (index: number): MirrorRecord => ({
  room: '2026-11' as MirrorRecord['room'],
  list: `${'A'.repeat(22)}.7` as MirrorRecord['list'],
  index,
  head: new Uint8Array(32).fill(index),
  entry: new Uint8Array(50).fill(index),
})

test('reads what earlier leases wrote and what this one did', async () => {
  const first = await openOpfsMirror('place', 1)
  await first.append([record(0), record(1)])
  await first.close()
  const second = await openOpfsMirror('place', 2)
  await second.append([record(2)])
  expect(await second.readAll()).toEqual([record(0), record(1), record(2)])
  expect(files.get('own-00000002')?.flushes).toBe(1)
})

test('opens its file once more when the system has closed it while the phone slept', async () => {
  const mirror = await openOpfsMirror('place', 1)
  await mirror.append([record(0)])
  files.get('own-00000001')?.handle?.close()
  await mirror.append([record(1)])
  expect(await mirror.readAll()).toEqual([record(0), record(1)])
})

test('leaves nothing of a record for which the disk had no room, and says so', async () => {
  const mirror = await openOpfsMirror('place', 1)
  await mirror.append([record(0)])
  const file = files.get('own-00000001')
  if (file) file.room = 20
  await expect(mirror.append([record(1)])).rejects.toThrow('the disk took a part')
  if (file) file.room = Number.POSITIVE_INFINITY
  await mirror.append([record(2)])
  expect(await mirror.readAll()).toEqual([record(0), record(2)])
})

test('takes the files of many starts into one, but for one that a frozen tab still holds', async () => {
  for (let lease = 1; lease <= 8; lease++) {
    const mirror = await openOpfsMirror('place', lease)
    await mirror.append([record(lease)])
    if (lease !== 3) await mirror.close()
  }
  const all = [1, 2, 3, 4, 5, 6, 7, 8].map(record)
  const last = await openOpfsMirror('place', 9)
  expect(await last.readAll()).toEqual(all)
  expect([...files.keys()].sort()).toEqual(['own-00000003', 'own-00000009'])
  await last.close()
  const next = await openOpfsMirror('place', 10)
  const kept = (await next.readAll()).map(({ index }) => index)
  expect([...new Set(kept)].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('leaves the files of many starts as they are while the disk has no room for the one', async () => {
  for (let lease = 1; lease <= 8; lease++) {
    const mirror = await openOpfsMirror('place', lease)
    await mirror.append([record(lease)])
    await mirror.close()
  }
  const last = await openOpfsMirror('place', 9)
  const file = files.get('own-00000009')
  if (file) file.room = 20
  expect(await last.readAll()).toHaveLength(8)
  expect(files.size).toBe(9)
  expect(file?.bytes).toHaveLength(0)
})
