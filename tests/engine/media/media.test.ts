/** Pictures and voice notes between two phones and a relay: kept, brought in parts, fetched when wanted, never shown when wrong. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeRoom } from '../../../src/engine/media/shelf.ts'
import { type NeedRow, needType } from '../../../src/records/need/need.ts'
import type { BlobRow } from '../../../src/storage/schema.ts'
import { encodePiece } from '../../../sync-server/protocol/blob-request.ts'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { type BlobRoad, blobRoad } from '../../support/blob-line.ts'
import { fillBytes } from '../../support/mutations.ts'
import { Neighbourhood, removeOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone
let road: BlobRoad

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ahmad = await all.joiner('أحمد', zeinab)
  await all.settle(zeinab, ahmad)
  road = blobRoad(all.relay)
  ahmad.line = noLine
  zeinab.line = road
})
afterEach(() => all.end())

const picture = fillBytes(90_000, 1)

/** As the form does: kept first, then saved with the need; gives the need's id. */
const addPicture = async (phone: Phone, content: Bytes = picture): Promise<string> => {
  const { media } = await phone.run({ type: 'media.keep', kind: 'photo', content })
  if (!media) throw new Error('what is kept has an id')
  return phone.addNeed('سقف يتسرب', { photos: [{ ...media, thumb: fillBytes(300, 2), w: 1280, h: 960 }] })
}
const needOn = async (phone: Phone, id: string): Promise<NeedRow | undefined> =>
  phone.local.database.table<NeedRow, string>(needType.table).get(id)
const blobsOn = (phone: Phone): Promise<BlobRow[]> => phone.local.database.blobs.toArray()
const statesOn = async (phone: Phone): Promise<string[]> =>
  (await blobsOn(phone)).map(({ state }) => state).sort()

const becomes = (phone: Phone, states: string[]) => expect.poll(() => statesOn(phone)).toEqual(states)

/** What a screen gets that shows the first picture of a need. */
const look = async (phone: Phone, id: string, wanted = false) => {
  const photo = (await needOn(phone, id))?.photos[0]
  if (!photo) throw new Error('the need has a picture')
  return phone.run({ type: 'media.open', kind: 'photo', id: photo.id, key: photo.key, wanted })
}

describe('bringing', () => {
  test('what was made with no line leaves behind the words, and the other phone shows it', async () => {
    const id = await addPicture(ahmad)
    expect(await statesOn(ahmad)).toEqual(['unsent'])
    expect((await look(ahmad, id)).content).toEqual(picture)
    await ahmad.exchange()
    expect(await statesOn(ahmad)).toEqual(['unsent'])
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
    await zeinab.exchange()
    await becomes(zeinab, ['fetched'])
    expect((await look(zeinab, id)).content).toEqual(picture)
    // fetched ahead: it is there with no line too
    zeinab.line = noLine
    expect((await look(zeinab, id)).content).toEqual(picture)
  })

  test('[R31] the relay holds no byte of it, nor of its key', async () => {
    const needle = 'شارع ١٢، الباب الأزرق'
    await addPicture(ahmad, new Uint8Array(Buffer.from(needle.repeat(2000))))
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
    const [row] = await blobsOn(ahmad)
    const kept = Buffer.from(
      (row && (await all.store.blobs.read(ahmad.local.network, row.id as never))) ?? [],
    )
    expect(kept.length).toBeGreaterThan(70_000)
    expect(kept.includes(Buffer.from('الباب'))).toBe(false)
  })

  test('[R31] an upload that is cut in the middle goes on from there, also after the phone was switched off', async () => {
    await addPicture(ahmad)
    ahmad.line = road
    ahmad.isSlowLink = true
    let puts = 0
    road.meddle = (answer, { type }) => (type === 'put' && ++puts === 3 ? null : answer)
    await ahmad.exchange()
    await expect.poll(async () => (await blobsOn(ahmad))[0]?.sentBytes).toBe(2 * limits.slowBlobPartBytes)
    expect(puts).toBe(3)
    await ahmad.kill()
    road.sentBytes = 0
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
    // the third part had arrived, its answer had not: it is the only one that was brought twice
    const [row] = await blobsOn(ahmad)
    expect(road.sentBytes).toBeLessThan((row?.size ?? 0) - 2 * limits.slowBlobPartBytes + 2500)
  })

  test('[R14] a relay that lost what it had acknowledged of an upload is brought all of it', async () => {
    await addPicture(ahmad)
    const [row] = await blobsOn(ahmad)
    if (row) await ahmad.local.database.blobs.update(row.id, { sentBytes: 64 * 1024 })
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
  })

  test('[R14] a relay that lost its disk is given all again, within a day, by any phone that has it', async () => {
    await addPicture(ahmad)
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
    await zeinab.exchange()
    await becomes(zeinab, ['fetched'])
    await all.store.blobs.dropBefore(Number.POSITIVE_INFINITY, 0)
    all.time.ms += 25 * 3600 * 1000
    await zeinab.exchange()
    await becomes(zeinab, ['sent'])
    const [row] = await blobsOn(zeinab)
    expect(await all.store.blobs.find(zeinab.local.network, row?.id as never)).toBe(row?.size)
  })

  test('what nobody saved leaves no phone, and what was taken out of a need again neither', async () => {
    await ahmad.run({ type: 'media.keep', kind: 'voice', content: fillBytes(9000, 3) })
    const id = await addPicture(ahmad)
    await ahmad.run({ type: 'need.edit', id, changes: { photos: [] } })
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['draft', 'draft'])
    expect(road.asked).toEqual([])
  })

  test('a fall between a save and what comes behind it loses nothing: what a need has is brought', async () => {
    await addPicture(ahmad)
    const [row] = await blobsOn(ahmad)
    if (row) await ahmad.local.database.blobs.update(row.id, { state: 'draft' })
    await ahmad.kill()
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
  })

  test('who was put out with a picture that had not left brings it along when he is in again', async () => {
    await addPicture(ahmad)
    await removeOn(zeinab, 'أحمد')
    await zeinab.exchange()
    ahmad.line = road
    await ahmad.exchange()
    expect(road.asked).toEqual([])
    await ahmad.join(await zeinab.invite(1))
    await all.settle(zeinab, ahmad, zeinab)
    await becomes(zeinab, ['fetched'])
    const [need] = await zeinab.local.database.table<NeedRow>(needType.table).toArray()
    expect((await look(zeinab, need?.id ?? '')).content).toEqual(picture)
  })

  test('[R32] what the relay has no room for stays here, is said, and is tried again; others go', async () => {
    await addPicture(ahmad)
    await addPicture(ahmad, fillBytes(500, 9))
    const { bytes } = all.store.blobs
    all.store.blobs.bytes = async () => limits.deviceBlobBytes - 5000
    ahmad.line = road
    await ahmad.exchange()
    await expect.poll(() => statesOn(ahmad)).toEqual(['sent', 'unsent'])
    expect((await blobsOn(ahmad)).find(({ state }) => state === 'unsent')?.refused).toBe('quota')
    const puts = () => road.asked.filter((type) => type === 'put').length
    const before = puts()
    await ahmad.exchange()
    await ahmad.exchange()
    expect(puts()).toBe(before)
    all.time.ms += 16 * 60_000
    await ahmad.exchange()
    await expect.poll(puts).toBe(before + 1)
    all.store.blobs.bytes = bytes
    const later = async () => {
      all.time.ms += 16 * 60_000
      await ahmad.exchange()
      return statesOn(ahmad)
    }
    await expect.poll(later).toEqual(['sent', 'sent'])
  })
})

describe('fetching', () => {
  let id: string
  beforeEach(async () => {
    id = await addPicture(ahmad)
    ahmad.line = road
    await ahmad.exchange()
    await becomes(ahmad, ['sent'])
    road.asked = []
  })

  test('on a slow link it waits until somebody wants it', async () => {
    zeinab.isSlowLink = true
    await zeinab.exchange()
    expect((await needOn(zeinab, id))?.photos).toHaveLength(1)
    expect(await look(zeinab, id)).toEqual({ absent: 'waits' })
    expect(road.asked).toEqual([])
    expect((await look(zeinab, id, true)).content).toEqual(picture)
    expect(await statesOn(zeinab)).toEqual(['fetched'])
  })

  test('[R12] what came of a cut download counts: it goes on behind it', async () => {
    zeinab.isSlowLink = true
    await zeinab.exchange()
    let gets = 0
    road.meddle = (answer) => {
      gets++
      if (gets === 2) return { ...answer, body: answer.body.slice(0, 5000) }
      return gets === 3 ? null : answer
    }
    expect(await look(zeinab, id, true)).toEqual({ absent: 'offline' })
    const [row] = await blobsOn(zeinab)
    expect([row?.state, row?.bytes.length]).toEqual(['coming', limits.slowBlobPartBytes + 5000 - 3])
    road.meddle = (answer) => answer
    expect((await look(zeinab, id, true)).content).toEqual(picture)
  })

  test('[R31] bytes that are not what the record says are not shown, whoever changed them', async () => {
    zeinab.isSlowLink = true
    await zeinab.exchange()
    road.meddle = (answer, request) =>
      request.type === 'get'
        ? { ...answer, body: encodePiece({ length: 9000, bytes: fillBytes(9000 - request.offset, 4) }) }
        : answer
    expect(await look(zeinab, id, true)).toEqual({ absent: 'broken' })
    expect(await statesOn(zeinab)).toEqual([])
    road.meddle = (answer) => answer
    expect((await look(zeinab, id, true)).content).toEqual(picture)
  })

  test('a record whose key fits no bytes shows nothing', async () => {
    await zeinab.exchange()
    await becomes(zeinab, ['fetched'])
    const photo = (await needOn(zeinab, id))?.photos[0]
    const open = { type: 'media.open', kind: 'photo', wanted: true } as const
    expect(await zeinab.run({ ...open, id: photo?.id ?? '', key: fillBytes(32, 8) })).toEqual({
      absent: 'broken',
    })
  })

  test('what has not left the phone of whoever made it is said to be there still', async () => {
    await all.store.blobs.dropBefore(Number.POSITIVE_INFINITY, 0)
    await zeinab.exchange()
    expect(await look(zeinab, id, true)).toEqual({ absent: 'notThere' })
  })

  test('where room is short, what was looked at longest ago goes, and never what has not left', async () => {
    await zeinab.exchange()
    await becomes(zeinab, ['fetched'])
    zeinab.line = noLine
    await addPicture(zeinab, fillBytes(2000, 5))
    await makeRoom(zeinab.local.database, 0, 1000)
    expect(await statesOn(zeinab)).toEqual(['unsent'])
    zeinab.line = road
    await zeinab.exchange()
    await becomes(zeinab, ['fetched', 'sent'])
  })
})
