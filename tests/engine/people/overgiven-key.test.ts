/** A coordinator gives a key to somebody who, as it turns out, should not have it: he knew too little when he did. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { keyIdOfHash } from '../../../src/engine/keyring.ts'
import { type AudienceName, audiences } from '../../../sync-server/protocol/statement.ts'
import { keysOn, memberOn, Neighbourhood, removeOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ronahi: Phone
let soran: Phone

const currentOn = ({ local }: Phone): Record<AudienceName, string> => {
  const { chains, current } = local.replica.book.roster
  const idOf = (name: AudienceName) => keyIdOfHash(chains[name][current[name]] ?? new Uint8Array())
  return { all: idOf('all'), members: idOf('members'), coordinators: idOf('coordinators') }
}

const promote = async (by: Phone, name: string) =>
  by.run({ type: 'member.role', memberId: (await memberOn(by, name)).deviceId, role: 'coordinator' })

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  soran = await all.joiner('Soran', zeinab)
})
afterEach(() => all.end())

describe('a coordinator who was made while somebody else made the third one', () => {
  beforeEach(async () => {
    await all.joiner('أحمد', zeinab)
    await all.settle(zeinab, ronahi, soran)
    ronahi.line = noLine
    // two of them as far as this phone knows: it makes one alone, and gives him the key
    await promote(ronahi, 'Soran')
    await promote(zeinab, 'أحمد')
    await all.settle(zeinab)
    ronahi.line = all.line
    await all.settle(ronahi, soran, zeinab, soran)
  })

  test('is a member, and holds no key that coordinators seal under now', async () => {
    expect(await memberOn(zeinab, 'Soran')).toMatchObject({ role: 'member' })
    const current = currentOn(zeinab)
    expect(await keysOn(soran)).not.toContain(current.coordinators)
    for (const phone of [zeinab, ronahi]) expect(await keysOn(phone)).toContain(current.coordinators)
  })

  test('costs one new key of one chain', async () => {
    const before = currentOn(zeinab)
    await all.settle(zeinab, ronahi, soran)
    expect(currentOn(zeinab)).toEqual(before)
    const { chains } = zeinab.local.replica.book.roster
    expect(audiences.map((name) => chains[name].length)).toEqual([1, 1, 2])
  })
})

test('who was given keys while two removals were on their way to each other holds none of the current ones', async () => {
  const ahmad = await all.joiner('أحمد', zeinab)
  await promote(zeinab, 'أحمد')
  await all.settle(zeinab, ronahi, soran, ahmad)
  zeinab.line = noLine
  ahmad.line = noLine
  // one of three: each of these is a vote as far as its author knows
  await removeOn(zeinab, 'Ronahî')
  await removeOn(ahmad, 'Ronahî')
  // and so this one, who wants a member out, makes new keys for her too
  await removeOn(ahmad, 'Soran')
  zeinab.line = all.line
  ahmad.line = all.line
  await all.settle(ahmad, zeinab, ronahi, ahmad, zeinab)
  const current = currentOn(zeinab)
  expect(await memberOn(zeinab, 'Ronahî')).toMatchObject({ end: 'removed' })
  const held = await keysOn(ronahi)
  for (const name of audiences) expect(held).not.toContain(current[name])
  expect(await keysOn(ahmad)).toEqual(expect.arrayContaining(Object.values(current)))
})
