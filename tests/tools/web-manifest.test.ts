/** The manifest names pictures that are there, in the size it says, and places that the app knows. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../tools/root.ts'
import { manifest } from '../../tools/web-manifest.ts'

const buildSettings = readFileSync(join(root, 'vite.config.ts'), 'utf8')

/** Width and height from a PNG's header: big-endian at bytes 16 and 20 (PNG 3rd edition, 11.2.2). */
const pngSize = (path: string): string => {
  const bytes = readFileSync(path)
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`
}

test.each(manifest.icons ?? [])('$src is a PNG of $sizes', ({ src, sizes }) => {
  expect(pngSize(join(root, 'public', src))).toBe(sizes)
})

test.each(manifest.screenshots ?? [])('$src is a PNG of $sizes', ({ src, sizes }) => {
  expect(pngSize(join(root, 'public', src))).toBe(sizes)
})

test('pictures of the app are there for phones and for wide screens, and cost little and nobody who does not install', () => {
  const screenshots = manifest.screenshots ?? []
  expect(new Set(screenshots.map(({ form_factor }) => form_factor))).toEqual(new Set(['narrow', 'wide']))
  const bytesOf = (factor: string) =>
    screenshots
      .filter(({ form_factor }) => form_factor === factor)
      .reduce((sum, { src }) => sum + statSync(join(root, 'public', src)).size, 0)
  expect([bytesOf('narrow') < 100_000, bytesOf('wide') < 100_000]).toEqual([true, true])
  const { globPatterns } = /globPatterns: \[(?<globPatterns>[^\]]*)\]/.exec(buildSettings)?.groups ?? {}
  expect(globPatterns).toContain('icons/')
  expect(globPatterns).not.toMatch(/screenshots|\*\.png/)
})

test('there is an icon of 192 and one of 512 for each purpose', () => {
  const have = new Set((manifest.icons ?? []).map(({ purpose, sizes }) => `${purpose} ${sizes}`))
  for (const purpose of ['any', 'maskable', 'monochrome']) {
    for (const sizes of ['192x192', '512x512']) expect(have).toContain(`${purpose} ${sizes}`)
  }
})

test('shortcuts lead to places of the app', () => {
  const routes = readFileSync(join(root, 'src/app/routes.tsx'), 'utf8')
  expect(manifest.shortcuts?.length).toBe(2)
  for (const { url } of manifest.shortcuts ?? []) expect(routes).toContain(`path="${url}"`)
})

test('what is shared goes to the screen that reads messages, and stands in no address that a relay would see', () => {
  const routes = readFileSync(join(root, 'src/app/routes.tsx'), 'utf8')
  expect(manifest.share_target).toMatchObject({ action: '/paste', method: 'POST' })
  expect(routes).toContain('path="/paste"')
})

test('pictures and voice messages are taken too, and no mode of launching drops them', () => {
  const worker = readFileSync(join(root, 'src/service-worker/share-target.ts'), 'utf8')
  const files = manifest.share_target?.params.files
  expect(files).toMatchObject([{ name: 'media', accept: expect.arrayContaining(['image/*', 'audio/*']) }])
  expect(worker).toContain("getAll('media')")
  // 'focus-existing' brings an open window to the front without the form that was shared
  expect(manifest.launch_handler?.client_mode).toBe('navigate-existing')
})

test('the identity and the language never change by accident', () => {
  expect([manifest.id, manifest.lang, manifest.dir, manifest.start_url]).toEqual(['/', 'ar', 'rtl', '/'])
})
