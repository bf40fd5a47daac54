import { expect, test } from 'vitest'
import { strengthOf } from '../../../src/screens/backup/passphrase-strength.ts'

test('what is quickly tried through is called too short or easy to guess', () => {
  expect(strengthOf('تضامن')).toBe('tooShort')
  expect(strengthOf('       a')).toBe('tooShort')
  expect(strengthOf('07701234567')).toBe('weak')
  expect(strengthOf('aaaaaaaaaaaaaaaaaaaaaaaaaaaa')).toBe('weak')
  expect(strengthOf('الموصل١٢')).toBe('weak')
})

test('several words are fair, six of them strong; the same one again is no further word', () => {
  expect(strengthOf('زيتون قنديل نافذة')).toBe('fair')
  expect(strengthOf('مشط قفل درج متحف بازلاء سنبلة')).toBe('good')
  expect(strengthOf('نور نور نور نور نور')).toBe('weak')
})
