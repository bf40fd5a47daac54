/** Face to face without any network, a person's second phone, a lost one, leaving, and changing roles. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../../sync-server/protocol/entry.ts'
import { rosterRoom } from '../../../sync-server/protocol/ids.ts'
import {
  decodeMeetingCard,
  encodeMeetingCard,
  type MeetingCard,
} from '../../../sync-server/protocol/meeting-card.ts'
import { encodeWraps } from '../../../sync-server/protocol/wraps.ts'
import {
  keysOn,
  memberOn,
  membersOn,
  Neighbourhood,
  namesOn,
  refusalOf,
  titlesOn,
} from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  await zeinab.addNeed('بطانيات')
})
afterEach(() => all.end())

/** Card there, welcome back, no relay. */
const meets = async (
  name: string,
  by: Phone,
  as: 'member' | 'coordinator' | 'follower' | 'myDevice' = 'member',
): Promise<Phone> => {
  const phone = await all.phone(name, noLine)
  const { card } = await phone.run({ type: 'network.meet', nickname: name, language: 'ar' })
  const { welcome, nickname } = await by.run({ type: 'member.admit-card', card: card ?? '', as })
  expect(nickname).toBe(name)
  await phone.run({ type: 'network.enter', welcome: welcome ?? new Uint8Array() })
  return phone
}

describe('face to face, both phones offline', () => {
  beforeEach(() => {
    zeinab.line = noLine
  })

  test('the one who came is in at once, writes, and is known by name later', async () => {
    const ahmad = await meets('أحمد', zeinab)
    expect(ahmad.engine.status).toMatchObject({ joining: null, meeting: null, ended: null })
    expect(await namesOn(ahmad)).toEqual(['زينب', 'أحمد'])
    await ahmad.addNeed('كتبها بلا شبكة')
    for (const phone of [zeinab, ahmad]) phone.line = all.line
    await all.settle(zeinab, ahmad, zeinab)
    expect(await titlesOn(zeinab)).toEqual(['بطانيات', 'كتبها بلا شبكة'].sort())
    expect(await titlesOn(ahmad)).toEqual(await titlesOn(zeinab))
    expect(await namesOn(zeinab)).toEqual(['زينب', 'أحمد'])
  })

  test('a card waits through a restart, stays the same phone, and may be scanned twice', async () => {
    const ahmad = await all.phone('أحمد', noLine)
    const meet = { type: 'network.meet', nickname: 'أحمد', language: 'ar' } as const
    const { card } = await ahmad.run(meet)
    await ahmad.kill()
    expect(ahmad.engine.status.meeting).toEqual({ card, nickname: 'أحمد' })
    await zeinab.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
    await zeinab.kill()
    const { welcome } = await zeinab.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
    await ahmad.run({ type: 'network.enter', welcome: welcome ?? new Uint8Array() })
    expect(await membersOn(zeinab)).toHaveLength(2)
    await ahmad.kill()
    expect(ahmad.engine.status).toMatchObject({ meeting: null, joining: null })
    expect(await namesOn(ahmad)).toContain('أحمد')
  })

  test('who came by a card lets in the next one, and so on, in whatever order the lists lie in the welcome', async () => {
    let host = await meets('أحمد', zeinab)
    for (const name of ['هاتف ٢', 'هاتف ٣', 'هاتف ٤']) host = await meets(name, host, 'myDevice')
    expect((await memberOn(host, 'أحمد')).devices).toHaveLength(4)
    expect(host.engine.status.joining).toBeNull()
  })

  test('what was cut, or is for another phone, opens nothing', async () => {
    const ahmad = await all.phone('أحمد', noLine)
    const { card } = await ahmad.run({ type: 'network.meet', nickname: 'أحمد', language: 'ar' })
    const broken = { type: 'member.admit-card', card: (card ?? '').slice(0, -3), as: 'member' } as const
    expect(await refusalOf(zeinab, broken)).toBe('cardBroken')
    const { welcome } = await zeinab.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
    const bytes = welcome ?? new Uint8Array()
    expect(await refusalOf(ahmad, { type: 'network.enter', welcome: bytes.subarray(0, -9) })).toBe(
      'welcomeBroken',
    )
    const soran = await all.phone('Soran', noLine)
    expect(await refusalOf(soran, { type: 'network.enter', welcome: bytes })).toBe('welcomeNotOurs')
    await soran.run({ type: 'network.meet', nickname: 'Soran', language: 'ar' })
    expect(await refusalOf(soran, { type: 'network.enter', welcome: bytes })).toBe('welcomeNotOurs')
    expect(soran.engine.local).toBeNull()
    expect(await refusalOf(ahmad, { type: 'network.enter', welcome: bytes })).toBe('done')
  })

  test('one that is for another phone takes nothing from who has asked by a link and waits', async () => {
    zeinab.line = all.line
    const ahmad = await all.phone('أحمد')
    await ahmad.join(await zeinab.invite(1, 'member', true))
    const { words } = ahmad.engine.status.joining ?? {}
    const soran = await all.phone('Soran', noLine)
    const { card } = await soran.run({ type: 'network.meet', nickname: 'Soran', language: 'ar' })
    const { welcome } = await zeinab.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
    await ahmad.run({ type: 'network.meet', nickname: 'أحمد', language: 'ar' })
    const enter = { type: 'network.enter', welcome: welcome ?? new Uint8Array() } as const
    expect(await refusalOf(ahmad, enter)).toBe('welcomeNotOurs')
    await ahmad.restart()
    expect(ahmad.engine.status.joining).toMatchObject({ words, reason: 'approval' })
  })

  test('a name of letters that take three bytes each fits on a card', async () => {
    const name = 'አ'.repeat(60)
    const selam = await meets(name, zeinab)
    for (const phone of [zeinab, selam]) phone.line = all.line
    await all.settle(selam, zeinab)
    expect(await namesOn(zeinab)).toEqual(['زينب', name])
  })

  test('a card whose keys were exchanged is refused, though it is whole', async () => {
    const [ahmad, soran] = [await all.phone('أحمد', noLine), await all.phone('Soran', noLine)]
    const cards: MeetingCard[] = []
    for (const phone of [ahmad, soran]) {
      const { card } = await phone.run({ type: 'network.meet', nickname: phone.name, language: 'ar' })
      const read = await decodeMeetingCard(card ?? '')
      if (read.ok) cards.push(read.value)
    }
    const [one, other] = cards
    if (!one || !other) throw new Error('a card can be read')
    const card = await encodeMeetingCard({ ...one, receiveKey: other.receiveKey })
    expect(await refusalOf(zeinab, { type: 'member.admit-card', card, as: 'member' })).toBe('cardBroken')
    expect(await membersOn(zeinab)).toHaveLength(1)
  })

  test('a member lets nobody in by a card', async () => {
    const ahmad = await meets('أحمد', zeinab)
    const soran = await all.phone('Soran', noLine)
    const { card } = await soran.run({ type: 'network.meet', nickname: 'Soran', language: 'ar' })
    const admit = { type: 'member.admit-card', card: card ?? '', as: 'member' } as const
    expect(await refusalOf(ahmad, admit)).toBe('notAllowed')
  })
})

describe('a second phone', () => {
  test('is the same person: one in the list, and what either wrote both may change', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const id = await ahmad.addNeed('من الهاتف الأول')
    const second = await meets('هاتف أحمد', ahmad, 'myDevice')
    second.line = all.line
    await all.settle(ahmad, second, zeinab)
    expect(await namesOn(zeinab)).toEqual(['زينب', 'أحمد'])
    expect((await memberOn(zeinab, 'أحمد')).devices).toHaveLength(2)
    expect(await memberOn(second, 'أحمد')).toMatchObject({ isMe: 1, deviceId: ahmad.place.deviceId })
    await second.run({ type: 'need.cancel', id, reason: '' })
    await second.addNeed('من الهاتف الثاني')
    await all.settle(second, ahmad, zeinab)
    const needs = await zeinab.rows('needs')
    const own = needs.filter(({ title }) => String(title).startsWith('من الهاتف'))
    expect(new Set(own.map(({ creator }) => creator))).toEqual(new Set([ahmad.place.deviceId]))
    expect(own.find((need) => need.id === id)?.cancelled).toBeTruthy()
  })

  test('is not named as somebody else where both changed the same offline', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const id = await ahmad.addNeed('للتعديل')
    const second = await meets('هاتف', ahmad, 'myDevice')
    second.line = all.line
    await all.settle(ahmad, second, zeinab)
    for (const [phone, title] of [
      [ahmad, 'من الأول'],
      [second, 'من الثاني'],
    ] as const)
      await phone.run({ type: 'need.edit', id, changes: { title } })
    await all.settle(ahmad, second, zeinab, ahmad)
    const [need] = await zeinab.rows('needs').then((rows) => rows.filter((row) => row.id === id))
    expect(['من الأول', 'من الثاني']).toContain(need?.title)
    expect(need?.conflicts).toEqual([])
    expect(await titlesOn(ahmad)).toEqual(await titlesOn(second))
  })

  test('that changes the name changes the name of the person', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const second = await meets('هاتف', ahmad, 'myDevice')
    second.line = all.line
    await all.settle(ahmad, second)
    await second.run({ type: 'network.rename-me', nickname: 'أبو يوسف' })
    await all.settle(second, zeinab, ahmad)
    for (const phone of [zeinab, ahmad, second]) expect(await namesOn(phone)).toEqual(['زينب', 'أبو يوسف'])
  })

  test('that is lost is laid aside by the other, and reads nothing new', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const second = await meets('هاتف', ahmad, 'myDevice')
    second.line = all.line
    await all.settle(second, zeinab, ahmad)
    await ahmad.run({ type: 'device.retire', deviceId: second.place.deviceId })
    await ahmad.kill()
    await all.settle(ahmad, zeinab)
    await zeinab.addNeed('بعد الضياع')
    await all.settle(zeinab, second, ahmad)
    expect(second.engine.status.ended).toBe('removed')
    expect(await titlesOn(second)).not.toContain('بعد الضياع')
    expect(await titlesOn(ahmad)).toContain('بعد الضياع')
    expect((await memberOn(zeinab, 'أحمد')).devices).toHaveLength(1)
    const operations = await zeinab.local.database.operations.toArray()
    const [later] = operations.filter(({ fields }) => fields?.title === 'بعد الضياع')
    expect(await keysOn(second)).not.toContain(later?.keyId)
  })

  test('a fifth is refused', async () => {
    for (let i = 0; i < 3; i++) await meets(`هاتف ${i}`, zeinab, 'myDevice')
    const fifth = await all.phone('خامس', noLine)
    const { card } = await fifth.run({ type: 'network.meet', nickname: 'خامس', language: 'ar' })
    const admit = { type: 'member.admit-card', card: card ?? '', as: 'myDevice' } as const
    expect(await refusalOf(zeinab, admit)).toBe('tooManyDevices')
  })
})

describe('leaving', () => {
  test('is known to all, keeps everything readable, and gives the others new keys', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    await ahmad.addNeed('له')
    await all.settle(ahmad, zeinab)
    await ahmad.run({ type: 'network.leave' })
    await ahmad.kill()
    expect(ahmad.engine.status.ended).toBe('left')
    await all.settle(ahmad, zeinab)
    expect(await ahmad.local.isLeaveUnsent()).toBe(false)
    expect(await memberOn(zeinab, 'أحمد')).toMatchObject({ end: 'left', endedBy: null })
    expect(await titlesOn(zeinab)).toContain('له')
    expect(await titlesOn(ahmad)).toEqual(await titlesOn(zeinab))
    await zeinab.addNeed('بعد المغادرة')
    const operations = await zeinab.local.database.operations.toArray()
    const [later] = operations.filter(({ fields }) => fields?.title === 'بعد المغادرة')
    expect(await keysOn(ahmad)).not.toContain(later?.keyId)
  })

  test('is not for the last coordinator while others are there, nor is stepping down', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const me = zeinab.place.deviceId
    expect(await refusalOf(zeinab, { type: 'network.leave' })).toBe('lastCoordinator')
    expect(await refusalOf(zeinab, { type: 'member.role', memberId: me, role: 'member' })).toBe(
      'lastCoordinator',
    )
    await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'coordinator' })
    expect(await refusalOf(zeinab, { type: 'member.role', memberId: me, role: 'member' })).toBe('done')
    await all.settle(zeinab, ahmad)
    expect(await memberOn(ahmad, 'زينب')).toMatchObject({ role: 'member' })
    expect(await refusalOf(zeinab, { type: 'network.leave' })).toBe('done')
  })
})

describe('roles', () => {
  test('a member who becomes a follower reads nothing new that is for members', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'follower' })
    await zeinab.kill()
    await zeinab.addNeed('للأعضاء')
    await all.settle(zeinab, ahmad)
    expect(await memberOn(ahmad, 'أحمد')).toMatchObject({ role: 'follower', end: null })
    expect(ahmad.engine.status.ended).toBeNull()
    expect(await titlesOn(ahmad)).not.toContain('للأعضاء')
    const { keyring, book } = zeinab.local.replica
    const members = keyring.newest('members', book.roster)
    expect(await keysOn(ahmad)).not.toContain(members && toBase64url(members.keyId))
    expect(keyring.chain('all', book.roster)).toHaveLength(1)
  })

  test('what a coordinator settled stays settled after handing over, and is nothing to do for him any more', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const id = await ahmad.addNeed('ألغتها المنسّقة')
    const other = await ahmad.addNeed('بقيت')
    await all.settle(ahmad, zeinab)
    await zeinab.run({ type: 'need.cancel', id, reason: '' })
    await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'coordinator' })
    await zeinab.run({ type: 'member.role', memberId: zeinab.place.deviceId, role: 'member' })
    await all.settle(zeinab, ahmad)
    for (const phone of [zeinab, ahmad]) {
      const cancelled = (await phone.rows('needs')).find((need) => need.id === id)
      expect(cancelled?.cancelled).toBeTruthy()
    }
    expect(await refusalOf(zeinab, { type: 'need.cancel', id: other, reason: '' })).toBe('notAllowed')
  })

  test('what a member wrote stays when he is made a follower, who writes nothing more', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const id = await ahmad.addNeed('كتبها وهو عضو')
    await all.settle(ahmad, zeinab)
    await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'follower' })
    await all.settle(zeinab, ahmad)
    for (const phone of [zeinab, ahmad]) expect(await titlesOn(phone)).toContain('كتبها وهو عضو')
    expect(await refusalOf(ahmad, { type: 'need.cancel', id, reason: '' })).toBe('notAllowed')
  })

  test('what a coordinator did whom others demoted counts no more', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    const id = await ahmad.addNeed('ألغيت بغير حق')
    await all.settle(ahmad, ronahi)
    await ronahi.run({ type: 'need.cancel', id, reason: '' })
    await all.settle(ronahi, zeinab)
    await zeinab.run({ type: 'member.role', memberId: ronahi.place.deviceId, role: 'member' })
    await all.settle(zeinab, ahmad)
    for (const phone of [zeinab, ahmad]) {
      const need = (await phone.rows('needs')).find((row) => row.id === id)
      expect(need?.cancelled).toBeFalsy()
    }
  })

  test('an empty box by a member keeps nobody from his key', async () => {
    const [ahmad, soran] = [await all.joiner('أحمد', zeinab), await all.joiner('Soran', zeinab)]
    await all.settle(ahmad, soran, zeinab)
    const { keyring, book } = zeinab.local.replica
    const key = keyring.newest('coordinators', book.roster)
    if (!key) throw new Error('the founder holds every chain')
    const receiver = (await sha256(soran.local.keys.receivePublic)).slice(0, 8)
    const empty = { receiver, box: new Uint8Array(48) }
    const publicPart = encodeWraps({
      keyId: key.keyId,
      ephemeral: ahmad.local.keys.receivePublic,
      wraps: [empty],
    })
    const draft = { room: rosterRoom, kind: entryKind.wraps, publicPart, secret: null, recordIds: [] }
    await ahmad.local.replica.write([draft])
    await all.settle(ahmad, zeinab)
    await zeinab.run({ type: 'member.role', memberId: soran.place.deviceId, role: 'coordinator' })
    await all.settle(zeinab, soran)
    expect(await keysOn(soran)).toContain(toBase64url(key.keyId))
  })

  test('a member who becomes a coordinator is given the key with it, in one commit', async () => {
    const ahmad = await all.joiner('أحمد', zeinab)
    await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'coordinator' })
    const written = await zeinab.local.database.outbox.where({ room: rosterRoom }).toArray()
    expect(written.filter(({ delivered }) => delivered === 0)).toHaveLength(2)
    await all.settle(zeinab, ahmad)
    const { keyring, book } = ahmad.local.replica
    expect(keyring.newest('coordinators', book.roster)).not.toBeNull()
    const soran = await all.joiner('Soran', ahmad)
    expect(await titlesOn(soran)).toEqual(['بطانيات'])
  })
})
