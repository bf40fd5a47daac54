/** Which bytes count against which budget. */
import { expect, test } from 'vitest'
import type { Dist, DistFile } from '../../tools/dist.ts'
import { missingParts, sizeParts } from '../../tools/size-parts.ts'

const file = (path: string, bytes: number, links: Partial<DistFile> = {}): DistFile => {
  const { imports = [], lazy = [], named = [] } = links
  return { path, bytes, imports, lazy, named: [...imports, ...lazy, ...named] }
}

const dist: Dist = new Map(
  [
    file('index.html', 1, { imports: ['a/start.js', 'a/start.css', 'icon.svg'] }),
    file('icon.svg', 2),
    file('a/start.css', 4, { named: ['a/font.woff2'] }),
    file('a/start.js', 8, {
      imports: ['a/base.js', 'a/en-12345678.js'],
      lazy: ['a/ar-12345678.js', 'a/map.js'],
      named: ['a/engine.js'],
    }),
    file('a/base.js', 16),
    file('a/en-12345678.js', 2048),
    file('a/ar-12345678.js', 32),
    file('a/map.js', 64),
    file('a/map.css', 4096),
    file('a/engine.js', 128, { imports: ['a/yjs.js', 'a/base.js'], lazy: ['a/live.js'] }),
    file('a/live.js', 8192, { imports: ['a/engine.js', 'a/rare.js'] }),
    file('a/rare.js', 16384, { imports: ['a/engine.js'] }),
    file('a/yjs.js', 256),
    file('a/words-ar-12345678.js', 65536),
    file('a/words-en-12345678.js', 131072),
    file('a/export-screen-12345678.js', 262144),
    file('a/font.woff2', 512),
    file('sw-background.js', 32768),
    file('sw.js', 1024, {
      named: [
        'a/start.js',
        'a/start.css',
        'a/font.woff2',
        'a/ar-12345678.js',
        'a/engine.js',
        'a/words-ar-12345678.js',
        'a/words-en-12345678.js',
        'a/export-screen-12345678.js',
      ],
    }),
  ].map((each) => [each.path, each]),
)
const bytesOf = Object.fromEntries(sizeParts(dist, ['ar', 'en']).map(({ name, bytes }) => [name, bytes]))

test('first-load JS is what the page imports at once, without lazy chunks, workers and the language', () => {
  expect(bytesOf['first-load JS']).toBe(8 + 16)
})

test('the engine worker is found by its name in a script that does not import it, and counts what only it needs', () => {
  expect(bytesOf['engine worker']).toBe(128 + 256)
})

test('what the engine loads later is not of the first visit, though it needs all of the engine', () => {
  expect(bytesOf['engine worker']).toBe(128 + 256)
  expect(bytesOf['whole first visit']).toBeLessThan(8192 + 32768)
})

test('styles of a later screen do not count with the shell', () => {
  expect(bytesOf['CSS and HTML shell']).toBe(1 + 4)
})

test('a language, the shell, the font, the service worker and its second script each count by themselves', () => {
  expect(bytesOf).toMatchObject({
    'language ar': 32,
    'CSS and HTML shell': 1 + 4,
    font: 512,
    'service worker': 1024,
    'background exchange': 32768,
  })
})

test('the whole first visit has each file once; what the service worker fetches behind it is apart, and other languages apart from that', () => {
  expect(bytesOf['whole first visit']).toBe(1 + 2 + 4 + 8 + 16 + 128 + 256 + 1024 + 2048 + 32768)
  expect(bytesOf['fetched behind it']).toBe(32 + 512 + 65536 + 262144)
  expect(bytesOf['the same, saving data']).toBe(32 + 65536)
  expect(bytesOf['other languages']).toBe(131072)
})

test('a part that is not in the build is said to be missing instead of being small', () => {
  expect(missingParts(sizeParts(dist, ['ar', 'en']))).toEqual([])
  expect(missingParts(sizeParts(dist, ['ar', 'fr']))).toEqual(['language fr'])
})
