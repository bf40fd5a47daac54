/** What a link or another app brings into the paste screen: its beginning, and never over what waits for a person. */
import { afterEach, expect, test, vi } from 'vitest'
import { isUnfinished, noPasted } from '../../src/screens/pasted.ts'
import { maxReadChars, takeSentText } from '../../src/screens/take-sent-text.ts'

afterEach(() => vi.unstubAllGlobals())

const openAt = (hash: string): void => {
  vi.stubGlobal('location', { hash, pathname: '/paste', search: '' })
  vi.stubGlobal('history', { state: null, replaceState: () => undefined })
}

test('a text is taken as it was sent, and of a book only the beginning', () => {
  openAt(`#t=${encodeURIComponent('نحتاج بطانيات & ماء')}`)
  expect(takeSentText()).toBe('نحتاج بطانيات & ماء')
  openAt(`#t=${encodeURIComponent('ح'.repeat(maxReadChars + 1))}`)
  expect(takeSentText()).toBe('ح'.repeat(maxReadChars))
  openAt(`#t=%${'x'.repeat(maxReadChars)}`)
  expect(takeSentText()).toHaveLength(maxReadChars)
})

test('a message is unfinished while a proposal is neither saved nor left out, or words are not read', () => {
  const read = { ...noPasted, text: ' ماء، خبز ', read: 'ماء، خبز' }
  expect(isUnfinished(noPasted, 0)).toBe(false)
  expect(isUnfinished({ ...noPasted, text: 'ماء' }, 0)).toBe(true)
  expect(isUnfinished(read, 2)).toBe(true)
  expect(isUnfinished({ ...read, left: [0] }, 2)).toBe(true)
  expect(isUnfinished({ ...read, left: [0], saved: { 0: 'a' } }, 2)).toBe(true)
  expect(isUnfinished({ ...read, left: [0], saved: { 1: 'a' } }, 2)).toBe(false)
  expect(isUnfinished(read, 0)).toBe(false)
})
