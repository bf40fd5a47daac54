/** A code is read as it was meant, however a hand typed it, and what cannot be one is none. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from '../../../sync-server/protocol/bytes.ts'
import {
  type CodeRequest,
  encodeCodeRequest,
  parseCodeRequest,
} from '../../../sync-server/protocol/code-request.ts'
import {
  createInviteCode,
  parseInviteCode,
  showInviteCode,
} from '../../../sync-server/protocol/invite-code.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'

test('a code reads as it was shown', () => {
  for (let i = 0; i < 200; i++) {
    const code = createInviteCode()
    expect(showInviteCode(code)).toMatch(
      /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/,
    )
    expect(parseInviteCode(showInviteCode(code))).toBe(code)
  }
})

test('every sign comes up about as often', () => {
  const counts = new Map<string, number>()
  for (let i = 0; i < 4000; i++)
    for (const sign of createInviteCode()) counts.set(sign, (counts.get(sign) ?? 0) + 1)
  expect(counts.size).toBe(32)
  // 1,500 expected, a deviation of 38: ten of them
  for (const count of counts.values()) expect(Math.abs(count - 1500)).toBeLessThan(380)
})

test.each([
  ['small letters', '0a1b-2c3d-4e5f'],
  ['without groups', '0A1B2C3D4E5F'],
  ['groups with spaces', ' 0A1B 2C3D  4E5F\n'],
  ['long dashes', '0A1B–2C3D—4E5F'],
  ['O for 0, I and l for 1', 'OAIB-2C3D-4E5F'],
  ['l for 1', '0AlB-2C3D-4E5F'],
  ['Arabic digits', '٠A١B-٢C٣D-٤E٥F'],
  ['eastern Arabic digits', '۰A۱B-۲C۳D-۴E۵F'],
  ['marks of direction from a chat', '\u200e0A1B\u200f-2C3D-\u20664E5F\u2069'],
  ['wide letters', '０Ａ１Ｂ-２Ｃ３Ｄ-４Ｅ５Ｆ'],
])('%s are read as the same code', (_how, typed) => {
  expect(parseInviteCode(typed)).toBe('0A1B2C3D4E5F')
})

test('what cannot be a code is none', () => {
  for (const text of [
    '',
    '0A1B-2C3D-4E5',
    '0A1B-2C3D-4E5F6',
    '0A1B-2C3D-4E5U',
    '0A1B-2C3D-4E5ب',
    '0A1B/2C3D/4E5F',
  ])
    expect(parseInviteCode(text)).toBeNull()
  expect(parseInviteCode(' '.repeat(100_000))).toBeNull()
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
      const code = parseInviteCode(text)
      expect(code === null || /^[0-9A-HJKMNP-TV-Z]{12}$/.test(code)).toBe(true)
    }),
  )
})

const put: CodeRequest = {
  type: 'put',
  id: randomBytes(16),
  token: randomBytes(113),
  inviteKey: randomBytes(65),
  box: randomBytes(limits.codeBoxBytes),
}

test('[R34] a request reads as it was written and fits its bound; cut or with a larger box it is malformed', () => {
  for (const request of [put, { type: 'find', id: put.id } as const]) {
    const bytes = encodeCodeRequest(request)
    expect(bytes.length).toBeLessThanOrEqual(limits.codeRequestBytes)
    expect(parseCodeRequest(bytes)).toEqual({ ok: true, value: request })
    for (let length = 0; length < bytes.length; length++)
      expect(parseCodeRequest(bytes.subarray(0, length)).ok).toBe(false)
  }
  const larger = encodeCodeRequest({ ...put, box: randomBytes(limits.codeBoxBytes + 1) })
  expect(parseCodeRequest(larger).ok).toBe(false)
})
