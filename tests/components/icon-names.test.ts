/** The sprite holds every drawing that a screen asks for, and none that nobody does. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firstIcons, type IconName, iconNames } from '../../src/components/icon-names.ts'
import { categoryKeys } from '../../src/records/categories.ts'
import { categoryIcons } from '../../src/records/category/category.ts'
import { root } from '../../tools/root.ts'
import { importsOf, resolveImport, sourceFiles } from '../support/source.ts'

const names = Object.keys(iconNames) as IconName[]
const code = sourceFiles(['src/app', 'src/screens', 'src/components'], ['.ts', '.tsx'])
  .filter(({ path }) => !path.endsWith('icon-names.ts'))
  .map(({ text }) => text)
  .join('\n')

test('every icon is a drawing of lucide', () => {
  const missing = names.filter(
    (name) => !existsSync(join(root, 'node_modules/lucide-static/icons', `${iconNames[name]}.svg`)),
  )
  expect(missing).toEqual([])
})

test('every category of needs has a drawing, and so has every one that a network can choose', () => {
  expect([...categoryKeys, ...categoryIcons].filter((key) => !Object.hasOwn(iconNames, key))).toEqual([])
})

test('every icon is asked for by name somewhere, or stands for a category', () => {
  const categoryNames = new Set<string>([...categoryKeys, ...categoryIcons])
  const unused = names.filter(
    (name) => !categoryNames.has(name) && !new RegExp(`['"]${name}['"]|\\b${name}:`).test(code),
  )
  expect(unused).toEqual([])
})

test('whatever comes with the first load finds its drawings in index.html', () => {
  const files = new Map(sourceFiles(['src'], ['.ts', '.tsx']).map((file) => [file.path, file]))
  const first = new Set<string>()
  const visit = (path: string): void => {
    const file = files.get(path)
    if (!file || first.has(path)) return
    first.add(path)
    for (const { kind, specifier } of importsOf(file)) {
      const target = kind === 'value' ? resolveImport(path, specifier) : undefined
      if (target) visit(target)
    }
  }
  visit('src/app/start.ts')
  const named = [...first].flatMap((path) => [
    ...(files.get(path)?.text ?? '').matchAll(/\b(?:icon|Icon name)="(\w+)"/g),
  ])
  const wanted = [...new Set(named.map(([, name = '']) => name))].sort()
  expect(wanted).toContain('shield')
  expect(wanted.filter((name) => !firstIcons.some((first) => first === name))).toEqual([])
})
