/** Entries: one layout, one place. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, equalBytes, sha256, utf8 } from '../../../sync-server/protocol/bytes.ts'
import {
  contextOf,
  encodeUnsigned,
  entryKind,
  headHash,
  noHead,
  type Position,
  parseEntry,
  signatureLength,
  signedBytes,
} from '../../../sync-server/protocol/entry.ts'
import { boardRoom, idBytes, type NetworkId, type RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { sealedShape, TestList } from '../../support/entries.ts'
import { deviceOf } from '../../support/keys.ts'

const seed = 2026
const device = await deviceOf('entry')
const network = device.id as string as NetworkId
const signature = new Uint8Array(signatureLength).fill(9)
const sealed = await sealedShape('entry')
const whole = (unsigned: Uint8Array) => concatBytes(unsigned, signature)
const nothing = new Uint8Array()

const position: Position = {
  network,
  room: boardRoom,
  list: { device: device.id, generation: 3 },
  index: 300,
  previous: new Uint8Array(32).fill(7),
}

describe('entries', () => {
  test('an entry reads back as it was written, and writes back as it was read', () => {
    const parts = fc.record({
      kind: fc.integer({ min: 2, max: 255 }),
      publicPart: fc.uint8Array({ maxLength: 600 }).map((bytes) => new Uint8Array(bytes)),
      isSealed: fc.boolean(),
    })
    fc.assert(
      fc.property(parts, ({ kind, publicPart, isSealed }) => {
        const bytes = whole(encodeUnsigned(kind, publicPart, isSealed ? sealed : null))
        const parsed = parseEntry(bytes)
        expect(parsed).toEqual({
          ok: true,
          value: {
            kind,
            publicPart,
            sealed: isSealed ? sealed : null,
            unsigned: bytes.subarray(0, -signatureLength),
            signature,
          },
        })
      }),
      { seed, numRuns: 200 },
    )
  })

  test('every truncation is refused, and so is anything after the signature', () => {
    const bytes = whole(encodeUnsigned(entryKind.record, nothing, sealed))
    expect(parseEntry(bytes).ok).toBe(true)
    for (let length = 0; length < bytes.length; length++)
      expect(parseEntry(bytes.subarray(0, length)).ok).toBe(false)
    expect(parseEntry(concatBytes(bytes, Uint8Array.of(0))).ok).toBe(false)
  })

  test('another version is refused, and a kind of a later version is carried', () => {
    const bytes = whole(encodeUnsigned(77, utf8('later'), null))
    expect(parseEntry(bytes).ok).toBe(true)
    bytes[0] = 2
    expect(parseEntry(bytes).ok).toBe(false)
  })

  test('a sealed part that could not hold key id, nonce and tag is refused', () => {
    const withSealed = (length: number) =>
      parseEntry(concatBytes(Uint8Array.of(1, 2, 0, length), new Uint8Array(length + signatureLength))).ok
    expect(withSealed(0)).toBe(true)
    for (let length = 1; length < 36; length++) expect(withSealed(length)).toBe(false)
    expect(withSealed(36)).toBe(true)
  })

  test('a record with a public part, or with nothing sealed, is refused', () => {
    expect(parseEntry(whole(encodeUnsigned(entryKind.record, utf8('name'), sealed))).ok).toBe(false)
    expect(parseEntry(whole(encodeUnsigned(entryKind.record, nothing, null))).ok).toBe(false)
  })

  test('an entry larger than the limit is refused, one at the limit is not', () => {
    const ofLength = (length: number) => {
      const publicPart = new Uint8Array(length - signatureLength - 2 - 2 - 1)
      return whole(encodeUnsigned(entryKind.statement, publicPart, null))
    }
    expect(ofLength(limits.entryBytes).length).toBe(limits.entryBytes)
    expect(parseEntry(ofLength(limits.entryBytes)).ok).toBe(true)
    expect(parseEntry(ofLength(limits.entryBytes + 1)).ok).toBe(false)
  })

  test('a length that is written longer than it need be is refused', () => {
    const bytes = whole(encodeUnsigned(2, nothing, null))
    const longer = concatBytes(bytes.subarray(0, 2), Uint8Array.of(0x80, 0), bytes.subarray(3))
    expect(parseEntry(longer).ok).toBe(false)
  })
})

describe('the place of an entry', () => {
  test('the context is the text, the ids, the room, the index and the head before, in that order', () => {
    const index = Uint8Array.of((300 & 127) | 128, 300 >> 7)
    expect(contextOf(position)).toEqual(
      concatBytes(
        Uint8Array.of(9),
        utf8('tadamun/1'),
        idBytes(network),
        Uint8Array.of(5),
        utf8('board'),
        idBytes(device.id),
        Uint8Array.of(3),
        index,
        position.previous,
      ),
    )
  })

  test('every part of the place changes what is signed', async () => {
    const other = (await deviceOf('other')).id
    const moved: Position[] = [
      position,
      { ...position, network: other as string as NetworkId },
      { ...position, room: '2026-11' as RoomName },
      { ...position, list: { device: other, generation: 3 } },
      { ...position, list: { device: device.id, generation: 4 } },
      { ...position, index: 301 },
      { ...position, previous: noHead() },
    ]
    const unsigned = encodeUnsigned(1, nothing, sealed)
    const heads = await Promise.all(moved.map((place) => headHash(place, unsigned)))
    expect(new Set(heads.map(String)).size).toBe(moved.length)
  })

  test('the head is the hash of exactly what is signed, whatever the signature is', async () => {
    const list = new TestList(network, boardRoom, device)
    await list.append()
    const bytes = await list.append()
    const unsigned = bytes.slice(0, -signatureLength)
    const signed = signedBytes(list.positionAt(1), unsigned)
    expect(equalBytes(list.head, await sha256(signed))).toBe(true)
    expect(equalBytes(signed.subarray(-unsigned.length), unsigned)).toBe(true)
  })
})
