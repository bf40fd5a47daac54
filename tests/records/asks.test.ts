import { describe, expect, test } from 'vitest'
import { type AskRow, askedFor, askWeekMs } from '../../src/records/need/asks.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'

const now = 3_600_000_000
const [asker, helper, other, head, follower] = [1, 2, 3, 4, 5].map(deviceOf) as [
  ReturnType<typeof deviceOf>,
  ReturnType<typeof deviceOf>,
  ReturnType<typeof deviceOf>,
  ReturnType<typeof deviceOf>,
  ReturnType<typeof deviceOf>,
]
const members = membersWith({
  [asker]: 'member',
  [helper]: 'member',
  [other]: 'member',
  [head]: 'coordinator',
  [follower]: 'follower',
})

const village = async () => {
  const phones = {
    asker: createNotebook(asker, members),
    helper: createNotebook(helper, members),
    other: createNotebook(other, members),
    head: createNotebook(head, members),
  }
  const share = () => {
    for (const one of Object.values(phones)) for (const each of Object.values(phones)) one.receive(each)
  }
  const needId = idOf(await phones.asker.run({ type: 'need.add', category: 'food' }, now))
  share()
  const asked = (phone: (typeof phones)['asker']) =>
    askedFor(phone.rows<AskRow>('asks'), phone.rows<NeedRow>('needs')[0] as NeedRow).map(
      ({ personId }) => personId,
    )
  return { ...phones, share, needId, asked }
}

describe('asking somebody for a need', () => {
  test('is for who wrote it and for coordinators, and reaches who is asked', async () => {
    const { share, needId, asked, ...phones } = await village()
    expect((await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 1)).ok).toBe(true)
    expect((await phones.head.run({ type: 'ask.add', needId, personId: other }, now + 2)).ok).toBe(true)
    expect(await phones.other.run({ type: 'ask.add', needId, personId: helper }, now + 3)).toMatchObject({
      error: { code: 'notAllowed' },
    })
    share()
    for (const phone of Object.values(phones)) expect(asked(phone)).toEqual([helper, other])
  })

  test('is written once a week, and neither to oneself nor to somebody who cannot take it', async () => {
    const { needId, ...phones } = await village()
    await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 1)
    await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 2)
    expect(phones.asker.rows('asks')).toHaveLength(1)
    await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 2 + askWeekMs)
    expect(phones.asker.rows('asks')).toHaveLength(2)
    const [newest] = askedFor(
      phones.asker.rows<AskRow>('asks'),
      phones.asker.rows<NeedRow>('needs')[0] as NeedRow,
    )
    expect(newest?.createdAt).toBe(now + 2 + askWeekMs)
    for (const personId of [asker, follower, deviceOf(9)])
      expect((await phones.asker.run({ type: 'ask.add', needId, personId }, now + 3)).ok).toBe(false)
  })

  test('is not for a need that who is asked could not read', async () => {
    const { asker: phone } = await village()
    const hidden = await phone.run({ type: 'need.add', category: 'mental', confidential: true }, now + 1)
    const asked = await phone.run({ type: 'ask.add', needId: idOf(hidden), personId: helper }, now + 2)
    expect(asked).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
  })

  test('counts from nobody else, whatever a changed app writes', async () => {
    const { share, needId, asked, ...phones } = await village()
    const need = phones.other.rows<NeedRow>('needs')[0] as NeedRow
    const forged = (asCoordinator: boolean): AskRow => ({
      ...need,
      creator: other,
      needId: need.id,
      personId: helper,
      offerId: '',
      asCoordinator,
    })
    expect(askedFor([forged(false)], need)).toEqual([])
    // the rules of the type keep the mark of a coordinator from everybody else
    const own = await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 1)
    if (!own.ok) throw new Error('not asked')
    const draft = own.value.drafts[0]
    const claimed = { ...draft?.operation, fields: { ...draft?.operation.fields, asCoordinator: true } }
    expect(draft?.type.mayWrite(other, undefined, claimed as never, members)).toBe(false)
    expect(draft?.type.mayWrite(head, undefined, claimed as never, members)).toBe(true)
    share()
    expect(asked(phones.helper)).toEqual([helper])
  })

  test('is taken back by who asked', async () => {
    const { share, needId, asked, ...phones } = await village()
    const id = idOf(await phones.asker.run({ type: 'ask.add', needId, personId: helper }, now + 1))
    share()
    expect((await phones.helper.run({ type: 'ask.withdraw', id }, now + 2)).ok).toBe(false)
    expect((await phones.asker.run({ type: 'ask.withdraw', id }, now + 3)).ok).toBe(true)
    share()
    expect(asked(phones.helper)).toEqual([])
  })
})
