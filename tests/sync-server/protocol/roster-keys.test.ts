/** Key chains: which key to seal under, and when one has to be made anew. */
import { describe, expect, test } from 'vitest'
import type { AudienceName } from '../../../sync-server/protocol/statement.ts'
import { Council, type Seat } from '../../support/council.ts'
import { fillBytes } from '../../support/mutations.ts'

const hash = (seed: number) => fillBytes(32, seed)
const rotate = (seed: number, ...chains: AudienceName[]) => {
  const keys = Object.fromEntries(chains.map((audience, i) => [audience, hash(seed * 10 + i)]))
  return { type: 'rotate', keys } as const
}
const removal = ({ id }: Seat, seed: number, ...chains: AudienceName[]) =>
  ({
    type: 'remove',
    devices: [id],
    pins: new Map(),
    newestMonth: null,
    keys: rotate(seed, ...chains).keys,
  }) as const

describe('the chains of keys', () => {
  test('grow by a coordinator’s keys, and by nobody else’s', async () => {
    const [council, founder] = await Council.of()
    const member = await council.join('m')
    await council.say(member, rotate(1, 'all', 'members'))
    expect(council.roster().chains.all).toHaveLength(1)
    await council.say(founder, rotate(2, 'all'))
    const { chains, current, stale } = council.roster()
    expect(chains.all.at(-1)).toEqual(hash(20))
    expect({ current, stale }).toEqual({ current: { all: 1, members: 0, coordinators: 0 }, stale: [] })
  })

  test('a removal brings the new keys of the chains that the removed one held', async () => {
    const [council, founder] = await Council.of()
    const [member, follower] = [await council.join('m'), await council.join('f', 'follower')]
    await council.say(founder, removal(follower, 1, 'all'))
    expect(council.roster()).toMatchObject({ current: { all: 1, members: 0 }, stale: [] })
    await council.say(founder, removal(member, 2, 'all', 'members'))
    const { former, current, stale } = council.roster()
    expect({ current, stale }).toEqual({ current: { all: 2, members: 1, coordinators: 0 }, stale: [] })
    expect(former.get(follower.id)?.chainLengths).toEqual({ all: 1, members: 1, coordinators: 1 })
    expect(former.get(member.id)?.chainLengths).toEqual({ all: 2, members: 1, coordinators: 1 })
  })

  test.each([
    ['leaving', { type: 'leave' }, ['all', 'members']],
    ['laying a phone aside', null, ['all', 'members']],
  ] as const)(
    '%s makes what that device held stale until somebody who saw it rotates',
    async (_, said, stale) => {
      const [council, founder] = await Council.of()
      const member = await council.join('m')
      const second = await council.addDevice(member, 'm2')
      const before = council.now()
      await council.say(second, said ?? { type: 'retire', device: member.id })
      expect(council.roster().stale).toEqual(stale)
      await council.say(founder, rotate(1, 'all', 'members'), before)
      expect(council.roster().stale).toEqual(stale)
      await council.say(founder, rotate(2, 'all', 'members'))
      expect(council.roster()).toMatchObject({ stale: [], current: { all: 2, members: 2 } })
    },
  )

  test('a lower role makes stale just what it takes', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    await council.say(founder, { type: 'role', device: a.id, role: 'member' })
    expect(council.roster().stale).toEqual(['coordinators'])
    await council.say(founder, { type: 'role', device: a.id, role: 'follower' })
    expect(council.roster().stale).toEqual(['members', 'coordinators'])
    await council.say(founder, { type: 'role', device: a.id, role: 'member' })
    await council.say(founder, rotate(1, 'members', 'coordinators'))
    expect(council.roster().stale).toEqual([])
  })

  test('of two removals at once neither key is clean, and the next rotation is', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const [one, two] = [await council.join('one'), await council.join('two')]
    const before = council.now()
    await council.say(founder, removal(one, 1, 'all', 'members'), before)
    await council.say(a, removal(two, 2, 'all', 'members'), before)
    expect(council.roster()).toMatchObject({ stale: ['all', 'members'], current: { all: 2, members: 2 } })
    await council.say(a, rotate(3, 'all', 'members'))
    expect(council.roster()).toMatchObject({ stale: [], current: { all: 3, members: 3 } })
  })

  test('an unclean key that comes later by order does not become the current one', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const member = await council.join('m')
    const before = council.now()
    await council.say(a, rotate(2, 'all'), before)
    await council.say(founder, removal(member, 1, 'all', 'members'), before)
    const { chains, current } = council.roster()
    expect(chains.all.map((key) => key[0])).toEqual([chains.all[0]?.[0], hash(10)[0], hash(20)[0]])
    expect(current.all).toBe(1)
  })

  test('the keys of a vote count only when it completes the removal', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    await council.say(founder, removal(b, 1, 'all', 'members', 'coordinators'))
    expect(council.roster().chains.all).toHaveLength(1)
    await council.say(a, removal(b, 2, 'all', 'members', 'coordinators'))
    expect(council.roster().chains.all.map((key) => key[0])).toContain(hash(20)[0])
    expect(council.roster()).toMatchObject({ stale: [], current: { all: 1, members: 1, coordinators: 1 } })
  })

  test('a key whose id is taken is void', async () => {
    const [council, founder] = await Council.of()
    const twin = new Uint8Array(hash(10))
    twin[31] = (twin[31] as number) ^ 1
    await council.say(founder, rotate(1, 'all'))
    await council.say(founder, { type: 'rotate', keys: { all: twin, members: twin } })
    expect(council.roster().chains).toMatchObject({ all: { length: 2 }, members: { length: 1 } })
  })
})
