/** In which order the service worker fetches the app, and what it may leave for later. */
import { expect, test } from 'vitest'
import { laterByName, sortAppFiles } from '../../tools/app-files.ts'

const hashed = (name: string, extension = 'js') => ({
  url: `assets/${name}-a-B_c1D2.${extension}`,
  revision: null,
  size: 1,
})
const named = Object.keys(laterByName).map((name) => hashed(name))
const sort = (files: { url: string; revision: null; size: number }[]) =>
  sortAppFiles(files, ['ar', 'ckb'], 'ar')

test('what the next minutes need comes first, then all else, then what few do, and letters last of all', () => {
  const others = [hashed('arabic', 'woff2'), hashed('outbox-screen'), hashed('board-screen')]
  const sorted = sort([...others, ...named, { url: 'index.html', revision: null, size: 1 }]).map(
    ({ url }) => url,
  )
  expect(sorted.slice(0, 3).map((url) => url.replace(/-a-.*/, ''))).toEqual([
    'index.html',
    'assets/board-screen',
    'assets/outbox-screen',
  ])
  expect(sorted.at(-1)).toBe('assets/arabic-a-B_c1D2.woff2')
})

test('languages are told by their names; the first words of the first one every visit has', () => {
  const words = ['ar', 'words-ar', 'ckb', 'words-ckb', 'add-need-screen'].map((name) => hashed(name))
  const later = Object.fromEntries(
    sort([...words, ...named]).map(({ url, later }) => [url.replace(/assets\/|-a-.*/g, ''), later]),
  )
  expect(later).toMatchObject({ 'words-ar': 'ar', ckb: 'ckb', 'words-ckb': 'ckb', 'export-screen': 'rare' })
  expect(later.ar).toBeUndefined()
  expect(later['add-need-screen']).toBeUndefined()
})

test('a name that is not built any more is said, instead of the file being fetched at once again', () => {
  expect(() => sort(named.slice(1))).toThrow('names what is not built')
})
