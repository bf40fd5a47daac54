/** Who may act on whom: coordinators on members alone, on each other by seniority or by two voices. */
import { describe, expect, test } from 'vitest'
import type { Role } from '../../../sync-server/protocol/statement.ts'
import { Council, type Seat } from '../../support/council.ts'

const roleOf = (council: Council, { id }: Seat) => council.roster().devices.get(id)?.role
const isIn = (council: Council, { id }: Seat) => council.roster().devices.has(id)
const role = (device: Seat, wished: Role) => ({ type: 'role', device: device.id, role: wished }) as const

describe('roles', () => {
  test('a coordinator gives members and followers another role alone, a member and a follower to nobody', async () => {
    const [council, founder] = await Council.of()
    const [member, follower] = [await council.join('m'), await council.join('f', 'follower')]
    await council.say(member, role(follower, 'member'))
    await council.say(follower, role(follower, 'member'))
    await council.say(member, role(member, 'coordinator'))
    expect([roleOf(council, member), roleOf(council, follower)]).toEqual(['member', 'follower'])
    await council.say(founder, role(follower, 'member'))
    await council.say(founder, role(member, 'follower'))
    expect([roleOf(council, member), roleOf(council, follower)]).toEqual(['follower', 'member'])
  })

  test('with two coordinators the senior unmakes the junior alone, and not the other way round', async () => {
    const [council, founder, junior] = (await Council.of('a')) as [Council, Seat, Seat]
    await council.say(junior, role(founder, 'member'))
    expect(roleOf(council, founder)).toBe('coordinator')
    expect(council.roster().votes).toEqual([{ by: junior.id, member: founder.id, change: 'member' }])
    await council.say(founder, role(junior, 'member'))
    expect(roleOf(council, junior)).toBe('member')
    // who is no coordinator any more has no vote
    expect(council.roster().votes).toEqual([])
  })

  test('with three, making or unmaking one takes two persons, and the first is a vote', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const member = await council.join('m')
    await council.say(founder, role(member, 'coordinator'))
    await council.say(founder, role(b, 'follower'))
    expect([roleOf(council, member), roleOf(council, b)]).toEqual(['member', 'coordinator'])
    expect(council.roster().votes).toEqual([
      { by: founder.id, member: member.id, change: 'coordinator' },
      { by: founder.id, member: b.id, change: 'follower' },
    ])
    await council.say(a, role(member, 'coordinator'))
    await council.say(a, role(b, 'follower'))
    expect([roleOf(council, member), roleOf(council, b)]).toEqual(['coordinator', 'follower'])
    expect(council.roster().votes).toEqual([])
  })

  test('two voices for different changes make neither', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    await council.say(founder, role(b, 'follower'))
    await council.say(a, role(b, 'member'))
    await council.remove(a, b)
    expect(roleOf(council, b)).toBe('coordinator')
    expect(council.roster().votes).toHaveLength(3)
  })

  test('one person votes once, however often and with however many phones', async () => {
    const [council, founder, a] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const second = await council.addDevice(a, 'a2')
    for (const seat of [a, a, second]) await council.remove(seat, founder)
    expect(isIn(council, founder)).toBe(true)
    expect(council.roster().votes).toEqual([{ by: a.id, member: founder.id, change: 'remove' }])
  })

  test('two juniors unmake the founder; a member’s voice is none', async () => {
    const [council, founder, a, b] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const member = await council.join('m')
    await council.say(member, role(founder, 'member'))
    await council.say(a, role(founder, 'member'))
    expect(roleOf(council, founder)).toBe('coordinator')
    await council.say(b, role(founder, 'member'))
    expect(roleOf(council, founder)).toBe('member')
  })

  test('a vote of somebody who coordinates no more counts no more', async () => {
    const [council, founder, a, b, c] = (await Council.of('a', 'b', 'c')) as [Council, Seat, Seat, Seat, Seat]
    await council.remove(a, founder)
    await council.say(a, role(a, 'member'))
    await council.remove(b, founder)
    expect(isIn(council, founder)).toBe(true)
    await council.remove(c, founder)
    expect(isIn(council, founder)).toBe(false)
  })

  test('of two that are made at once while there are two, the senior’s is made, and the other waits for a second voice', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const [m, o] = [await council.join('m'), await council.join('o')]
    const before = council.now()
    await council.say(a, role(o, 'coordinator'), before)
    await council.say(founder, role(m, 'coordinator'), before)
    expect([roleOf(council, m), roleOf(council, o)]).toEqual(['coordinator', 'member'])
    // whom only a vote made has no voice of his own
    await council.say(o, role(o, 'coordinator'))
    await council.remove(o, founder)
    expect(council.roster().votes).toEqual([{ by: a.id, member: o.id, change: 'coordinator' }])
    await council.say(m, role(o, 'coordinator'))
    expect(roleOf(council, o)).toBe('coordinator')
  })

  test('unmade by a senior and made by a junior at once, he is what the senior said', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const member = await council.join('m', 'follower')
    const before = council.now()
    await council.say(a, role(member, 'coordinator'), before)
    await council.say(founder, role(a, 'member'), before)
    expect([roleOf(council, a), roleOf(council, member)]).toEqual(['member', 'follower'])
  })

  test('who steps down does it alone, but for the last one', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    await council.say(a, role(a, 'follower'))
    expect(roleOf(council, a)).toBe('follower')
    await council.say(founder, role(founder, 'member'))
    expect(roleOf(council, founder)).toBe('coordinator')
    await council.say(founder, role(a, 'coordinator'))
    await council.say(founder, role(founder, 'member'))
    expect(roleOf(council, founder)).toBe('member')
  })

  test('of two coordinators who step down at once one stays', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const before = council.now()
    await council.say(a, role(a, 'member'), before)
    await council.say(founder, role(founder, 'member'), before)
    expect([roleOf(council, founder), roleOf(council, a)]).toEqual(['member', 'coordinator'])
  })

  test('a person has one role on all its phones', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const second = await council.addDevice(a, 'a2')
    expect(roleOf(council, second)).toBe('coordinator')
    await council.say(founder, role(second, 'member'))
    expect([roleOf(council, a), roleOf(council, second)]).toEqual(['member', 'member'])
  })

  test('a founder acts as the founder with a phone added late', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const second = await council.addDevice(founder, 'f2')
    await council.say(a, role(second, 'member'))
    expect(roleOf(council, second)).toBe('coordinator')
    await council.say(second, role(a, 'member'))
    expect(roleOf(council, a)).toBe('member')
  })
})

describe('admission', () => {
  test('a coordinator lets in face to face, in any role, and nobody else does', async () => {
    const [council] = await Council.of()
    const member = await council.join('m', 'follower')
    const guest = await council.join('g', 'member', member)
    const { devices } = council.roster()
    expect(devices.get(member.id)).toMatchObject({ role: 'follower', member: member.id, seniority: 1 })
    expect(devices.has(guest.id)).toBe(false)
  })

  test('with three coordinators who is let in as one comes in as a member, until a second says so', async () => {
    const [council, founder, a] = (await Council.of('a', 'b')) as [Council, Seat, Seat, Seat]
    const d = await council.join('d', 'coordinator')
    expect(roleOf(council, d)).toBe('member')
    expect(council.roster().votes).toEqual([{ by: founder.id, member: d.id, change: 'coordinator' }])
    await council.say(a, { type: 'admit', device: d.id, role: 'coordinator', card: null })
    expect(roleOf(council, d)).toBe('coordinator')
    await council.invite(founder, 'link', { role: 'coordinator' })
    expect(roleOf(council, await council.ask('e', 'link'))).toBe('member')
  })

  test('a coordinator lets in who waits, whatever he waits for', async () => {
    const [council, founder] = await Council.of()
    await council.invite(founder, 'careful', { approval: true, uses: 1 })
    const key = await council.invite(founder, 'over', { uses: 1 })
    const [slow, first, late] = [
      await council.ask('slow', 'careful'),
      await council.ask('first', 'over'),
      await council.ask('late', 'over', 9e9),
    ]
    await council.say(founder, { type: 'cancel', key })
    expect([slow, late].map(({ id }) => council.roster().askers.get(id)?.reason)).toEqual([
      'approval',
      'expired',
    ])
    expect(isIn(council, first)).toBe(true)
    for (const { id } of [slow, late])
      await council.say(founder, { type: 'admit', device: id, role: 'member', card: null })
    const { devices, askers } = council.roster()
    expect(devices.get(slow.id)).toMatchObject({ role: 'member', invitedBy: founder.id })
    expect(devices.has(late.id)).toBe(true)
    expect(askers.size).toBe(0)
  })

  test('who waits is let in by nobody but a coordinator, and one whom nobody heard of by nobody', async () => {
    const [council, founder] = await Council.of()
    const member = await council.join('m')
    await council.invite(founder, 'careful', { approval: true })
    const asker = await council.ask('asker', 'careful')
    const stranger = await council.seat('stranger')
    await council.say(member, { type: 'admit', device: asker.id, role: 'member', card: null })
    await council.say(asker, { type: 'admit', device: asker.id, role: 'member', card: null })
    await council.say(founder, { type: 'admit', device: stranger.id, role: 'member', card: null })
    expect(council.roster().devices.size).toBe(2)
  })

  test('members invite where the settings allow it, members and followers, with approval, and cancel their own', async () => {
    const [council, founder] = await Council.of()
    const [member, other] = [await council.join('m'), await council.join('o')]
    await council.invite(member, 'too early', { approval: true })
    await council.say(member, { type: 'settings', membersMayInvite: true })
    expect(council.roster().settings.membersMayInvite).toBe(false)
    await council.say(founder, { type: 'settings', membersMayInvite: true })
    const key = await council.invite(member, 'good', { approval: true, role: 'follower' })
    await council.invite(member, 'without approval')
    await council.invite(member, 'too high', { approval: true, role: 'coordinator' })
    const { invites, settings } = council.roster()
    expect(settings.membersMayInvite).toBe(true)
    expect([...invites.values()].map((invite) => invite.key)).toEqual([key])
    const asker = await council.ask('asker', 'good')
    expect(council.roster().askers.get(asker.id)).toMatchObject({ reason: 'approval', mayReadRoster: true })
    await council.say(other, { type: 'cancel', key })
    expect([...council.roster().invites.values()].map(({ cancelled }) => cancelled)).toEqual([false])
    await council.say(member, { type: 'cancel', key })
    expect([...council.roster().invites.values()].map(({ cancelled }) => cancelled)).toEqual([true])
  })
})

describe('phones of one person', () => {
  test('a member adds phones of the same person and role, four in use', async () => {
    const [council] = await Council.of()
    const member = await council.join('m')
    const phones = []
    for (const name of ['m2', 'm3', 'm4', 'm5']) phones.push(await council.addDevice(member, name))
    const { devices } = council.roster()
    expect(phones.map(({ id }) => devices.get(id)?.member)).toEqual([
      member.id,
      member.id,
      member.id,
      undefined,
    ])
    const [second, third] = phones as [Seat, Seat]
    await council.say(second, { type: 'retire', device: third.id })
    const sixth = await council.addDevice(second, 'm6')
    expect(council.roster().devices.get(sixth.id)).toMatchObject({ member: member.id, role: 'member' })
  })

  test('a lost phone is laid aside by another of the same person, and by nobody else', async () => {
    const [council, founder] = await Council.of()
    const member = await council.join('m')
    const second = await council.addDevice(member, 'm2')
    await council.say(founder, { type: 'retire', device: member.id })
    expect(isIn(council, member)).toBe(true)
    await council.say(second, { type: 'retire', device: member.id })
    const { devices, former } = council.roster()
    expect([...devices.keys()]).toEqual([founder.id, second.id])
    expect(former.get(member.id)).toMatchObject({ end: 'retired', by: second.id, role: 'member' })
    await council.say(second, { type: 'retire', device: second.id })
    expect(isIn(council, second)).toBe(true)
  })

  test('a phone that is somebody’s cannot become somebody else’s', async () => {
    const [council] = await Council.of()
    const [a, b] = [await council.join('a'), await council.join('b')]
    const { seats } = council
    await council.addDevice(a, 'b')
    seats.pop()
    expect(council.roster().devices.get(b.id)?.member).toBe(b.id)
  })
})
