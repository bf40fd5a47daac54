import { describe, expect, test } from 'vitest'
import {
  byName,
  findPeople,
  initialOf,
  isShared,
  sharedNames,
  tintOf,
  tints,
} from '../../src/screens/people-order.ts'

const people = ['Soran', 'زينب', 'أحمد', 'Ayşe', 'هێوا', 'احمد', 'علي'].map((name, index) => ({
  deviceId: `device-${index}`,
  name,
}))
const names = (found: { name: string }[]) => found.map(({ name }) => name)

describe('people of many scripts', () => {
  test('stand in one list, the language’s own alphabet first', () => {
    const sorted = names(byName(people, 'ar'))
    expect(sorted.indexOf('زينب')).toBeLessThan(sorted.indexOf('Ayşe'))
    expect(sorted.indexOf('أحمد')).toBeLessThan(sorted.indexOf('زينب'))
    expect(sorted.indexOf('Ayşe')).toBeLessThan(sorted.indexOf('Soran'))
  })

  test.each([
    ['3ali', 'علي'],
    ['ayse', 'Ayşe'],
    ['هيوا', 'هێوا'],
    ['زَيْنب', 'زينب'],
  ])('are found by %s', (typed, name) => {
    expect(names(findPeople(people, typed))).toContain(name)
  })

  test('are all there when nothing is typed', () => {
    expect(findPeople(people, '')).toHaveLength(people.length)
  })
})

describe('two of the same name', () => {
  test('are noticed over spellings, and nobody else is', () => {
    const shared = sharedNames(people)
    expect(isShared(shared, 'أحمد')).toBe(true)
    expect(isShared(shared, 'احمد')).toBe(true)
    expect(isShared(shared, 'زينب')).toBe(false)
  })

  test('have a colour each that is the same on every phone', () => {
    expect(tintOf('device-2')).toBe(tintOf('device-2'))
    expect(new Set(people.map(({ deviceId }) => tintOf(deviceId))).size).toBeGreaterThan(1)
    for (const { deviceId } of people) expect(tintOf(deviceId)).toBeLessThan(tints)
  })
})

test.each([
  ['أبو علي', 'ع'],
  ['أم عمر', 'ع'],
  ['د. ليلى', 'ل'],
  ['Élodie', 'É'],
  ['أم', 'أ'],
  ['', ''],
])('the letter of «%s» is «%s»', (name, letter) => {
  expect(initialOf(name)).toBe(letter)
})
