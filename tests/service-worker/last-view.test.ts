/** What a place looked like when it was last seen, put into the page that the service worker gives. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { withLastView } from '../../src/service-worker/last-view.ts'
import { type LastView, lastViewPath } from '../../src/storage/schema.ts'

const index =
  '<!doctype html><html lang="ar" dir="rtl"><head><link rel="stylesheet" href="/assets/first-1.css"></head><body><svg class="sprite"><symbol id="icon-add"/></svg><div id="app"></div></body></html>'
const page = () =>
  new Response(index, {
    headers: { 'content-security-policy': "default-src 'none'", 'content-encoding': 'br' },
  })

let kept: Map<string, string>
beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (path: string) => (kept.has(path) ? new Response(kept.get(path)) : undefined),
    }),
  })
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

const view = (changes: Partial<LastView> = {}): LastView => ({
  of: 'here',
  root: { lang: 'en', dir: 'ltr', 'data-text': 'large' },
  links: [
    { attributes: 'rel="stylesheet"', href: '/assets/first-1.css' },
    { attributes: 'rel="stylesheet"', href: '/assets/next-2.css' },
  ],
  icons: { 'icon-add': '<symbol id="icon-add"/>', 'icon-clock': '<symbol id="icon-clock"/>' },
  html: '<div class="screen">$& milk for $1</div>',
  ...changes,
})
const keep = (of: LastView) => kept.set(lastViewPath('board'), JSON.stringify(of))
const shown = async (path: string, files = ['/assets/first-1.css', '/assets/next-2.css']) =>
  (await withLastView(page(), new URL(path, 'https://app.example'), (name) => files.includes(name))).text()

test('stands before the place of the app, in its own language, with its own styles and drawings, whatever neighbours wrote in it', async () => {
  keep(view())
  expect(await shown('/board')).toBe(
    '<!doctype html><html lang="en" dir="ltr" data-text="large"><head><link rel="stylesheet" href="/assets/first-1.css"><link rel="stylesheet" href="/assets/next-2.css"></head><body><svg class="sprite"><symbol id="icon-add"/><symbol id="icon-clock"/></svg><div id="last-view"><div class="screen">$& milk for $1</div></div><div id="app"></div></body></html>',
  )
})

test('the page keeps its security headers, and says no more of bytes that it is not made of', async () => {
  keep(view())
  const { headers } = await withLastView(page(), new URL('https://app.example/board'), () => true)
  expect(headers.get('content-security-policy')).toBe("default-src 'none'")
  expect(headers.has('content-encoding')).toBe(false)
})

test.each(['/board?tab=offers', '/need/1', '/today'])('%s gets the page as it is', async (path) => {
  keep(view())
  expect(await shown(path)).toBe(index)
})

test('a version of the app without its styles gets the page as it is', async () => {
  keep(view())
  expect(await shown('/board', ['/assets/first-1.css'])).toBe(index)
})

test.each(['{', '{}', 'null', '[]', '{"styles":3}'])(
  'what cannot be read (%s) is not shown, and nothing else',
  async (broken) => {
    kept.set(lastViewPath('board'), broken)
    expect(await shown('/board')).toBe(index)
  },
)
