/** What a need says of its pictures and its voice note: what forms may write, and what hostile bytes become. */
import { describe, expect, test } from 'vitest'
import { mergeRecord } from '../../src/records/merge.ts'
import { type Photo, type Voice, voiceMime } from '../../src/records/need/media.ts'
import { type NeedRow, needSchema, needType } from '../../src/records/need/need.ts'
import { encodeOperations } from '../../src/records/operation-codec.ts'
import type { RecordType } from '../../src/records/record-type.ts'
import { validate } from '../../src/records/validate.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { fillBytes, fillId } from '../support/mutations.ts'
import { deviceOf } from '../support/notebook.ts'

const photo = (seed: number, more: Partial<Photo> = {}): Photo => ({
  id: `${fillId(seed)}${fillId(seed + 1)}`.slice(0, 43),
  key: fillBytes(32, seed),
  thumb: fillBytes(1024, seed),
  w: 1280,
  h: 960,
  bytes: 90_000,
  ...more,
})
const voice: Voice = {
  id: `${fillId(8)}${fillId(9)}`.slice(0, 43),
  key: fillBytes(32, 8),
  ms: 12_000,
  peaks: fillBytes(48, 8),
  mime: 'audio/webm;codecs=opus',
  bytes: 30_000,
}

const rowOf = (fields: Record<string, unknown>): NeedRow => {
  const place = { room: '2026-11', list: 'a.0', index: 0, position: 0, keyId: '', audience: 'members' }
  const operation = { recordId: 'need', type: 'need', author: deviceOf(0), at: [1, 5], op: 'create', fields }
  const members = { roleOf: () => 'member', memberOf: (device: string) => device, doesCount: () => true }
  const state = mergeRecord(
    [{ ...place, ...operation }] as never,
    needType as unknown as RecordType,
    members as never,
  )
  const row = state && needType.toRow(state)
  if (!row) throw new Error('a need always has a row')
  return row
}

describe('a need', () => {
  test('keeps three pictures and one voice note, and is found among those that have any', () => {
    const photos = [photo(1), photo(2), photo(3)]
    const row = rowOf({ photos, voice })
    expect([row.photos, row.voice]).toEqual([photos, voice])
    expect(row.mediaAt).toBe(row.createdAt)
    expect(rowOf({ title: 'خبز' })).toMatchObject({ photos: [], voice: null, said: '', mediaAt: 0 })
  })

  test('is found by what its voice note says in writing', () => {
    expect(rowOf({ voice, said: 'سقفُ الغرفة' }).search).toContain('سقف')
  })

  test.each<[string, Record<string, unknown>]>([
    ['a fourth picture', { photos: [1, 2, 3, 4].map((seed) => photo(seed)) }],
    ['a picture that would fill the entry', { photos: [photo(1, { thumb: fillBytes(1025, 1) })] }],
    ['a key that is none', { photos: [photo(1, { key: fillBytes(16, 1) })] }],
    ['an id that is none', { photos: [photo(1, { id: '../../etc' })] }],
    ['a size of nothing', { photos: [photo(1, { w: 0 })] }],
    ['what is no list', { photos: { length: 3 } }],
    ['a kind of sound that could be anything', { voice: { ...voice, mime: 'text/html' } }],
    ['a voice of an hour', { voice: { ...voice, ms: 3_600_000 } }],
    ['more loudness than is drawn', { voice: { ...voice, peaks: fillBytes(49, 1) } }],
  ])('refuses %s, and from others shows none', (_name, fields) => {
    expect(validate(needSchema, { title: 'x', ...fields })).toMatchObject({ ok: false })
    expect(rowOf({ title: 'خبز', ...fields })).toMatchObject({
      title: 'خبز',
      photos: [],
      voice: null,
      mediaAt: 0,
    })
  })

  test.each([
    ['audio/mp4; codecs="mp4a.40.2"', 'audio/mp4;codecs="mp4a.40.2"'],
    ['audio/webm;codecs=opus', 'audio/webm;codecs=opus'],
    ['audio/ogg; codecs=opus; rate=48000', 'audio/ogg'],
    ['', 'audio/webm'],
  ])('whatever a recorder calls its work («%s»), the voice note can be saved', (said, mime) => {
    expect(voiceMime(said)).toBe(mime)
    expect(validate(needSchema, { voice: { ...voice, mime: voiceMime(said) } })).toMatchObject({ ok: true })
  })

  test('with all that it may hold fits into one entry', () => {
    const long = (length: number): string => 'ش'.repeat(length)
    const fields = {
      ...{ title: long(80), details: long(1000), said: long(1000), area: long(60), unit: long(24) },
      ...{ photos: [photo(1), photo(2), photo(3)], voice },
    }
    const create = { at: [1, 1], op: 'create', type: 'need', id: fillId(1), nonce: fillBytes(16, 1), fields }
    expect(encodeOperations([create] as never).length).toBeLessThan(limits.entryBytes - 4000)
  })
})
