/** Removal: what stops, what stays, and that keys change by themselves. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { monthRoom, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../../sync-server/protocol/update.ts'
import {
  keysOn,
  memberOn,
  membersOn,
  Neighbourhood,
  namesOn,
  refusalOf,
  removeOn,
  titlesOn,
} from '../../support/neighbourhood.ts'
import { noLine, type Phone, testStartMs } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone
let soran: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ahmad = await all.joiner('أحمد', zeinab)
  soran = await all.joiner('Soran', zeinab)
  await ahmad.addNeed('قبل الإخراج')
  await zeinab.addNeed('من زينب')
  await all.settle(ahmad, zeinab, soran)
})
afterEach(() => all.end())

const needIdOn = async (phone: Phone, title: string): Promise<string> =>
  String((await phone.rows('needs')).find((row) => row.title === title)?.id)

describe('who was removed', () => {
  test('keeps what he had, is told so, and writes nothing more', async () => {
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, ahmad)
    expect(ahmad.engine.status).toMatchObject({ ended: 'removed', problem: null })
    expect(await titlesOn(ahmad)).toEqual(['قبل الإخراج', 'من زينب'].sort())
    const id = await needIdOn(ahmad, 'قبل الإخراج')
    expect(await refusalOf(ahmad, { type: 'need.cancel', id, reason: '' })).toBe('ended')
    expect(await refusalOf(ahmad, { type: 'network.rename-me', nickname: 'آخر' })).toBe('ended')
    expect(await refusalOf(ahmad, { type: 'network.leave' })).toBe('ended')
  })

  test('asks no relay again and again', async () => {
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, ahmad)
    let requests = 0
    ahmad.line = {
      post: (body, closing) => {
        requests++
        return all.line.post(body, closing)
      },
    }
    await ahmad.restart()
    for (let i = 0; i < 3; i++) await ahmad.exchange()
    expect(requests).toBe(0)
    expect(ahmad.engine.status).toMatchObject({ ended: 'removed', problem: null })
  })

  test('holds none of the keys that came after, so that nothing later can be opened', async () => {
    const before = await keysOn(ahmad)
    await removeOn(zeinab, 'أحمد')
    await zeinab.addNeed('بعد الإخراج')
    await all.settle(zeinab, ahmad, soran)
    expect(await titlesOn(soran)).toContain('بعد الإخراج')
    expect(await keysOn(ahmad)).toEqual(before)
    const operations = await zeinab.local.database.operations.toArray()
    const later = operations.filter(({ fields }) => fields?.title === 'بعد الإخراج')
    expect(later).toHaveLength(1)
    for (const { keyId } of later) expect(before).not.toContain(keyId)
  })

  test('counts nowhere with what he writes later, also not backdated and carried by another', async () => {
    ahmad.line = noLine
    await ahmad.addNeed('غير مرسلة')
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, soran)
    ahmad.clockErrorMs = -5 * 24 * 3600 * 1000
    await ahmad.addNeed('بتاريخ قديم')
    const room = monthRoom(testStartMs)
    const list = (await ahmad.local.database.ownLists.get(room))?.list
    const held = list && (await soran.local.database.lists.get([room, list]))
    const run = list && (await ahmad.local.replica.runFrom(room, list, Number(held?.length)))
    expect(run?.entries).toHaveLength(2)
    if (run)
      await soran.local.database.inbox.add({ room, update: buildUpdate([run]), source: 'packet', parked: 0 })
    await soran.local.replica.drain()
    await all.settle(soran, zeinab)
    for (const phone of [soran, zeinab])
      expect(await titlesOn(phone)).toEqual(['قبل الإخراج', 'من زينب'].sort())
  })

  test('is pinned also in a month in which nobody has written yet', async () => {
    all.time.ms = Date.UTC(2026, 11, 3)
    await zeinab.exchange()
    await removeOn(zeinab, 'أحمد')
    const former = zeinab.local.replica.book.roster.former.get(ahmad.place.deviceId)
    expect([...(former?.pins.keys() ?? [])].sort()).toEqual(['2026-11', '2026-12', 'board'])
  })

  test('leaves what he wrote before, under his name', async () => {
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, soran)
    for (const phone of [zeinab, soran]) {
      expect(await titlesOn(phone)).toContain('قبل الإخراج')
      expect(await namesOn(phone)).toEqual(['زينب', 'Soran'])
      const former = await memberOn(phone, 'أحمد')
      expect(former).toMatchObject({ end: 'removed', endedBy: zeinab.place.deviceId, role: 'member' })
      const [need] = (await phone.rows('needs')).filter(({ title }) => title === 'قبل الإخراج')
      expect(need?.creator).toBe(former.deviceId)
    }
  })

  test('takes no other name afterwards, also not by the hand of another', async () => {
    ahmad.line = noLine
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, soran)
    await ahmad.run({ type: 'network.rename-me', nickname: 'زينب' })
    const list = (await ahmad.local.database.ownLists.get(rosterRoom))?.list
    const held = list && (await soran.local.database.lists.get([rosterRoom, list]))
    const run = list && (await ahmad.local.replica.runFrom(rosterRoom, list, Number(held?.length)))
    expect(run?.entries).toHaveLength(1)
    const update = run ? buildUpdate([run]) : new Uint8Array()
    await soran.local.database.inbox.add({ room: rosterRoom, update, source: 'packet', parked: 0 })
    await soran.local.replica.drain()
    await all.settle(soran, zeinab)
    for (const phone of [soran, zeinab])
      expect((await membersOn(phone)).map(({ name }) => name)).toEqual(['زينب', 'أحمد', 'Soran'])
  })

  test('may ask again with a new link, and reads what was written meanwhile', async () => {
    await removeOn(zeinab, 'أحمد')
    await zeinab.addNeed('بينما كان خارجاً')
    await all.settle(zeinab, ahmad)
    const link = await zeinab.invite(1, 'member', true)
    await ahmad.join(link)
    await zeinab.exchange()
    await ahmad.restart()
    expect(ahmad.engine.status.joining).toMatchObject({ reason: 'approval' })
    await zeinab.run({ type: 'member.admit', deviceId: ahmad.place.deviceId, role: 'member' })
    await all.settle(zeinab, ahmad)
    expect(ahmad.engine.status).toMatchObject({ ended: null, joining: null })
    expect(await titlesOn(ahmad)).toContain('بينما كان خارجاً')
    await ahmad.addNeed('عدت')
    await all.settle(ahmad, zeinab)
    expect(await titlesOn(zeinab)).toContain('عدت')
  })

  test('reads what he had again where his new ask came to nothing', async () => {
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, ahmad)
    const link = await zeinab.invite(1)
    const other = await all.phone('سابق')
    await other.join(link)
    const join = { type: 'network.join', link, nickname: 'أحمد', language: 'ar' } as const
    expect(await refusalOf(ahmad, join)).toBe('inviteUsed')
    await ahmad.restart()
    expect(ahmad.engine.status.ended).toBe('removed')
    expect(await titlesOn(ahmad)).toContain('قبل الإخراج')
  })
})

describe('a removal', () => {
  test('made offline by who had not seen all counts what a relay held, once somebody has', async () => {
    soran.line = noLine
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    await all.settle(ronahi, zeinab)
    ronahi.line = noLine
    await ahmad.addNeed('وصلت إلى الخادم')
    await ahmad.exchange()
    await removeOn(ronahi, 'أحمد')
    ronahi.line = all.line
    await all.settle(ronahi, zeinab)
    for (const phone of [ronahi, zeinab]) expect(await titlesOn(phone)).toContain('وصلت إلى الخادم')
    const former = zeinab.local.replica.book.roster.former.get(ahmad.place.deviceId)
    expect(former?.pins.has(monthRoom(testStartMs))).toBe(true)
    expect(zeinab.local.replica.book.roster.stale).toEqual([])
  })

  test('says at once how far his lists count, in every room that it saw whole', async () => {
    await removeOn(zeinab, 'أحمد')
    const former = zeinab.local.replica.book.roster.former.get(ahmad.place.deviceId)
    const room = monthRoom(testStartMs)
    const held = (await zeinab.local.database.lists.toArray()).filter(
      (row) => row.room === room && row.list.startsWith(ahmad.place.deviceId),
    )
    expect([...(former?.pins.get(room) ?? [])].map(([list, { length }]) => [list, length])).toEqual(
      held.map(({ list, length }) => [list, length]),
    )
    expect(held).toHaveLength(1)
    expect([...(former?.pins.keys() ?? [])].sort()).toEqual([room, 'board'])
  })

  test('survives a fall before any relay heard of it', async () => {
    await removeOn(zeinab, 'أحمد')
    await zeinab.kill()
    await all.settle(zeinab, soran, ahmad)
    expect(ahmad.engine.status.ended).toBe('removed')
    await zeinab.addNeed('بعد السقوط')
    await all.settle(zeinab, soran)
    expect(await titlesOn(soran)).toContain('بعد السقوط')
  })

  test('is whole or not at all, at whatever write the phone fell', async () => {
    for (const writes of [2, 8, 20, 40]) {
      const name = `عابر ${writes}`
      const passer = await all.joiner(name, zeinab)
      await all.settle(soran)
      zeinab.line = noLine
      await zeinab.killDuring(() => removeOn(zeinab, name), writes)
      zeinab.line = all.line
      const isOver = (await memberOn(zeinab, name)).end !== null
      if (!isOver) await removeOn(zeinab, name)
      await zeinab.addNeed(`بعد ${writes}`)
      await all.settle(zeinab, soran, passer)
      expect(passer.engine.status.ended).toBe('removed')
      expect(await titlesOn(soran)).toContain(`بعد ${writes}`)
      expect(await titlesOn(passer)).not.toContain(`بعد ${writes}`)
    }
  })

  test('of nobody, or by a member, is refused', async () => {
    const memberId = zeinab.place.deviceId
    expect(await refusalOf(ahmad, { type: 'member.remove', memberId })).toBe('notAllowed')
    expect(await refusalOf(zeinab, { type: 'member.remove', memberId: 'A'.repeat(22) })).toBe('notFound')
  })

  test('cancels open invites, and who comes after it reads the history', async () => {
    const open = await zeinab.invite(5)
    await removeOn(zeinab, 'أحمد')
    await zeinab.addNeed('بعد التدوير')
    await zeinab.exchange()
    const late = await all.phone('متأخر')
    const join = { type: 'network.join', link: open, nickname: 'متأخر', language: 'ar' } as const
    expect(await refusalOf(late, join)).toBe('inviteUsed')
    const hiwa = await all.joiner('هيوا', zeinab)
    expect(await titlesOn(hiwa)).toEqual(['قبل الإخراج', 'من زينب', 'بعد التدوير'].sort())
    expect(hiwa.engine.status.waiting).toBe(0)
  })
})

describe('several coordinators', () => {
  test('who remove at the same time end with keys that neither removed one holds', async () => {
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    await all.settle(zeinab, ronahi, ahmad, soran)
    for (const phone of [zeinab, ronahi]) phone.line = noLine
    await removeOn(zeinab, 'أحمد')
    await removeOn(ronahi, 'Soran')
    for (const phone of [zeinab, ronahi]) phone.line = all.line
    await all.settle(zeinab, ronahi, ahmad, soran)
    const { roster } = zeinab.local.replica.book
    expect(roster.stale).toEqual([])
    const { keyring } = zeinab.local.replica
    for (const audience of ['all', 'members'] as const) {
      const current = keyring.newest(audience, roster)
      if (!current) throw new Error('a coordinator holds the current key')
      const keyId = toBase64url(current.keyId)
      expect(await keysOn(ronahi)).toContain(keyId)
      for (const gone of [ahmad, soran]) expect(await keysOn(gone)).not.toContain(keyId)
    }
    await ronahi.addNeed('نكمل معاً')
    await all.settle(ronahi, zeinab)
    expect(await titlesOn(zeinab)).toContain('نكمل معاً')
  })

  test('three of them: one alone is a vote, the second makes it', async () => {
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    await all.settle(zeinab, ronahi)
    await zeinab.run({
      type: 'member.role',
      memberId: (await memberOn(zeinab, 'Soran')).deviceId,
      role: 'coordinator',
    })
    await all.settle(zeinab, ronahi, soran)
    const memberId = (await memberOn(zeinab, 'Soran')).deviceId
    const remove = { type: 'member.remove', memberId } as const
    expect(await zeinab.run(remove)).toEqual({ isVote: true })
    expect(await refusalOf(zeinab, remove)).toBe('alreadyVoted')
    await all.settle(zeinab, ronahi, soran)
    expect(await memberOn(ronahi, 'Soran')).toMatchObject({
      end: null,
      votes: [{ by: zeinab.place.deviceId, change: 'remove' }],
    })
    expect(await ronahi.run(remove)).toEqual({})
    await ronahi.addNeed('للباقين')
    await all.settle(ronahi, zeinab, soran)
    expect(soran.engine.status.ended).toBe('removed')
    expect(await titlesOn(soran)).not.toContain('للباقين')
    expect(await titlesOn(zeinab)).toContain('للباقين')
  })

  test('what was written after a removal that turns out to be a vote is there for all', async () => {
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    await all.settle(zeinab, ronahi, ahmad, soran)
    ronahi.line = noLine
    const { deviceId } = await memberOn(zeinab, 'Soran')
    await zeinab.run({ type: 'member.role', memberId: deviceId, role: 'coordinator' })
    expect(await removeOn(ronahi, 'Soran')).toEqual({})
    await ronahi.addNeed('بعد ما ظنّته إخراجاً')
    ronahi.line = all.line
    await all.settle(zeinab, ronahi, ahmad, soran)
    expect((await memberOn(ronahi, 'Soran')).end).toBeNull()
    for (const phone of [zeinab, ahmad, soran]) expect(await titlesOn(phone)).toContain('بعد ما ظنّته إخراجاً')
    const operations = await ronahi.local.database.operations.count()
    await all.settle(zeinab, ronahi)
    expect(await ronahi.local.database.operations.count()).toBe(operations)
  })

  test('a junior alone does not remove the founder: it is a vote', async () => {
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    expect(await removeOn(ronahi, 'زينب')).toEqual({ isVote: true })
    expect((await membersOn(ronahi)).every(({ end }) => end === null)).toBe(true)
  })
})
