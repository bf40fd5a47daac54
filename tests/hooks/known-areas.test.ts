import { expect, test } from 'vitest'
import { knownAreas } from '../../src/hooks/known-areas.ts'

const row = (area: string, areaKey: string) => ({ area, areaKey })

test('each place is offered once, in the spelling used most, the most common place first', () => {
  const rows = [
    row('الشارع 12', '12'),
    row('شارع ١٢', '12'),
    row('شارع ١٢', '12'),
    row('الزقاق ٧', '7'),
    row('', ''),
  ]
  expect(knownAreas(rows)).toEqual(['شارع ١٢', 'الزقاق ٧'])
})

test('no more than a person looks over while typing', () => {
  expect(knownAreas(Array.from({ length: 30 }, (_, index) => row(`${index}`, `${index}`)))).toHaveLength(12)
})
