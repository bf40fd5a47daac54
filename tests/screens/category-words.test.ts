/** A category in word and drawing, also one of the network's own, one that was put away, and one that nobody knows. */

import 'fake-indexeddb/auto'
import { signal } from '@preact/signals'
import { expect, test, vi } from 'vitest'
import { followCategories, ownCategories } from '../../src/hooks/own-categories.ts'
import { t } from '../../src/i18n/translate.ts'
import { categoryKeys } from '../../src/records/categories.ts'
import type { CategoryRow } from '../../src/records/category/category.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import {
  categoryIcon,
  categoryWord,
  ownChoices,
  searchedCategories,
} from '../../src/screens/category-words.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'
import { sourceFiles } from '../support/source.ts'

const zeinab = deviceOf(1)

test('follow the network on the screen, and what is put away keeps its word', async () => {
  const book = createNotebook(zeinab, membersWith({ [zeinab]: 'coordinator' }))
  const milk = idOf(await book.run({ type: 'category.add', word: 'حليب أطفال', icon: 'milk' }, 1))
  const gas = idOf(await book.run({ type: 'category.add', word: 'غاز', icon: 'fuel' }, 2))
  await book.run({ type: 'category.edit', id: gas, changes: { archived: true } }, 3)
  const place = { networkId: 'words' as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const db = openNetworkDatabase(place, rowFormat)
  await db.open()
  await db.table('categories').bulkPut(book.rows<CategoryRow>('categories'))
  const database = signal<NetworkDatabase | null>(db)
  followCategories(database)
  expect(categoryWord(milk)).toBe(t('cat.other'))
  await vi.waitFor(() => expect(ownCategories.value.size).toBe(2))
  expect([categoryWord(milk), categoryIcon(milk)]).toEqual(['حليب أطفال', 'milk'])
  expect([categoryWord(gas), categoryIcon(gas)]).toEqual(['غاز', 'fuel'])
  expect(ownChoices()).toEqual([milk])
  expect(searchedCategories()).toEqual([...categoryKeys, milk, gas])
  expect([categoryWord('food'), categoryIcon('food')]).toEqual([t('cat.food'), 'food'])
  expect([categoryWord('A'.repeat(22)), categoryIcon('A'.repeat(22))]).toEqual([t('cat.other'), 'other'])
  database.value = null
  expect(categoryWord(milk)).toBe(t('cat.other'))
})

test('come from one module: no other file makes a word of a category', () => {
  // a drawing that a coordinator chooses is called by the built-in category that it stands for
  const allowed = ['src/screens/category-words.ts', 'src/screens/categories/category-sheet.tsx']
  const others = sourceFiles(['src'], ['.ts', '.tsx']).filter(({ text }) => /`cat\.\$|'cat'/.test(text))
  expect(others.map(({ path }) => path).sort()).toEqual(allowed.sort())
})
