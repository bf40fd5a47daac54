/** Comments, reports and hiding: who may say what, who reads it, and what two coordinators decide. */

import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import type { CommentRow } from '../../src/records/comment/comment.ts'
import type { HidingRow } from '../../src/records/hiding/hiding.ts'
import { hidingOf } from '../../src/records/hiding/hiding-of.ts'
import { allHidings } from '../../src/records/hiding/queries.ts'
import type { ReportRow } from '../../src/records/report/report.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../src/storage/database.ts'
import type { MemberRow } from '../../src/storage/schema.ts'
import { listNameOf, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const [author, neighbour, zeinab, hiwa, mazen] = [1, 2, 3, 4, 5].map(deviceOf) as [
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
]
const members = membersWith({
  [author]: 'member',
  [neighbour]: 'member',
  [zeinab]: 'coordinator',
  [hiwa]: 'coordinator',
  [mazen]: 'follower',
})
const now = 1_000_000

const notebookOf = (device: Notebook['device']) => createNotebook(device, members, [zeinab, hiwa])

const spread = (...notebooks: Notebook[]): void => {
  for (const one of notebooks) for (const other of notebooks) one.receive(other)
}

const needBy = async (notebook: Notebook): Promise<string> =>
  idOf(await notebook.run({ type: 'need.add', title: 'دواء' }, now))

const refusal = async (answer: ReturnType<Notebook['run']>): Promise<string> => {
  const result = await answer
  return result.ok ? 'done' : result.error.code
}

describe('a comment', () => {
  test('is read by the others, and taken back by its author alone', async () => {
    const [one, other] = [notebookOf(author), notebookOf(neighbour)]
    const aboutId = await needBy(one)
    other.receive(one)
    const text = 'أي جرعة؟'
    const id = idOf(await other.run({ type: 'comment.add', aboutId, aboutType: 'need', text }, now))
    one.receive(other)
    expect(one.rows<CommentRow>('comments')).toMatchObject([{ aboutId, text, creator: neighbour }])
    expect(await refusal(one.run({ type: 'comment.erase', id }, now))).toBe('notAllowed')
    await other.run({ type: 'comment.erase', id }, now + 1)
    one.receive(other)
    expect(one.rows('comments')).toEqual([])
  })

  test('needs words, a thing that is here, and a place in the network', async () => {
    const [one, follower] = [notebookOf(author), notebookOf(mazen)]
    const aboutId = await needBy(one)
    follower.receive(one)
    const about = { type: 'comment.add', aboutId, aboutType: 'need' } as const
    expect(await refusal(one.run({ ...about, text: '  ' }, now))).toBe('invalid')
    expect(await refusal(one.run({ ...about, aboutType: 'offer', text: 'نعم' }, now))).toBe('notFound')
    expect(await refusal(follower.run({ ...about, text: 'نعم' }, now))).toBe('notAllowed')
  })
})

describe('a report', () => {
  const reported = async () => {
    const phones = [notebookOf(author), notebookOf(neighbour), notebookOf(zeinab)] as const
    const aboutId = await needBy(phones[0])
    spread(...phones)
    const report = {
      type: 'report.add',
      aboutId,
      aboutType: 'need',
      reason: 'wrong',
      note: 'ليس صحيحاً',
    } as const
    const id = idOf(await phones[1].run(report, now))
    spread(...phones)
    return { phones, report, id, aboutId }
  }

  test('is read by its writer and the coordinators, and not by whom it is about', async () => {
    const { phones, aboutId } = await reported()
    const seen = phones.map((phone) => phone.rows<ReportRow>('reports').map((row) => row.aboutId))
    expect(seen).toEqual([[], [aboutId], [aboutId]])
  })

  test('about what a coordinator wrote is read by the other coordinators only', async () => {
    const phones = [notebookOf(zeinab), notebookOf(hiwa), notebookOf(neighbour)] as const
    const aboutId = await needBy(phones[0])
    spread(...phones)
    await phones[2].run({ type: 'report.add', aboutId, aboutType: 'need', reason: 'harmful' }, now)
    spread(...phones)
    expect(phones.map((phone) => phone.rows('reports').length)).toEqual([0, 1, 1])
  })

  test('is closed by nobody who was not given its key, whatever he writes', async () => {
    const { phones, id } = await reported()
    const forger = notebookOf(hiwa)
    const [made] = phones[1].operations.filter(({ recordId }) => recordId === id)
    if (!made) throw new Error('the report has an operation')
    const { nonce: _, fields: __, ...rest } = made
    const list = listNameOf({ device: hiwa, generation: 0 })
    const closing = { op: 'set', at: [1, now] as [number, number], fields: { closed: true } } as const
    forger.operations.push({ ...rest, ...closing, author: hiwa, list, index: 0, position: 0, keyId: 'key' })
    phones[2].receive(forger)
    expect(phones[2].rows<ReportRow>('reports').map(({ closed }) => closed)).toEqual([false])
  })

  test('says so where nobody could judge it', async () => {
    const [one, other] = [
      createNotebook(zeinab, members, [zeinab]),
      createNotebook(neighbour, members, [zeinab]),
    ]
    const aboutId = await needBy(one)
    other.receive(one)
    const answer = other.run({ type: 'report.add', aboutId, aboutType: 'need' }, now)
    expect(await refusal(answer)).toBe('nobodyToTell')
  })

  test('is said once, taken back by its writer, and closed by a coordinator', async () => {
    const { phones, report, id } = await reported()
    const [, writer, coordinator] = phones
    const again = await writer.run(report, now + 1)
    expect(again.ok && again.value).toEqual({ drafts: [], recordId: id })
    expect(await refusal(writer.run({ type: 'report.close', id }, now + 1))).toBe('notAllowed')
    await coordinator.run({ type: 'report.close', id }, now + 2)
    spread(...phones)
    expect(writer.rows<ReportRow>('reports')).toMatchObject([{ closed: true, note: 'ليس صحيحاً' }])
    await writer.run({ type: 'report.withdraw', id }, now + 3)
    spread(...phones)
    expect(coordinator.rows('reports')).toEqual([])
  })
})

describe('hiding', () => {
  const stage = async () => {
    const phones = [notebookOf(author), notebookOf(zeinab), notebookOf(hiwa)] as const
    const aboutId = await needBy(phones[0])
    spread(...phones)
    const hide = (note: string) => ({ type: 'hiding.add', aboutId, aboutType: 'need', note }) as const
    const view = (notebook: Notebook) =>
      hidingOf(notebook.rows<HidingRow>('hidings'), new Set([zeinab, hiwa]))
    return { phones, aboutId, hide, view }
  }

  test('takes two coordinators, and nobody hides another’s thing alone', async () => {
    const { phones, hide, view, aboutId } = await stage()
    const [member, one, other] = phones
    expect(await refusal(member.run(hide('لا'), now))).toBe('notAllowed')
    await one.run(hide('فيه اسم عائلة'), now)
    await one.run(hide('فيه اسم عائلة'), now + 1)
    spread(...phones)
    expect(view(member)).toEqual({ state: 'review', by: [zeinab], notes: ['فيه اسم عائلة'] })
    await other.run(hide(''), now + 2)
    spread(...phones)
    expect(view(member)).toEqual({ state: 'hidden', by: [zeinab, hiwa], notes: ['فيه اسم عائلة'] })
    await one.run({ type: 'hiding.lift', aboutId }, now + 3)
    spread(...phones)
    expect(view(member).state).toBe('review')
    await one.run(hide('ما زال'), now + 4)
    spread(...phones)
    expect(view(member)).toMatchObject({ state: 'hidden', notes: ['ما زال'] })
  })

  test('is taken back by who said it, not by another', async () => {
    const { phones, hide, view, aboutId } = await stage()
    const [, one, other] = phones
    await one.run(hide(''), now)
    spread(...phones)
    await other.run({ type: 'hiding.lift', aboutId }, now + 1)
    expect(view(other).by).toEqual([zeinab])
  })

  test('counts two words of one person once, whichever of his phones said them', () => {
    const row = (id: string, creator: Notebook['device']) =>
      ({ id, creator, createdAt: 1, note: '', lifted: false }) as HidingRow
    const both = new Set([zeinab, hiwa])
    expect(hidingOf([row('a', zeinab), row('b', zeinab)], both).state).toBe('review')
    const [one, other] = [row('a', zeinab), row('b', hiwa)]
    expect(hidingOf([other, one], both)).toEqual(hidingOf([one, other], both))
  })

  test('counts while who said it coordinates, for nobody else could lift what one hid who has gone', async () => {
    const { phones, hide, view, aboutId } = await stage()
    const [member, one, other] = phones
    await one.run(hide('فيه اسم عائلة'), now)
    await other.run(hide(''), now + 1)
    spread(...phones)
    expect(view(member).state).toBe('hidden')
    const place = { networkId: 'hidden' as NetworkId, deviceId: author }
    const database = openNetworkDatabase(place, rowFormat)
    await database.open()
    await database.table('hidings').bulkPut(member.rows('hidings'))
    const stateWith = async (...people: Pick<MemberRow, 'deviceId' | 'role' | 'end'>[]) => {
      await database.members.clear()
      await database.members.bulkPut(people as MemberRow[])
      return (await allHidings(database)).get(aboutId)
    }
    const stays = { deviceId: hiwa, role: 'coordinator', end: null } as const
    expect(await stateWith({ ...stays, deviceId: zeinab }, stays)).toMatchObject({ state: 'hidden' })
    const removed = { deviceId: zeinab, role: 'coordinator', end: 'removed' } as const
    expect(await stateWith(removed, stays)).toEqual({ state: 'review', by: [hiwa], notes: [] })
    expect(await stateWith(removed, { ...stays, role: 'member' })).toMatchObject({ state: 'shown', by: [] })
    await database.delete()
  })
})
