/** What every store of sealed pictures and voice notes does [R31]. */
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { blobIdOf } from '../../sync-server/protocol/blob-request.ts'
import { concatBytes, randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import type { BlobStore, Upload } from '../../sync-server/storage/blob-store.ts'
import { fillBytes } from '../support/mutations.ts'
import type { StoreSetup } from './store.ts'

const someUpload = (network = toBase64url(randomBytes(16)) as NetworkId): Upload => ({
  network,
  id: blobIdOf(randomBytes(32)),
  device: toBase64url(randomBytes(16)) as DeviceId,
})
const atMs = Date.UTC(2026, 10, 20)

export const describeBlobs = (name: string, setUp: () => Promise<StoreSetup>): void => {
  describe(`${name}: blobs`, () => {
    let setup: StoreSetup
    let blobs: BlobStore
    let upload: Upload
    beforeEach(async () => {
      setup = await setUp()
      blobs = setup.store.blobs
      upload = someUpload()
    })
    afterEach(() => setup.tearDown())

    const isHeld = async ({ network, id }: Upload): Promise<boolean> =>
      (await blobs.find(network, id)) !== null

    it('knows nothing of what nobody brought', async () => {
      expect(await blobs.find(upload.network, upload.id)).toBe(null)
      expect(await blobs.read(upload.network, upload.id)).toBe(null)
      expect(await blobs.begun(upload)).toEqual(new Uint8Array())
      expect(await blobs.bytes(upload.network)).toBe(0)
      await blobs.discard(upload)
    })

    it('[R31] grows an upload at its end and nowhere else', async () => {
      const [first, second] = [randomBytes(50_000), randomBytes(70)]
      expect(await blobs.addPart(upload, 0, first, atMs)).toEqual({ ok: true, value: 50_000 })
      const early = await blobs.addPart(upload, 10, second, atMs)
      expect(early).toEqual({ ok: false, error: { code: 'offset', bytes: 50_000 } })
      const late = await blobs.addPart(upload, 60_000, second, atMs)
      expect(late).toEqual({ ok: false, error: { code: 'offset', bytes: 50_000 } })
      expect(await blobs.addPart(upload, 50_000, second, atMs)).toEqual({ ok: true, value: 50_070 })
      expect(await blobs.begun(upload)).toEqual(concatBytes(first, second))
      expect(await blobs.begunBytes(upload)).toBe(50_070)
      expect(await isHeld(upload)).toBe(false)
    })

    it('[R31] what two devices bring of one blob is apart, and so are networks', async () => {
      const other = { ...upload, device: someUpload().device }
      await blobs.addPart(upload, 0, randomBytes(9), atMs)
      expect(await blobs.begun(other)).toHaveLength(0)
      expect(await blobs.addPart(other, 0, randomBytes(5), atMs)).toMatchObject({ ok: true })
      await blobs.keep(other, randomBytes(5), atMs)
      expect(await blobs.begun(upload)).toHaveLength(9)
      expect(await blobs.find(someUpload().network, upload.id)).toBe(null)
    })

    it('[R31] keeps a whole blob once, byte for byte, and forgets its parts', async () => {
      const blob = fillBytes(512 * 1024, 1)
      await blobs.addPart(upload, 0, blob.slice(0, 1000), atMs)
      expect(await blobs.keep(upload, blob, atMs)).toEqual({ ok: true, value: null })
      expect(await blobs.keep(upload, blob, atMs)).toEqual({ ok: true, value: null })
      expect(await blobs.find(upload.network, upload.id)).toBe(blob.length)
      expect(await blobs.read(upload.network, upload.id)).toEqual(blob)
      expect(await blobs.begun(upload)).toHaveLength(0)
      expect(await blobs.bytes(upload.network)).toBe(blob.length)
    })

    it('[R32] counts what networks and devices keep, uploads under way among it', async () => {
      const { network, device } = upload
      const other = someUpload(network)
      await blobs.addPart(upload, 0, randomBytes(3000), atMs)
      expect(await blobs.bytes(network, device)).toBe(3000)
      await blobs.keep(other, randomBytes(2000), atMs)
      expect([await blobs.bytes(network), await blobs.bytes(network, other.device)]).toEqual([5000, 2000])
      await blobs.discard(upload)
      expect([await blobs.bytes(network), await blobs.bytes(network, device)]).toEqual([2000, 0])
      expect(await blobs.addPart(upload, 0, randomBytes(4), atMs)).toEqual({ ok: true, value: 4 })
    })

    it('[R32] counts the smallest for a kilobyte: rows cost a store too', async () => {
      const { network, device } = upload
      const other = { ...someUpload(network), device }
      for (const each of [upload, other]) await blobs.addPart(each, 0, randomBytes(1), atMs)
      await blobs.keep({ ...someUpload(network), device }, randomBytes(1), atMs)
      expect([await blobs.bytes(network, device), await blobs.begunBytes(upload)]).toEqual([3072, 1])
    })

    it('[R33] forgets whole ones of old months, and uploads that never ended', async () => {
      const [old, kept, stale] = [someUpload(), someUpload(), someUpload()]
      const oldMs = Date.UTC(2001, 3, 2)
      await blobs.keep(old, randomBytes(8), oldMs)
      await blobs.keep(kept, randomBytes(8), atMs)
      await blobs.addPart(stale, 0, randomBytes(8), oldMs)
      await blobs.dropBefore(Date.UTC(2001, 4), 0)
      expect([await isHeld(old), await isHeld(kept)]).toEqual([false, true])
      expect(await blobs.bytes(old.network)).toBe(0)
      expect(await blobs.begun(stale)).toHaveLength(8)
      // far ahead of any clock: a store may date uploads by its own
      await blobs.dropBefore(Date.UTC(2001, 4), Date.UTC(2200, 0))
      expect(await blobs.begun(stale)).toHaveLength(0)
      expect(await isHeld(kept)).toBe(true)
    })

    it('[R11] what was acknowledged is there when the store is opened again, cut anywhere', async () => {
      const pieces = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 })
      await fc.assert(
        fc.asyncProperty(pieces, async (lengths) => {
          const mine = someUpload()
          const parts = lengths.map((length) => randomBytes(length))
          let end = 0
          for (const part of parts) {
            const added = await blobs.addPart(mine, end, part, atMs)
            end += part.length
            expect(added).toEqual({ ok: true, value: end })
            if (setup.reopen) blobs = (await setup.reopen()).blobs
          }
          expect(await blobs.begun(mine)).toEqual(concatBytes(...parts))
        }),
        { numRuns: setup.reopen ? 4 : 50 },
      )
    })
  })
}
