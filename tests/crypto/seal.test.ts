/** Sealing: one key, one place, one content; lengths in steps. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importSealingKey, open, seal } from '../../src/crypto/seal.ts'
import { utf8 } from '../../sync-server/protocol/bytes.ts'
import { contextOf, entryKind, noHead, type Position } from '../../sync-server/protocol/entry.ts'
import { boardRoom, type NetworkId, type RoomName } from '../../sync-server/protocol/ids.ts'
import { audienceKeyOf, deviceOf } from '../support/keys.ts'

const device = await deviceOf('seal')
const key = await importSealingKey(await audienceKeyOf('seal'))
const position: Position = {
  network: device.id as string as NetworkId,
  room: boardRoom,
  list: { device: device.id, generation: 0 },
  index: 4,
  previous: noHead(),
}
const context = contextOf(position)
const { record, statement } = entryKind
const nothing = new Uint8Array()
const text = utf8('حليب أطفال')

describe('sealing', () => {
  test('what was sealed is opened, whatever its length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (plaintext) => {
        const sealed = await seal(key, context, record, nothing, plaintext)
        expect(await open(key, context, record, nothing, sealed)).toEqual(new Uint8Array(plaintext))
      }),
      { seed: 2026, numRuns: 60 },
    )
  })

  test('lengths are seen in steps of 32 only', async () => {
    const lengthOf = async (length: number) =>
      (await seal(key, context, record, nothing, new Uint8Array(length))).ciphertext.length
    expect(await lengthOf(0)).toBe(32 + 16)
    expect(await lengthOf(31)).toBe(32 + 16)
    expect(await lengthOf(32)).toBe(64 + 16)
  })

  test('the same text is sealed into other bytes each time', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => seal(key, context, record, nothing, text)))
    expect(a?.nonce).not.toEqual(b?.nonce)
    expect(a?.ciphertext).not.toEqual(b?.ciphertext)
  })

  test('nothing is opened with another key, at another place, as another kind or beside another public part', async () => {
    const sealed = await seal(key, context, statement, text, text)
    expect(await open(key, context, statement, text, sealed)).toEqual(text)
    const other = await importSealingKey(await audienceKeyOf('other'))
    expect(await open(other, context, statement, text, sealed)).toBe(null)
    expect(await open(key, context, record, text, sealed)).toBe(null)
    expect(await open(key, context, statement, nothing, sealed)).toBe(null)
    const places: Position[] = [
      { ...position, room: '2026-11' as RoomName },
      { ...position, index: 5 },
      { ...position, list: { ...position.list, generation: 1 } },
      { ...position, previous: new Uint8Array(32).fill(1) },
    ]
    for (const place of places) expect(await open(key, contextOf(place), statement, text, sealed)).toBe(null)
  })

  test('no byte of what is sealed can be changed, and none is missed without notice', async () => {
    const sealed = await seal(key, context, record, nothing, text)
    const { ciphertext } = sealed
    for (let at = 0; at < ciphertext.length; at++) {
      const changed = new Uint8Array(ciphertext)
      changed[at] = (changed[at] as number) ^ 1
      expect(await open(key, context, record, nothing, { ...sealed, ciphertext: changed })).toBe(null)
    }
    expect(await open(key, context, record, nothing, { ...sealed, ciphertext: ciphertext.slice(1) })).toBe(
      null,
    )
    expect(await open(key, context, record, nothing, { ...sealed, ciphertext: nothing })).toBe(null)
    const keyId = new Uint8Array(8)
    expect(await open(key, context, record, nothing, { ...sealed, keyId })).toBe(null)
  })
})
