import { expect, test } from 'vitest'
import { rowsByThing } from '../../src/hooks/rows-by-thing.ts'

const row = (id: number, ...recordIds: string[]) => ({ id, recordIds })

test('all steps on one record are one thing, and steps of the network are none', () => {
  const rows = [row(1, 'claim'), row(2), row(3, 'need'), row(4, 'claim', 'contact')]
  expect(rowsByThing(rows).map((group) => group.map(({ id }) => id))).toEqual([[1, 4], [3]])
})
