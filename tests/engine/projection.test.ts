/** What becomes rows, and which tables are touched for it. */
import 'fake-indexeddb/auto'
import { Dexie, type ObservabilitySet } from 'dexie'
import { afterEach, expect, test } from 'vitest'
import { rowFormat } from '../../src/records/row-format.ts'
import { Neighbourhood } from '../support/neighbourhood.ts'

let street: Neighbourhood | undefined
afterEach(async () => street?.end())

/** Tables of rows that are written to meanwhile, as pages hear it. */
const writtenBy = async (database: string, act: () => Promise<unknown>): Promise<string[]> => {
  const written = new Set<string>()
  const note = (parts: ObservabilitySet) => {
    for (const table of Object.keys(rowFormat.tables))
      if (parts[`idb://${database}/${table}/`] || parts[`idb://${database}/${table}/:dels`])
        written.add(table)
  }
  Dexie.on.storagemutated.subscribe(note)
  await act()
  Dexie.on.storagemutated.unsubscribe(note)
  return [...written]
}

test('a save writes to the tables of what was saved: pages read no others again', async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const { name } = salma.local.database
  expect(await writtenBy(name, () => salma.run({ type: 'need.add', title: 'دواء' }))).toEqual(['needs'])
  expect(await writtenBy(name, () => salma.run({ type: 'need.add', title: 'حليب' }))).toEqual(['needs'])
})

test('a need that its writer erased has no row any more', async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  expect(await salma.local.database.table('needs').get(id)).toBeDefined()
  expect(await writtenBy(salma.local.database.name, () => salma.run({ type: 'need.takeBack', id }))).toEqual([
    'needs',
  ])
  expect(await salma.local.database.table('needs').get(id)).toBeUndefined()
})
