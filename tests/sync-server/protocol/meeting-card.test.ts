/** A card reads as it was written, and a damaged one is no card. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from '../../../sync-server/protocol/bytes.ts'
import { decodeMeetingCard, encodeMeetingCard } from '../../../sync-server/protocol/meeting-card.ts'

const card = (nickname: string) => ({
  signKey: randomBytes(65),
  receiveKey: randomBytes(65),
  proof: randomBytes(64),
  nickname,
})

test('a card reads as it was written, whatever a chat put round it', async () => {
  const mine = card('أمّ عمر 👋 Ayşe')
  const text = await encodeMeetingCard(mine)
  for (const each of [text, ` ${text}\n`, `هذا رمزي: ${text} شكراً`])
    expect(await decodeMeetingCard(each)).toEqual({ ok: true, value: mine })
})

test('a card that was cut or is something else is broken', async () => {
  const text = await encodeMeetingCard(card('هێوا'))
  for (let length = 0; length < text.length; length++) {
    // one of 65,536 passes two bytes: the signature on it is checked where it is used
    const cut = await decodeMeetingCard(text.slice(0, length))
    if (cut.ok) expect(cut.value.nickname).not.toBe('هێوا')
  }
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 800 }), async (other) => {
      expect(await decodeMeetingCard(other)).toEqual({ ok: false, error: 'broken' })
    }),
    { numRuns: 300 },
  )
})

test('a sign that was read wrongly is found out', async () => {
  const text = await encodeMeetingCard(card('هێوا'))
  const broken = await Promise.all(
    Array.from({ length: 40 }, (_, place) => {
      const at = 4 + place * 5
      const sign = text[at] === 'A' ? 'B' : 'A'
      return decodeMeetingCard(text.slice(0, at) + sign + text.slice(at + 1))
    }),
  )
  expect(broken.filter(({ ok }) => !ok).length).toBeGreaterThan(38)
})
