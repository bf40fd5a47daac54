/** The gate: what joins a list, and what is turned away without effect. */
import { describe, expect, test } from 'vitest'
import { type Bytes, concatBytes, copyBytes } from '../../../sync-server/protocol/bytes.ts'
import { noHead, signatureLength } from '../../../sync-server/protocol/entry.ts'
import { emptyList, type HeldList, type Judgement, judgeRun } from '../../../sync-server/protocol/gate.ts'
import { boardRoom, type NetworkId, type RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import type { Run } from '../../../sync-server/protocol/update.ts'
import { TestList } from '../../support/entries.ts'
import { deviceOf, withOtherS } from '../../support/keys.ts'

const [author, stranger] = await Promise.all([deviceOf('author'), deviceOf('stranger')])
const network = author.id as string as NetworkId

const listOf = async (length: number, over: Partial<TestList> = {}): Promise<TestList> => {
  const list = new TestList(
    over.network ?? network,
    over.room ?? boardRoom,
    over.device ?? author,
    over.key?.generation,
  )
  while (list.length < length) await list.append()
  return list
}

const heldOf = (list: TestList, length = list.length): HeldList => ({
  length,
  head: list.positionAt(length).previous,
  entryAt: async (index) => list.entries[index] ?? null,
  headBefore: async (index) => (index === 0 ? noHead() : (list.heads[index - 1] ?? null)),
})

const judge = (list: TestList, run: Run, held: HeldList = emptyList()): Promise<Judgement> =>
  judgeRun({
    network: list.network,
    room: list.room,
    list: list.key,
    held,
    key: list.device.signing.verifyKey,
    run,
  })

const list = await listOf(5)
const changed = (bytes: Bytes, at: number): Bytes => {
  const copy = copyBytes(bytes)
  copy[at] = (copy[at] as number) ^ 1
  return copy
}
const withEntry = (index: number, bytes: Bytes): Run => {
  const run = list.run()
  return { ...run, entries: run.entries.map((entry, i) => (i === index ? bytes : entry)) }
}

describe('[R3] what is taken', () => {
  test('[R3] a whole list is taken by one who has nothing, with the heads of its author', async () => {
    const { accepted, skipped, stop } = await judge(list, list.run())
    expect(accepted.map(({ bytes }) => bytes)).toEqual(list.entries)
    expect(accepted.map(({ head }) => head)).toEqual(list.heads)
    expect(accepted.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
    expect({ skipped, stop }).toEqual({ skipped: 0, stop: null })
  })

  test('[R3] entries that are held already are skipped, and what continues them is taken', async () => {
    for (let length = 0; length <= 5; length++) {
      for (let from = 0; from <= length; from++) {
        const { accepted, skipped, stop } = await judge(list, list.run(from), heldOf(list, length))
        expect(skipped).toBe(length - from)
        expect(accepted.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4].slice(length))
        expect(stop).toBe(null)
      }
    }
  })

  test('[R3] a run that ends below what is held changes nothing', async () => {
    expect(await judge(list, list.run(1, 3), heldOf(list))).toEqual({ accepted: [], skipped: 2, stop: null })
  })

  test('[R3] another signature over the same bytes is the same entry', async () => {
    const again = list.fork(2)
    const unsigned = list.entries[2]?.slice(0, -signatureLength) as Bytes
    const resigned = await again.appendUnsigned(unsigned, 1)
    expect(resigned).not.toEqual(list.entries[2])
    expect(await judge(list, again.run(), heldOf(list))).toEqual({ accepted: [], skipped: 3, stop: null })
    expect(again.head).toEqual(list.heads[2])
    const { accepted, stop } = await judge(list, withEntry(2, resigned))
    expect({ length: accepted.length, stop }).toEqual({ length: 5, stop: null })
  })
})

describe('[R3] what is not taken', () => {
  test('[R3] a run that begins beyond what is held is a gap, and says where', async () => {
    const { accepted, stop } = await judge(list, list.run(3), heldOf(list, 2))
    expect({ accepted, stop }).toEqual({ accepted: [], stop: { reason: 'gap', index: 2 } })
  })

  test('[R4] the run is taken up to its first bad signature, and nothing after it', async () => {
    for (let bad = 0; bad < 5; bad++) {
      const bytes = changed(list.entries[bad] as Bytes, (list.entries[bad]?.length ?? 0) - 1)
      const { accepted, stop } = await judge(list, withEntry(bad, bytes))
      expect(accepted).toHaveLength(bad)
      expect(stop).toEqual({ reason: 'signature', index: bad })
    }
  })

  test('[R4] no bit of an entry can be changed', async () => {
    const bytes = list.entries[0] as Bytes
    for (let at = 0; at < bytes.length; at++) {
      const { accepted, stop } = await judge(list, withEntry(0, changed(bytes, at)))
      expect(accepted).toEqual([])
      expect(['signature', 'malformed']).toContain(stop?.reason)
    }
  })

  test('[R4] a signature with high s is refused, though the mathematics would take it', async () => {
    const bytes = list.entries[1] as Bytes
    const signature = withOtherS(bytes.slice(-signatureLength))
    const high = concatBytes(bytes.subarray(0, -signatureLength), signature)
    const { stop } = await judge(list, withEntry(1, high))
    expect(stop).toEqual({ reason: 'signature', index: 1 })
  })

  test('[R4] an entry that a stranger signed is refused', async () => {
    const forged = new TestList(network, boardRoom, { ...author, signing: stranger.signing })
    await forged.append()
    const { accepted, stop } = await judge(list, forged.run())
    expect({ accepted, stop }).toEqual({ accepted: [], stop: { reason: 'signature', index: 0 } })
  })

  test('[R4] an entry moved to another room, network, device, generation or index is refused', async () => {
    const elsewhere = [
      await listOf(0, { room: '2026-11' as RoomName }),
      await listOf(0, { network: stranger.id as string as NetworkId }),
      await listOf(0, { key: { device: author.id, generation: 1 } }),
      new TestList(network, boardRoom, { ...author, id: stranger.id }),
    ]
    for (const place of elsewhere) {
      const { accepted, stop } = await judge(place, { ...list.run(), list: place.name })
      expect({ accepted, stop }).toEqual({ accepted: [], stop: { reason: 'signature', index: 0 } })
    }
    const swapped = { ...list.run(), entries: [list.entries[1], list.entries[0]] as Bytes[] }
    expect((await judge(list, swapped)).stop).toEqual({ reason: 'signature', index: 0 })
    const shifted = { ...list.run(), fromIndex: 1 }
    expect((await judge(list, shifted, heldOf(list, 1))).stop).toEqual({ reason: 'signature', index: 1 })
  })

  test('[R4] an entry whose neighbour before it was exchanged is refused', async () => {
    const branch = list.fork(1)
    await branch.append({ kind: 2 })
    await branch.append({ kind: 2 })
    const { stop } = await judge(list, { ...branch.run(2), list: null }, heldOf(list, 2))
    expect(stop).toEqual({ reason: 'signature', index: 2 })
  })

  test('[R2] an entry that is no entry, or too large, is malformed', async () => {
    const rubbish = [new Uint8Array(), new Uint8Array(200), new Uint8Array(limits.entryBytes + 1).fill(1)]
    for (const bytes of rubbish)
      expect((await judge(list, withEntry(3, bytes))).stop).toEqual({ reason: 'malformed', index: 3 })
  })
})

describe('[R6] forks', () => {
  test('[R6] another entry that its author signed for a held index is a fork, and proven', async () => {
    for (let at = 0; at < 5; at++) {
      const branch = list.fork(at)
      await branch.append({ kind: 2 })
      for (let from = 0; from <= at; from++) {
        const { accepted, skipped, stop } = await judge(list, branch.run(from), heldOf(list))
        expect({ accepted, skipped }).toEqual({ accepted: [], skipped: at - from })
        expect(stop).toEqual({ reason: 'fork', index: at, proven: true })
      }
    }
  })

  test('[R6] bytes that its author never signed do not prove a fork', async () => {
    const forged = new TestList(network, boardRoom, { ...author, signing: stranger.signing })
    await forged.append({ kind: 2 })
    for (const bytes of [
      forged.entries[0] as Bytes,
      changed(list.entries[0] as Bytes, 20),
      new Uint8Array(90),
    ]) {
      const { stop } = await judge(list, withEntry(0, bytes), heldOf(list))
      expect(stop).toEqual({ reason: 'fork', index: 0, proven: false })
    }
  })

  test('[R6] a fork that cannot be placed, as the head before it is not known, is not proven', async () => {
    const branch = list.fork(2)
    await branch.append({ kind: 2 })
    const { headBefore: _, ...held } = heldOf(list)
    expect((await judge(list, branch.run(2), held)).stop).toEqual({ reason: 'fork', index: 2, proven: false })
    const later = list.fork(1)
    await later.append({ kind: 2 })
    await later.append({ kind: 2 })
    const { stop } = await judge(list, later.run(2), heldOf(list))
    expect(stop).toEqual({ reason: 'fork', index: 2, proven: false })
  })
})
