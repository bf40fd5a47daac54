/** The gallery (tools/gallery) is whole: a component that draws is on it, and nothing of it is in the app. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../tools/root.ts'
import { importsOf, resolveImport, type SourceFile, sourceFiles } from '../support/source.ts'

/** Components that a page of samples cannot show, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'src/components/qr-camera.tsx': 'it asks for the camera as soon as it stands there',
  'src/components/read-aloud.tsx': 'it says aloud whatever is touched, and needs a voice of the phone',
}

const components = sourceFiles(['src/components'], ['.tsx'])
const gallery = sourceFiles(['tools/gallery'], ['.ts', '.tsx'])

/** The components that these files draw, also by way of others. */
const drawnBy = (files: readonly SourceFile[], all: readonly SourceFile[]): Set<string> => {
  const drawn = new Set<string>()
  const visit = (file: SourceFile): void => {
    for (const { specifier, kind } of importsOf(file)) {
      const target = all.find(({ path }) => kind === 'value' && path === resolveImport(file.path, specifier))
      if (!target || drawn.has(target.path)) continue
      drawn.add(target.path)
      visit(target)
    }
  }
  for (const file of files) visit(file)
  return drawn
}
const missing = (files: readonly SourceFile[], all: readonly SourceFile[]): string[] => {
  const drawn = drawnBy(files, all)
  return all.map(({ path }) => path).filter((path) => !drawn.has(path) && !(path in elsewhere))
}

test('every component is in the gallery, or it is said why not', () => {
  expect(missing(gallery, components)).toEqual([])
  expect(Object.keys(elsewhere).filter((path) => drawnBy(gallery, components).has(path))).toEqual([])
})

test('a component that is nowhere in the gallery is found, one that another draws is not', () => {
  const file = (path: string, text: string): SourceFile => ({ path, text })
  const all = [
    file('src/components/a.tsx', `import { B } from './b.tsx'`),
    file('src/components/b.tsx', ''),
    file('src/components/c.tsx', ''),
  ]
  const page = file('tools/gallery/page.tsx', `import { A } from '../../src/components/a.tsx'`)
  expect(missing([page], all)).toEqual(['src/components/c.tsx'])
})

test('the app is built from its own page alone', () => {
  const config = readFileSync(join(root, 'vite.config.ts'), 'utf8')
  expect(config).not.toMatch(/gallery|\binput\b/)
})
