import { expect, test } from 'vitest'
import { lengthWords } from '../../src/components/length-words.ts'
import { peaksOf } from '../../src/components/voice-peaks.ts'

test('a recording is drawn by the loudest of each stretch, the loudest of all at full height', () => {
  const levels = Array.from({ length: 480 }, (_, i) => (i === 100 ? 0.5 : i < 240 ? 0.25 : 0.05))
  const peaks = peaksOf(levels, 48)
  expect(peaks).toHaveLength(48)
  expect(peaks[10]).toBe(255)
  expect([peaks[0], peaks[47]]).toEqual([128, 26])
})

test('a short one has as many bars as it was listened to, and silence is no noise', () => {
  expect(peaksOf([0.1, 0.2], 48)).toHaveLength(2)
  expect(Array.from(peaksOf([0, 0.001, 0], 48)).every((peak) => peak < 20)).toBe(true)
  expect(peaksOf([], 48)).toHaveLength(0)
})

test('its length is said as a clock does', () => {
  expect([0, 7_400, 59_700, 61_000].map(lengthWords).map((words) => words.length)).toEqual([4, 4, 4, 4])
})
