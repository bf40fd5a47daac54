/** What a person sees of a thing that two coordinators hid, and before it is known that they did. */
import { expect, test } from 'vitest'
import { hiddenFrom } from '../../src/records/hiding/hidden-from.ts'
import { deviceOf } from '../support/notebook.ts'

const [author, neighbour, zeinab] = [deviceOf(1), deviceOf(2), deviceOf(3)]
const thing = { id: 'a thing', creator: author }
const stands = (state: 'shown' | 'review' | 'hidden') => ({
  views: new Map([[thing.id, { state, by: [], notes: [] }]]),
  coordinators: new Set([zeinab]),
})

test('nobody but its author is shown a thing before it is known what is hidden', () => {
  expect([neighbour, zeinab].map((reader) => hiddenFrom(null, thing, reader))).toEqual(['unread', 'unread'])
  expect(hiddenFrom(null, thing, author)).toBeNull()
})

test('what is hidden is marked to its author and coordinators, and kept from others', () => {
  const sight = [author, zeinab, neighbour].map((reader) => hiddenFrom(stands('hidden'), thing, reader))
  expect(sight).toEqual(['marked', 'marked', 'hidden'])
})

test('what one coordinator alone wants hidden is seen', () => {
  expect(hiddenFrom(stands('review'), thing, neighbour)).toBeNull()
  expect(hiddenFrom(stands('hidden'), { ...thing, id: 'another' }, neighbour)).toBeNull()
})
