/** The codec of the exchange: both bodies, whole, cut and made up. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concatBytes, fromBase64url, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import {
  type AnswerMessage,
  AnswerReader,
  encodeMessage,
  encodeRequest,
  listRefusals,
  parseRequest,
  type RoomResult,
  refusals,
  type SyncRequest,
} from '../../../sync-server/protocol/exchange.ts'
import type { RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { Writer } from '../../../sync-server/protocol/writer.ts'
import { parseWithin } from '../../support/decoder-bounds.ts'

const options = { seed: 2026, numRuns: 150 }
const bytesOf = (minLength: number, maxLength = minLength) =>
  fc.uint8Array({ minLength, maxLength }).map((bytes) => new Uint8Array(bytes))
const number = fc.oneof(fc.nat(300), fc.nat({ max: Number.MAX_SAFE_INTEGER }))
const room = fc.constantFrom(
  'roster',
  'board',
  '2026-11',
  '2026-10',
  `s-${'A'.repeat(22)}-board`,
) as fc.Arbitrary<RoomName>
const listFrom = fc.record({ client: number, from: number })

const roomRequest = fc.record({
  room,
  cursor: number,
  digest: bytesOf(8),
  updates: fc.array(bytesOf(2, 40), { maxLength: 3 }),
  want: fc.array(listFrom, { maxLength: 3 }),
})
const relayId = bytesOf(16).filter((bytes) => bytes.some((byte) => byte !== 0))
const request: fc.Arbitrary<SyncRequest> = fc.record({
  token: bytesOf(0, 200),
  maxBytes: number,
  relayId: fc.option(relayId.map(toBase64url)),
  rooms: fc.uniqueArray(roomRequest, { selector: (of) => of.room, maxLength: 5 }),
})
const encode = (of: SyncRequest) => encodeRequest(of, of.relayId === null ? null : fromBase64url(of.relayId))

const result: fc.Arbitrary<RoomResult> = fc.record({
  cursor: number,
  digest: bytesOf(8),
  more: fc.boolean(),
  durable: fc.array(fc.record({ client: number, length: number, head: bytesOf(32) }), { maxLength: 3 }),
  differs: fc.option(
    fc.array(fc.record({ client: number, length: number, head: bytesOf(32) }), { maxLength: 3 }),
  ),
  needs: fc.array(listFrom, { maxLength: 3 }),
  refused: fc.array(fc.record({ client: number, index: number, reason: fc.constantFrom(...listRefusals) }), {
    maxLength: 3,
  }),
})
const message: fc.Arbitrary<AnswerMessage> = fc.oneof(
  fc.record({ type: fc.constant('hello' as const), relayId: bytesOf(16), timeMs: number }),
  fc.record({
    type: fc.constant('refused' as const),
    reason: fc.constantFrom(...refusals),
    timeMs: number,
    retryAfterS: number,
  }),
  fc.record({ type: fc.constant('room' as const), room }),
  fc.record({
    type: fc.constant('frame' as const),
    roomRef: number,
    cursor: number,
    update: bytesOf(0, 400),
  }),
  fc.record({ type: fc.constant('result' as const), roomRef: number, result }),
  fc.record({ type: fc.constant('end' as const) }),
)
const messages = fc.array(message, { minLength: 1, maxLength: 8 })

const readAll = (pieces: readonly Uint8Array[]): AnswerMessage[] => {
  const reader = new AnswerReader()
  return pieces.flatMap((piece) => {
    const read = reader.push(piece)
    if (!read.ok) throw new Error('malformed')
    return read.value
  })
}

describe('requests', () => {
  test('[R10] a request reads back as it was written', () => {
    fc.assert(
      fc.property(request, (of) => {
        expect(parseRequest(encode(of))).toEqual({ ok: true, value: of })
      }),
      options,
    )
  })

  test('[R10] a request that was cut anywhere, or goes on, is malformed', () => {
    fc.assert(
      fc.property(request, (of) => {
        const bytes = encode(of)
        for (let length = 0; length < bytes.length; length++)
          expect(parseRequest(bytes.subarray(0, length)).ok).toBe(false)
        expect(parseRequest(concatBytes(bytes, Uint8Array.of(0))).ok).toBe(false)
      }),
      { ...options, numRuns: 30 },
    )
  })

  const head = (rooms: number) =>
    new Writer().byte(1).varUint(0).varUint(0).varUint(0).raw(new Uint8Array(16)).varUint(rooms)
  const roomHead = (name: string) => new Writer().varText(name).varUint(0).raw(new Uint8Array(8)).bytes()

  test('[R10] a room twice, a name that is no room and another version are malformed', () => {
    const of = (...names: string[]) => {
      const writer = head(names.length)
      for (const name of names) writer.raw(roomHead(name)).varUint(0).varUint(0)
      return writer.bytes()
    }
    expect(parseRequest(of('board', 'roster')).ok).toBe(true)
    for (const names of [['board', 'board'], ['Board'], [''], ['../etc'], ['2026-13']])
      expect(parseRequest(of(...names)).ok).toBe(false)
    const later = of('board')
    later[0] = 2
    expect(parseRequest(later).ok).toBe(false)
  })

  test('[R32] more rooms, lists or updates than a request may have are malformed, and cost nothing', () => {
    const nothing = new Uint8Array(limits.requestBytes - 100)
    const huge = [
      head(limits.roomsInRequest + 1)
        .raw(nothing)
        .bytes(),
      head(1).raw(roomHead('board')).varUint(nothing.length).raw(nothing).bytes(),
      head(1)
        .raw(roomHead('board'))
        .varUint(limits.updatesInRequest + 1)
        .raw(nothing)
        .bytes(),
      head(1)
        .raw(roomHead('board'))
        .varUint(0)
        .varUint(limits.listsInRequest + 1)
        .raw(nothing)
        .bytes(),
    ]
    for (const bytes of huge) {
      const { result: read, reads } = parseWithin(bytes, parseRequest)
      expect(read).toEqual({ ok: false, error: 'malformed' })
      expect(reads).toBeLessThan(100)
    }
  })

  test('[R32] updates are counted over all rooms together', () => {
    const of = (...counts: number[]) => {
      const writer = head(counts.length)
      counts.forEach((count, i) => {
        writer.raw(roomHead(`20${10 + i}-01`)).varUint(count)
        for (let n = 0; n < count; n++) writer.varBytes(Uint8Array.of(0, 0))
        writer.varUint(0)
      })
      return writer.bytes()
    }
    const half = limits.updatesInRequest / 2
    expect(parseRequest(of(half, half)).ok).toBe(true)
    expect(parseRequest(of(half, half, 1)).ok).toBe(false)
  })

  test('[R32] a body over the limit is too large before anything is read', () => {
    const { result: read, reads } = parseWithin(new Uint8Array(limits.requestBytes + 1).fill(1), parseRequest)
    expect(read).toEqual({ ok: false, error: 'tooLarge' })
    expect(reads).toBe(0)
  })

  test('[R17] a request for ten rooms with nothing new stays small', () => {
    const rooms = Array.from({ length: 10 }, (_, i) => ({
      room: `2026-${String(i + 1).padStart(2, '0')}` as RoomName,
      cursor: 123_456,
      digest: new Uint8Array(8),
      updates: [],
      want: [],
    }))
    const token = new Uint8Array(110)
    expect(encode({ token, maxBytes: 0, relayId: `${'A'.repeat(21)}Q`, rooms }).length).toBeLessThan(400)
  })
})

describe('answers', () => {
  test('[R12] messages read back as they were written, wherever the answer is cut', () => {
    fc.assert(
      fc.property(messages, (of) => {
        const bytes = concatBytes(...of.map(encodeMessage))
        expect(readAll([bytes])).toEqual(of)
        for (let cut = 0; cut <= bytes.length; cut++)
          expect(readAll([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(of)
        expect(readAll(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(of)
      }),
      { ...options, numRuns: 40 },
    )
  })

  test('[R12] what was whole before a cut is given, and what was not is never looked at', () => {
    fc.assert(
      fc.property(messages, (of) => {
        const parts = of.map(encodeMessage)
        const bytes = concatBytes(...parts)
        let whole = 0
        let end = parts[0]?.length ?? 0
        for (let cut = 0; cut <= bytes.length; cut++) {
          while (whole < parts.length && cut >= end) end += parts[++whole]?.length ?? 0
          expect(readAll([bytes.subarray(0, cut)])).toHaveLength(whole)
        }
      }),
      { ...options, numRuns: 40 },
    )
  })

  test('[R12] the pieces may be used again by whoever gave them', () => {
    const bytes = encodeMessage({ type: 'frame', roomRef: 0, cursor: 1, update: Uint8Array.of(1, 2, 3) })
    const piece = bytes.slice()
    const [read] = readAll([piece])
    piece.fill(9)
    expect(read).toMatchObject({ update: Uint8Array.of(1, 2, 3) })
  })

  test('an unknown message, a message that is too long and one that says too little are malformed for good', () => {
    const wrong = [
      Uint8Array.of(1, 99),
      Uint8Array.of(0),
      Uint8Array.of(2, 5, 0),
      Uint8Array.of(0x85, 0),
      Uint8Array.of(255, 255, 255, 255, 1),
      Uint8Array.of(3, 1, 99, 0),
      new Writer().varUint(limits.updateBytes * 2).bytes(),
    ]
    for (const bytes of wrong) {
      const reader = new AnswerReader()
      expect(reader.push(bytes)).toEqual({ ok: false, error: 'malformed' })
      expect(reader.push(encodeMessage({ type: 'end' }))).toEqual({ ok: false, error: 'malformed' })
    }
  })

  test('a large frame in very small pieces is read without delay', () => {
    const update = new Uint8Array(limits.updateBytes).fill(7)
    const bytes = encodeMessage({ type: 'frame', roomRef: 0, cursor: 1, update })
    const reader = new AnswerReader()
    const startMs = performance.now()
    let read: AnswerMessage[] = []
    for (let at = 0; at < bytes.length; at += 64) {
      const pushed = reader.push(bytes.subarray(at, at + 64))
      if (pushed.ok) read = [...read, ...pushed.value]
    }
    expect(read).toHaveLength(1)
    expect(performance.now() - startMs).toBeLessThan(1000)
  })
})
