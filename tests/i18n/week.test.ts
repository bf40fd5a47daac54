import { expect, test } from 'vitest'
import { firstWeekday } from '../../src/i18n/week.ts'

test.each([
  ['ar', ['ar-IQ'], 6],
  ['ar', ['ar-MA'], 1],
  ['ar', ['ar-SA'], 0],
  ['en', ['en-US'], 0],
  ['en', ['en', 'ar-EG'], 6],
  ['ar', ['ar'], 6],
  ['ckb', [], 6],
  ['en', [], 1],
] as const)('in %s with the languages %j the week begins on day %i', (language, preferred, day) => {
  expect(firstWeekday(language, preferred)).toBe(day)
})
