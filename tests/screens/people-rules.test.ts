/** What the words beside a button say about who decides: the same as the roster. */
import { describe, expect, test } from 'vitest'
import {
  comesAsMember,
  isOnlyCoordinator,
  isVoteOnly,
  type Person,
  votersFor,
} from '../../src/screens/people-rules.ts'

const person = (
  deviceId: string,
  role: Person['role'],
  seniority: number,
  votes: Person['votes'] = [],
): Person => ({
  deviceId,
  role,
  seniority,
  votes,
})
const zeinab = person('zeinab', 'coordinator', 0)
const abuAli = person('abuAli', 'coordinator', 1)
const leila = person('leila', 'coordinator', 2)
const samir = person('samir', 'member', 3)

describe('whether one word is enough', () => {
  test('for a member it is, however many coordinate', () => {
    const all = [zeinab, abuAli, leila, samir]
    expect(isVoteOnly(samir, leila, all, 'remove')).toBe(false)
    expect(isVoteOnly(samir, leila, all, 'follower')).toBe(false)
  })

  test('with two coordinators the senior decides about the junior, and not the other way round', () => {
    const all = [zeinab, abuAli, samir]
    expect(isVoteOnly(abuAli, zeinab, all, 'remove')).toBe(false)
    expect(isVoteOnly(zeinab, abuAli, all, 'remove')).toBe(true)
    expect(isVoteOnly(samir, abuAli, all, 'coordinator')).toBe(false)
  })

  test('from three coordinators on, making and unmaking one takes two', () => {
    const all = [zeinab, abuAli, leila, samir]
    expect(isVoteOnly(leila, zeinab, all, 'remove')).toBe(true)
    expect(isVoteOnly(leila, zeinab, all, 'member')).toBe(true)
    expect(isVoteOnly(samir, zeinab, all, 'coordinator')).toBe(true)
  })

  test("the second one's word decides; one's own first does not count twice", () => {
    const voted = person('leila', 'coordinator', 2, [{ by: 'abuAli', change: 'remove' }])
    const all = [zeinab, abuAli, voted, samir]
    expect(isVoteOnly(voted, zeinab, all, 'remove')).toBe(false)
    expect(isVoteOnly(voted, abuAli, all, 'remove')).toBe(true)
    expect(isVoteOnly(voted, zeinab, all, 'member')).toBe(true)
    expect(votersFor(voted, 'remove', 'zeinab')).toEqual(['abuAli'])
  })
})

test('from three coordinators on, whoever is invited as one comes in as a member', () => {
  expect(comesAsMember('coordinator', [zeinab, abuAli, samir])).toBe(false)
  expect(comesAsMember('coordinator', [zeinab, abuAli, leila])).toBe(true)
  expect(comesAsMember('member', [zeinab, abuAli, leila])).toBe(false)
})

test('the only coordinator is warned, unless nobody else is there', () => {
  expect(isOnlyCoordinator(zeinab, [zeinab, samir])).toBe(true)
  expect(isOnlyCoordinator(zeinab, [zeinab])).toBe(false)
  expect(isOnlyCoordinator(zeinab, [zeinab, abuAli, samir])).toBe(false)
  expect(isOnlyCoordinator(samir, [zeinab, samir])).toBe(false)
})
