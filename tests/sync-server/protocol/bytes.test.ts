/** Byte strings and names: one text for one value. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareBytes, equalBytes, fromBase64url, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import {
  clientOfList,
  clientPrefix,
  type DeviceId,
  generationOfClient,
  isDeviceId,
  isRoomName,
  listNameOf,
  monthRoom,
  monthStartMs,
  parseListName,
  prefixOfClient,
} from '../../../sync-server/protocol/ids.ts'

const options = { seed: 2026, numRuns: 300 }
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => toBase64url(bytes) as DeviceId)

describe('base64url', () => {
  test('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'))
        expect(equalBytes(fromBase64url(toBase64url(bytes)) ?? new Uint8Array(99), bytes)).toBe(true)
      }),
      options,
    )
  })

  test('reads just one text for each byte string', () => {
    const texts = fc.stringMatching(/^[A-Za-z0-9_=+/-]{0,9}$/)
    fc.assert(
      fc.property(texts, (text) => {
        const bytes = fromBase64url(text)
        if (bytes) expect(toBase64url(bytes)).toBe(text)
      }),
      { ...options, numRuns: 3000 },
    )
    for (const text of ['A', 'AA=', 'AA==', 'AB', 'AAB', 'A A', 'AA\n', '+A', '/A', 'ÀA', '😀', 'AAAAA'])
      expect(fromBase64url(text)).toBe(null)
  })
})

describe('the order of byte strings', () => {
  test('is that of their hexadecimal text', () => {
    const short = fc.uint8Array({ maxLength: 4, max: 3 })
    fc.assert(
      fc.property(short, short, (a, b) => {
        const [left, right] = [Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex')]
        expect(Math.sign(compareBytes(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0)
      }),
      options,
    )
  })
})

describe('names', () => {
  test('an id is 22 characters that stand for 16 bytes, in one spelling', () => {
    expect(isDeviceId('A'.repeat(22))).toBe(true)
    for (const text of ['A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(21)}B`, `${'A'.repeat(21)}=`, ''])
      expect(isDeviceId(text)).toBe(false)
  })

  test('a list name reads back, and any other spelling is none', () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 255 }), (device, generation) => {
        expect(parseListName(listNameOf({ device, generation }))).toEqual({ device, generation })
      }),
      options,
    )
    const device = 'A'.repeat(22)
    for (const end of ['', '.', '.256', '.00', '.01', '.1 ', '.-1', '.1e1', '.1.', '..1', '.１', '.1\n'])
      expect(parseListName(`${device}${end}`)).toBe(null)
    expect(parseListName(`${device.slice(1)}.1`)).toBe(null)
  })

  test('a client id holds 45 bits of the device and the generation, and is a safe integer', () => {
    fc.assert(
      fc.property(id, fc.integer({ min: 0, max: 255 }), (device, generation) => {
        const client = clientOfList({ device, generation })
        expect(Number.isSafeInteger(client)).toBe(true)
        expect(generationOfClient(client)).toBe(generation)
        expect(prefixOfClient(client)).toBe(clientPrefix(device))
        const bits = BigInt(`0x${Buffer.from(device, 'base64url').toString('hex')}`) >> 83n
        expect(BigInt(clientPrefix(device))).toBe(bits)
      }),
      options,
    )
    expect(
      clientOfList({ device: toBase64url(new Uint8Array(16).fill(255)) as DeviceId, generation: 255 }),
    ).toBe(Number.MAX_SAFE_INTEGER)
  })

  test('rooms are the roster, the board and months, of the network or of a space', () => {
    const space = `s-${'A'.repeat(22)}`
    for (const room of ['roster', 'board', '2026-11', '1970-01', `${space}-board`, `${space}-2026-12`])
      expect(isRoomName(room)).toBe(true)
    const wrong = ['', 'Board', '2026-13', '2026-00', '2026-1', '26-11', 'board ', 'board\n', '٢٠٢٦-١١']
    for (const room of [...wrong, `${space}-roster`, 's-A-board', `${space}`, '../board', '__proto__'])
      expect(isRoomName(room)).toBe(false)
  })

  test('a month room is named after UTC and says when it begins', () => {
    expect(monthRoom(Date.UTC(2026, 10, 1) - 1)).toBe('2026-10')
    expect(monthRoom(Date.UTC(2026, 10, 1))).toBe('2026-11')
    expect(monthStartMs(monthRoom(Date.UTC(2026, 10, 20)))).toBe(Date.UTC(2026, 10, 1))
  })
})
