/** The files of the app: which come with it, which behind it, which when they are opened, and which stay over an update. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppFiles } from '../../src/service-worker/app-files.ts'
import { appFilesCache, type Wanted, wantedCache, wantedPath } from '../../src/storage/app-files.ts'

const origin = 'https://app.example'
const addressOf = (asked: string | Request) => new URL(typeof asked === 'string' ? asked : asked.url, origin)

let stored: Map<string, Map<string, Response>>
let fetched: string[]
/** paths that the link does not bring */
let missing: Set<string>

const link = async (asked: string | Request): Promise<Response> => {
  const { pathname } = addressOf(asked)
  if (missing.has(pathname)) throw new TypeError('no link')
  fetched.push(pathname)
  return new Response(pathname)
}

const openCache = async (name: string) => {
  const held = stored.get(name) ?? new Map<string, Response>()
  stored.set(name, held)
  return {
    keys: async () => [...held.keys()].map((path) => ({ url: origin + path })),
    match: async (asked: string | Request) => held.get(addressOf(asked).pathname)?.clone(),
    put: async (asked: string | Request, response: Response) =>
      void held.set(addressOf(asked).pathname, response),
    add: async (path: string) => void held.set(path, await link(path)),
    delete: async (path: string) => held.delete(path),
  }
}

beforeEach(() => {
  stored = new Map()
  fetched = []
  missing = new Set()
  vi.stubGlobal('caches', { open: openCache })
  vi.stubGlobal('fetch', link)
  vi.spyOn(console, 'info').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const want = async (wanted: Wanted) =>
  (await openCache(wantedCache)).put(wantedPath, new Response(JSON.stringify(wanted)))
const here = () => [...(stored.get(appFilesCache)?.keys() ?? [])].sort()

/** The same files in each version; `hash` has eight letters. */
const version = (hash: string) =>
  new AppFiles([
    { url: `assets/board-screen-${hash}.js` },
    { url: `assets/packet-acts-${hash}.js`, later: 'soon' },
    { url: `assets/ckb-${hash}.js`, later: 'ckb' },
    { url: `assets/words-ckb-${hash}.js`, later: 'ckb' },
    { url: `assets/words-en-${hash}.js`, later: 'en' },
    { url: `assets/export-screen-${hash}.js`, later: 'rare' },
    { url: `assets/arabic-${hash}.woff2`, later: 'rare' },
  ])
const paths = (hash: string, ...stems: string[]) => stems.map((stem) => `/assets/${stem.replace('#', hash)}`)

test('with the app comes the language in use alone; the rest follows, but no other language', async () => {
  await want({ language: 'ckb', savesData: false })
  const files = version('11111111')
  await files.install()
  expect(here()).toEqual(paths('11111111', 'board-screen-#.js', 'ckb-#.js', 'words-ckb-#.js'))
  expect(await files.fetchRest()).toBe(true)
  expect(here()).toEqual(
    paths(
      '11111111',
      'arabic-#.woff2',
      'board-screen-#.js',
      'ckb-#.js',
      'export-screen-#.js',
      'packet-acts-#.js',
      'words-ckb-#.js',
    ),
  )
})

test('whoever saves data has what is needed without a link, and the rest when it is opened: then it stays', async () => {
  await want({ language: 'en', savesData: true })
  const files = version('11111111')
  await files.install()
  await files.fetchRest()
  expect(here()).toEqual(paths('11111111', 'board-screen-#.js', 'packet-acts-#.js', 'words-en-#.js'))

  const [path = ''] = paths('11111111', 'export-screen-#.js')
  const ask = () => files.answer(new Request(origin + path))
  expect(await (await ask()).text()).toBe(path)
  missing.add(path)
  expect(await (await ask()).text()).toBe(path)
})

test('a language that is chosen comes whole, and the former one stays', async () => {
  await want({ language: 'en', savesData: true })
  const files = version('11111111')
  await files.install()
  await want({ language: 'ckb', savesData: true })
  await files.fetchRest()
  expect(here()).toEqual(
    expect.arrayContaining(paths('11111111', 'ckb-#.js', 'words-ckb-#.js', 'words-en-#.js')),
  )
})

test('what lay here of the version before lies here of the next one, before that runs; what is old goes after', async () => {
  await want({ language: 'en', savesData: false })
  const before = version('11111111')
  await before.install()
  await before.fetchRest()
  const next = version('2-2_2222')
  await next.install()
  const kept = [
    'arabic-#.woff2',
    'board-screen-#.js',
    'export-screen-#.js',
    'packet-acts-#.js',
    'words-en-#.js',
  ]
  expect(here()).toEqual([...paths('11111111', ...kept), ...paths('2-2_2222', ...kept)].sort())
  await next.tidy()
  expect(here()).toEqual(paths('2-2_2222', ...kept))
})

test('a link that ends is no fault: the next time goes on from there', async () => {
  await want({ language: 'en', savesData: false })
  const files = version('11111111')
  await files.install()
  for (const path of paths('11111111', 'export-screen-#.js')) missing.add(path)
  expect(await files.fetchRest()).toBe(false)
  missing.clear()
  fetched = []
  expect(await files.fetchRest()).toBe(true)
  expect(fetched).toEqual(paths('11111111', 'export-screen-#.js'))
})

test('a version whose language does not come is not taken', async () => {
  await want({ language: 'ckb', savesData: true })
  for (const path of paths('11111111', 'words-ckb-#.js')) missing.add(path)
  await expect(version('11111111').install()).rejects.toThrow('no link')
})

test('letters that are not here are not waited for', async () => {
  const files = version('11111111')
  const [path = ''] = paths('11111111', 'arabic-#.woff2')
  const asked = Object.defineProperty(new Request(origin + path), 'destination', { value: 'font' })
  expect((await files.answer(asked)).type).toBe('error')
  expect(fetched).toEqual([])
})

test('a phone on which no page has said what it wants has every language', async () => {
  const files = version('11111111')
  await files.install()
  expect(here()).toEqual(
    paths('11111111', 'board-screen-#.js', 'ckb-#.js', 'words-ckb-#.js', 'words-en-#.js'),
  )
})
