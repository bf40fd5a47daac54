/** Removal: who may, what it ends, and what the removed can still say. */
import { describe, expect, test } from 'vitest'
import { type ListName, type RoomName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { Council, type Seat } from '../../support/council.ts'
import { TestList } from '../../support/entries.ts'
import { fillBytes } from '../../support/mutations.ts'

const isIn = (council: Council, { id }: Seat) => council.roster().devices.has(id)
const areIn = (council: Council, ...seats: Seat[]) => seats.map((seat) => isIn(council, seat))
const month = '2026-11' as RoomName
const board = 'board' as RoomName
const pin = (length: number) => ({ length, head: fillBytes(32, length) })

describe('a removal', () => {
  test('of a member is any coordinator’s, alone, and ends all phones of the person', async () => {
    const [council, , a] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const member = await council.join('m')
    const second = await council.addDevice(member, 'm2')
    await council.remove(a, second)
    const { devices, former } = council.roster()
    expect([devices.has(member.id), devices.has(second.id)]).toEqual([false, false])
    for (const { id } of [member, second])
      expect(former.get(id)).toMatchObject({ end: 'removed', by: a.id, member: member.id, role: 'member' })
  })

  test('by a member, of oneself, of nobody, or of two persons at once changes nothing', async () => {
    const [council, founder] = await Council.of()
    const [m, o] = [await council.join('m'), await council.join('o')]
    const stranger = await council.seat('stranger')
    await council.remove(m, o)
    await council.remove(founder, founder)
    await council.remove(founder, stranger)
    await council.remove(founder, [m, o])
    expect(council.roster()).toMatchObject({ refused: 4, former: new Map() })
    expect(areIn(council, founder, m, o)).toEqual([true, true, true])
  })

  test('cancels every open invite, whoever made it; a vote for one cancels none', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    await council.invite(founder, 'one')
    await council.invite(a, 'two')
    const open = () => [...council.roster().invites.values()].filter(({ cancelled }) => !cancelled).length
    await council.remove(a, b)
    expect(open()).toBe(2)
    await council.remove(founder, b)
    expect(open()).toBe(0)
    const late = await council.ask('late', 'two')
    expect(council.roster().askers.get(late.id)?.reason).toBe('cancelled')
    await council.invite(a, 'three')
    expect(open()).toBe(1)
  })

  test('leaves his statements from before in place, whatever he says afterwards', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const friend = await council.join('friend', 'member', a)
    await council.remove(founder, a)
    await council.join('late', 'member', a)
    await council.remove(a, founder)
    await council.say(a, { type: 'leave' })
    expect(isIn(council, friend)).toBe(true)
    const { devices, former } = council.roster()
    expect([...devices.keys()]).toEqual([founder.id, friend.id])
    expect(former.get(a.id)?.end).toBe('removed')
  })

  test('of who has stepped down unseen stands, and what his phones say late decides only about his own phones', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    await council.say(founder, { type: 'role', device: b.id, role: 'member' })
    await council.say(a, { type: 'role', device: b.id, role: 'member' })
    const before = council.now()
    await council.say(founder, { type: 'role', device: founder.id, role: 'member' }, before)
    const second = await council.addDevice(founder, 'second', before)
    const third = await council.addDevice(second, 'third')
    const pins = new Map([[month, new Map()]])
    const keys = { all: fillBytes(32, 9) }
    await council.say(a, { type: 'remove', devices: [founder.id], pins, newestMonth: month, keys }, before)
    const { devices, former, settings, votes } = council.roster()
    const ends = [founder, second, third].map(({ id }) => former.get(id)?.end)
    expect([[...devices.keys()], ends]).toEqual([
      [a.id, b.id],
      ['removed', 'removed', 'removed'],
    ])
    await council.say(founder, { type: 'retire', device: second.id }, before)
    for (const said of [
      { type: 'role', device: b.id, role: 'coordinator' } as const,
      { type: 'settings', membersMayInvite: true } as const,
    ])
      await council.say(founder, said, before)
    const late = council.roster()
    expect({ ...late.settings, votes: late.votes }).toEqual({ ...settings, votes })
    expect([...late.devices.values()]).toEqual([...devices.values()])
    // laid aside unseen or not: what it writes from now on does not count
    expect(late.former.get(second.id)).toMatchObject({ end: 'removed', newestMonth: month, pins })
    expect(late.former.get(third.id)).toBeUndefined()
  })

  test('stands against an admission that the removed one makes at the same time', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const before = council.now()
    const friend = await council.join('friend', 'coordinator', a, before)
    await council.remove(founder, a, before)
    expect(areIn(council, a, friend)).toEqual([false, false])
  })

  test('of somebody whom another lets in at the same time ends him all the same', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    await council.invite(founder, 'careful', { approval: true, uses: 2 })
    const [one, two] = [await council.ask('one', 'careful'), await council.ask('two', 'careful')]
    const before = council.now()
    for (const { id } of [one, two])
      await council.say(founder, { type: 'admit', device: id, role: 'member', card: null }, before)
    // to a’s knowledge he was never let in
    await council.remove(a, one, before)
    expect(areIn(council, one, two)).toEqual([false, true])
  })

  test('lets him come back with new keys by a new admission, and not with the old ones', async () => {
    const [council, founder] = await Council.of()
    const member = await council.join('m')
    await council.remove(founder, member)
    await council.say(founder, { type: 'admit', device: member.id, role: 'member', card: null })
    expect(isIn(council, member)).toBe(false)
    const again = await council.join('m with a new phone')
    expect(council.roster().devices.get(again.id)).toMatchObject({ member: again.id })
  })

  test('done by two coordinators at once counts once, with the longer pins, the later month and both keys', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const member = await council.join('m')
    const [first, second] = [`${member.id}.0`, `${member.id}.1`] as [ListName, ListName]
    const theirs = `${a.id}.0` as ListName
    const before = council.now()
    const removal = { type: 'remove', devices: [member.id] } as const
    const one = new Map([
      [board, new Map([[first, pin(3)]])],
      [month, new Map([[first, pin(9)]])],
    ])
    const other = new Map([
      [
        board,
        new Map([
          [first, pin(2)],
          [second, pin(4)],
          [theirs, pin(1)],
        ]),
      ],
    ])
    const keys = (n: number) => ({ all: fillBytes(32, n) })
    await council.say(founder, { ...removal, pins: one, newestMonth: month, keys: keys(1) }, before)
    await council.say(
      a,
      { ...removal, pins: other, newestMonth: '2026-12' as RoomName, keys: keys(2) },
      before,
    )
    const { former, chains, stale, current } = council.roster()
    expect(former.get(member.id)).toMatchObject({ end: 'removed', by: founder.id, newestMonth: '2026-12' })
    expect(former.get(member.id)?.pins).toEqual(
      new Map([
        [
          board,
          new Map([
            [first, pin(3)],
            [second, pin(4)],
          ]),
        ],
        [month, new Map([[first, pin(9)]])],
      ]),
    )
    expect(chains.all).toHaveLength(3)
    // the second one had not seen the end at its place, and the first one made it
    expect({ stale, current: current.all }).toEqual({ stale: ['members'], current: 1 })
  })

  test('stands also against who says that he left before: he is removed, and every open invite is cancelled', async () => {
    const [council, founder] = await Council.of()
    const elder = await council.join('elder')
    const junior = await council.join('b', 'coordinator')
    await council.invite(founder, 'one')
    const before = council.now()
    await council.remove(junior, elder, before)
    await council.say(elder, { type: 'leave' }, 'nothing')
    const { former, invites } = council.roster()
    expect(former.get(elder.id)).toMatchObject({ end: 'removed', by: junior.id })
    expect([...invites.values()].map(({ cancelled }) => cancelled)).toEqual([true])
  })

  test('stands against names that nobody who removed him had seen, in a new list as well', async () => {
    const [council, founder] = await Council.of()
    const elder = await council.join('elder')
    const junior = await council.join('b', 'coordinator')
    await council.say(elder, { type: 'name' })
    await council.remove(junior, elder)
    const seen = elder.list.length
    await council.say(elder, { type: 'name' }, 'nothing')
    const other = new TestList(council.network.id, rosterRoom, elder.device, 1)
    council.seats.push({ ...elder, list: other })
    await council.say({ ...elder, list: other }, { type: 'name' }, 'nothing')
    const { names } = council.roster()
    expect([names.get(elder.list.name), names.get(other.name)]).toEqual([seen - 1, undefined])
    expect(names.get(founder.list.name)).toBeDefined()
  })

  test('is pinned later by a coordinator, and by nobody else', async () => {
    const [council, founder] = await Council.of()
    const [member, other] = [await council.join('m'), await council.join('o')]
    const list = `${member.id}.0` as ListName
    await council.remove(founder, member)
    const pins = new Map([[month, new Map([[list, pin(7)]])]])
    await council.say(other, { type: 'pin', devices: [member.id], pins })
    expect(council.roster().former.get(member.id)?.pins).toEqual(new Map())
    await council.say(founder, { type: 'pin', devices: [member.id, other.id], pins })
    expect(council.roster().former.get(member.id)?.pins).toEqual(pins)
    expect(isIn(council, other)).toBe(true)
  })
})

/** What is tried first depends on ids (the founder's stands before all of them but q's), and the outcome must not. */
const names = [
  ['a', 'b', 'c'],
  ['b', 'c', 'a'],
  ['c', 'a', 'b'],
  ['x', 'q', 'z'],
  ['q', 'x', 'y'],
  ['y', 'z', 'q'],
]

describe('removals of each other', () => {
  test('with two coordinators the senior’s counts', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const before = council.now()
    await council.remove(a, founder, before)
    await council.remove(founder, a, before)
    expect(areIn(council, founder, a)).toEqual([true, false])
  })

  test('with three, one alone removes nobody: a stolen phone cannot unmake anybody', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const second = await council.addDevice(founder, 'f2')
    for (const thief of [founder, second])
      for (const victim of [a, b]) {
        await council.remove(thief, victim)
        await council.say(thief, { type: 'role', device: victim.id, role: 'follower' })
      }
    const { devices } = council.roster()
    expect([a, b].map(({ id }) => devices.get(id)?.role)).toEqual(['coordinator', 'coordinator'])
  })

  test.each(names)(
    'two against two at once: order decides, and the seniors’ counts (%s, %s, %s)',
    async (...coordinators) => {
      const [council, founder, a, b, c] = (await Council.of(...coordinators)) as [
        Council,
        Seat,
        Seat,
        Seat,
        Seat,
      ]
      const before = council.now()
      await council.remove(b, a, before)
      await council.remove(c, a, before)
      await council.remove(founder, b, before)
      await council.remove(a, b, before)
      expect(areIn(council, founder, a, b, c)).toEqual([true, true, false, true])
    },
  )

  test.each(names)(
    'who was removed by two undoes it with no helper, however he dates it (%s, %s, %s)',
    async (...coordinators) => {
      const [council, founder, a, b, c] = (await Council.of(...coordinators)) as [
        Council,
        Seat,
        Seat,
        Seat,
        Seat,
      ]
      const before = council.now()
      await council.remove(founder, b)
      await council.remove(a, b)
      for (const victim of [a, founder]) {
        await council.remove(b, victim, before)
        await council.remove(c, victim, before)
      }
      expect(areIn(council, founder, a, b)).toEqual([true, true, false])
    },
  )
})

describe('a founder’s stolen phone', () => {
  /** Founder, two coordinators and a member; the founder's last words name nobody whom he let in. */
  const stolen = async () => {
    const council = (await Council.of())[0]
    const { founder } = council
    const keys = { role: 'coordinator', uses: 2 } as const
    const invite = await council.invite(founder, 'friends', keys)
    const [a, b] = [await council.ask('a', 'friends', 1), await council.ask('b', 'friends', 2)]
    const member = await council.join('m', 'member', a)
    return { council, founder, a, b, member, invite }
  }

  test('is removed by two juniors, and what it says meanwhile is void', async () => {
    const { council, founder, a, b, member } = await stolen()
    const before = council.now()
    await council.remove(founder, member, before)
    await council.join('puppet', 'member', founder, before)
    await council.say(founder, { type: 'settings', membersMayInvite: true }, before)
    await council.remove(a, founder, before)
    await council.remove(b, founder, before)
    const { devices, former, settings, cuts } = council.roster()
    expect([...devices.keys()]).toEqual([a.id, b.id, member.id])
    expect(former.get(founder.id)).toMatchObject({ end: 'removed' })
    expect(settings.membersMayInvite).toBe(false)
    expect(cuts.get(`roster ${founder.list.name}`)).toBe(before.get(founder.list.name))
  })

  test('cannot undo those who remove it by cancelling, before all of them, the invite by which they came', async () => {
    const { council, founder, a, b, member, invite } = await stolen()
    await council.remove(a, founder)
    await council.remove(b, founder)
    await council.say(founder, { type: 'cancel', key: invite }, 'nothing')
    expect(areIn(council, a, b, member, founder)).toEqual([true, true, true, false])
  })

  test('cannot make helpers of a time before there were three, nor remove with them', async () => {
    const { council, founder, a, b, member } = await stolen()
    await council.remove(a, founder)
    await council.remove(b, founder)
    const puppets = []
    for (const name of ['p', 'q']) puppets.push(await council.join(name, 'coordinator', founder, 'nothing'))
    const [p, q] = puppets as [Seat, Seat]
    const past = new Map([[founder.list.name, founder.list.length]])
    for (const victim of [a, b])
      for (const thief of [founder, p, q]) await council.remove(thief, victim, past)
    // helpers that also vote against the founder, having seen everything, save nothing of his
    for (const helper of puppets) await council.remove(helper, founder, past)
    expect(areIn(council, a, b, member)).toEqual([true, true, true])
    expect(areIn(council, founder, p, q)).toEqual([false, false, false])
  })

  test('cannot come back as a second phone that nobody knew of', async () => {
    const { council, founder, a, b } = await stolen()
    const before = council.now()
    const second = await council.addDevice(founder, 'f2', before)
    await council.remove(a, founder, before)
    await council.remove(b, founder, before)
    await council.join('puppet', 'coordinator', second)
    expect(areIn(council, founder, second)).toEqual([false, false])
    expect([...council.roster().devices.keys()].slice(0, 2)).toEqual([a.id, b.id])
  })

  test('is as stolen on its second phone: both are removed, and both are cut', async () => {
    const { council, founder, a, b, member } = await stolen()
    const second = await council.addDevice(founder, 'f2')
    await council.say(second, { type: 'name' })
    const before = council.now()
    await council.remove(second, member, before)
    // they name the first phone only
    await council.remove(a, founder, before)
    await council.remove(b, founder, before)
    expect(areIn(council, founder, second, member)).toEqual([false, false, true])
    expect(council.roster().cuts.has(`roster ${second.list.name}`)).toBe(true)
  })

  test('is not cut by one junior, nor by a member beside him', async () => {
    const { council, founder, a, member } = await stolen()
    const before = council.now()
    const friend = await council.join('friend', 'member', founder, before)
    await council.remove(a, founder, before)
    await council.remove(member, founder, before)
    expect(areIn(council, founder, friend)).toEqual([true, true])
    expect(council.roster().cuts.size).toBe(0)
  })

  test('loses what it had said and they had not seen, and nothing that one of them had', async () => {
    const { council, founder, a, b } = await stolen()
    const early = council.now()
    const seen = await council.join('seen', 'member', founder)
    const middle = council.now()
    const unseen = await council.join('unseen', 'member', founder)
    await council.remove(a, founder, early)
    await council.remove(b, founder, middle)
    expect(areIn(council, seen, unseen)).toEqual([true, false])
  })
})
