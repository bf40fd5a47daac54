/** Asking to be let in: a link with approval, words that both compare, and what a coordinator answers. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Neighbourhood, namesOn, refusalOf, requestsOn, titlesOn } from '../../support/neighbourhood.ts'
import type { Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  await zeinab.addNeed('إنسولين')
})
afterEach(() => all.end())

const asks = async (name: string, uses = 1): Promise<Phone> => {
  const link = await zeinab.invite(uses, 'member', true)
  const phone = await all.phone(name)
  await phone.join(link)
  await zeinab.exchange()
  return phone
}

describe('a link with approval', () => {
  test('lets nobody read before a coordinator lets him in, and both see the same four words', async () => {
    const ahmad = await asks('أحمد')
    expect(await titlesOn(ahmad)).toEqual([])
    const { joining } = ahmad.engine.status
    expect(joining).toMatchObject({ problem: null, reason: 'approval', networkName: 'شبكة حي الحرية' })
    const [request] = await requestsOn(zeinab)
    expect(request).toMatchObject({
      name: 'أحمد',
      reason: 'approval',
      role: 'member',
      declined: 0,
      invitedBy: zeinab.place.deviceId,
    })
    expect(request?.words).toEqual(joining?.words)
    expect(request?.words).toHaveLength(4)
    expect(await namesOn(zeinab)).toEqual(['زينب'])
  })

  test('and admission: he reads what was there, is named, and the request is gone', async () => {
    const ahmad = await asks('أحمد')
    await zeinab.run({ type: 'member.admit', deviceId: ahmad.place.deviceId, role: 'member' })
    await all.settle(zeinab, ahmad)
    expect(await titlesOn(ahmad)).toEqual(['إنسولين'])
    expect(ahmad.engine.status.joining).toBeNull()
    expect(await requestsOn(zeinab)).toEqual([])
    expect(await namesOn(zeinab)).toEqual(['زينب', 'أحمد'])
    expect(await refusalOf(ahmad, { type: 'need.cancel', id: 'A'.repeat(22), reason: '' })).toBe('notFound')
  })

  test('waits through a restart on both sides, and opened again shows the wait', async () => {
    const link = await zeinab.invite(1, 'member', true)
    const ahmad = await all.phone('أحمد')
    await ahmad.join(link)
    const { words } = ahmad.engine.status.joining ?? {}
    await ahmad.restart()
    await ahmad.join(link)
    expect(ahmad.engine.status.joining).toMatchObject({ words, reason: 'approval' })
    await zeinab.exchange()
    await zeinab.kill()
    await zeinab.run({ type: 'member.admit', deviceId: ahmad.place.deviceId, role: 'follower' })
    await zeinab.kill()
    await all.settle(zeinab, ahmad)
    expect(ahmad.engine.status.joining).toBeNull()
    expect(await refusalOf(ahmad, { type: 'network.join', link, nickname: 'أحمد', language: 'ar' })).toBe(
      'alreadyMember',
    )
  })

  test('the name of who asks is read by every coordinator, and by no member', async () => {
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    const soran = await all.joiner('Soran', zeinab)
    await asks('أحمد')
    await all.settle(ronahi, soran)
    expect(await requestsOn(ronahi)).toMatchObject([{ name: 'أحمد' }])
    expect(await requestsOn(soran)).toMatchObject([{ name: '' }])
  })

  test('beyond its uses waits as well, and can be let in', async () => {
    const link = await zeinab.invite(1, 'member', true)
    const phones: Phone[] = []
    for (const name of ['أحمد', 'سوران']) {
      const phone = await all.phone(name)
      await phone.join(link)
      phones.push(phone)
    }
    await zeinab.exchange()
    for (const phone of phones)
      await zeinab.run({ type: 'member.admit', deviceId: phone.place.deviceId, role: 'member' })
    await all.settle(zeinab, ...phones)
    for (const phone of phones) expect(await titlesOn(phone)).toEqual(['إنسولين'])
  })

  test('«not now» stays on this phone and can be taken back by letting him in', async () => {
    const ahmad = await asks('أحمد')
    await zeinab.run({ type: 'member.decline', deviceId: ahmad.place.deviceId })
    await zeinab.restart()
    expect(await requestsOn(zeinab)).toMatchObject([{ declined: 1 }])
    await zeinab.run({ type: 'member.admit', deviceId: ahmad.place.deviceId, role: 'member' })
    expect(await requestsOn(zeinab)).toEqual([])
  })
})

describe('who may', () => {
  test('members invite only where a coordinator allows it, and then only with approval', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const terms = { role: 'member', hours: 72, uses: 1, origin: 'https://relay.test' } as const
    expect(await refusalOf(ahmad, { type: 'invite.make', ...terms, approval: true })).toBe('notAllowed')
    expect(await refusalOf(ahmad, { type: 'network.settings', membersMayInvite: true })).toBe('notAllowed')
    await zeinab.run({ type: 'network.settings', membersMayInvite: true })
    await all.settle(zeinab, ahmad)
    expect(await refusalOf(ahmad, { type: 'invite.make', ...terms, approval: false })).toBe('notAllowed')
    const { link } = await ahmad.run({ type: 'invite.make', ...terms, approval: true })
    const soran = await all.phone('Soran')
    await soran.join(link ?? '')
    await all.settle(ahmad, zeinab)
    expect(await requestsOn(ahmad)).toMatchObject([{ name: 'Soran' }])
    expect(await requestsOn(zeinab)).toMatchObject([{ name: '', invitedBy: ahmad.place.deviceId }])
    const admit = { type: 'member.admit', deviceId: soran.place.deviceId, role: 'member' } as const
    expect(await refusalOf(ahmad, admit)).toBe('notAllowed')
    await zeinab.run(admit)
    await all.settle(zeinab, soran)
    expect(await titlesOn(soran)).toEqual(['إنسولين'])
  })

  test('an invite that was taken back lets nobody in, and stands in the list as such', async () => {
    const made = await zeinab.run({
      type: 'invite.make',
      role: 'member',
      hours: 72,
      uses: 5,
      approval: false,
      origin: zeinab.appOrigin,
    })
    expect(await zeinab.rows('invites')).toMatchObject([{ link: made.link, used: 0, cancelled: false }])
    await zeinab.run({ type: 'invite.cancel', inviteId: made.inviteId ?? '' })
    await zeinab.exchange()
    const ahmad = await all.phone('أحمد')
    const join = { type: 'network.join', link: made.link ?? '', nickname: 'أحمد', language: 'ar' } as const
    expect(await refusalOf(ahmad, join)).toBe('inviteUsed')
    expect(await zeinab.rows('invites')).toMatchObject([{ cancelled: true }])
  })

  test('a link made offline is shown once a relay holds it', async () => {
    zeinab.line = { post: async () => ({ ok: false, error: { code: 'offline' } }) }
    const make = { type: 'invite.make', role: 'member', hours: 72, uses: 1, approval: true } as const
    expect(await refusalOf(zeinab, { ...make, origin: zeinab.appOrigin })).toBe('offline')
    await zeinab.kill()
    const [hidden] = await zeinab.rows('invites')
    expect(hidden?.link).toBeUndefined()
    zeinab.line = all.line
    await zeinab.exchange()
    const [shown] = await zeinab.rows('invites')
    const ahmad = await all.phone('أحمد')
    await ahmad.join(String(shown?.link))
    expect(ahmad.engine.status.joining).toMatchObject({ reason: 'approval' })
  })
})
