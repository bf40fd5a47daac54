/** Blobs that live as long as their process. */

import { type Bytes, concatBytes } from '../protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { fail, ok } from '../protocol/result.ts'
import type { BlobStore, Upload } from './blob-store.ts'

interface Kept {
  readonly network: NetworkId
  readonly device: DeviceId
  readonly bytes: Bytes
  readonly atMs: number
}

export interface MemoryBlobs extends BlobStore {
  copy(): MemoryBlobs
}

const uploadKey = ({ network, id, device }: Upload): string => `${network}/${id}/${device}`

const openWith = (whole: Map<string, Kept>, begun: Map<string, Kept>): MemoryBlobs => ({
  find: async (network, id) => whole.get(`${network}/${id}`)?.bytes.length ?? null,
  read: async (network, id) => whole.get(`${network}/${id}`)?.bytes ?? null,
  begun: async (upload) => begun.get(uploadKey(upload))?.bytes ?? new Uint8Array(),
  begunBytes: async (upload) => begun.get(uploadKey(upload))?.bytes.length ?? 0,
  async addPart(upload, offset, part, nowMs) {
    const { network, device } = upload
    const held = begun.get(uploadKey(upload))?.bytes ?? new Uint8Array()
    if (held.length !== offset) return fail({ code: 'offset', bytes: held.length })
    const bytes = concatBytes(held, part)
    begun.set(uploadKey(upload), { network, device, bytes, atMs: nowMs })
    return ok(bytes.length)
  },
  async keep(upload, bytes, nowMs) {
    const { network, id, device } = upload
    const key = `${network}/${id}`
    if (!whole.has(key)) whole.set(key, { network, device, bytes, atMs: nowMs })
    begun.delete(uploadKey(upload))
    return ok(null)
  },
  async discard(upload) {
    begun.delete(uploadKey(upload))
  },
  async bytes(network, device) {
    let sum = 0
    for (const kept of [...whole.values(), ...begun.values()])
      if (kept.network === network && (device === undefined || kept.device === device))
        sum += Math.max(kept.bytes.length, limits.blobCountedBytes)
    return sum
  },
  async dropBefore(wholeMs, begunMs) {
    for (const [key, { atMs }] of whole) if (atMs < wholeMs) whole.delete(key)
    for (const [key, { atMs }] of begun) if (atMs < begunMs) begun.delete(key)
  },
  copy: () => openWith(new Map(whole), new Map(begun)),
})

export const openMemoryBlobs = (): MemoryBlobs => openWith(new Map(), new Map())
