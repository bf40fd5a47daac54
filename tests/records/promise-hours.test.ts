/** How long a promise holds: said by coordinators, kept by the promise, the same on every phone. */

import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { isLive, needStatus, reminderOf } from '../../src/records/claim/claim-order.ts'
import { latestHours } from '../../src/records/claim/hours-now.ts'
import type { PromiseHoursRow } from '../../src/records/promise-hours/promise-hours.ts'
import { claimRow, hourMs, now } from '../support/claims.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const [author, zeinab, hiwa] = [1, 2, 3].map(deviceOf) as [
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
]
const members = membersWith({ [author]: 'member', [zeinab]: 'coordinator', [hiwa]: 'coordinator' })

const hoursOn = (notebook: Notebook) => latestHours(notebook.rows<PromiseHoursRow>('promiseHours'))
const claimsOn = (notebook: Notebook) => notebook.rows<ClaimRow>('claims')

describe('how long a promise holds', () => {
  test('is two days until a coordinator says something else, and nobody else may', async () => {
    const hers = createNotebook(zeinab, members)
    expect(hoursOn(hers)).toBe(48)
    expect((await hers.run({ type: 'promiseHours.set', hours: 24 }, now)).ok).toBe(true)
    const phone = createNotebook(author, members)
    phone.receive(hers)
    expect(hoursOn(phone)).toBe(24)
    const refused = await phone.run({ type: 'promiseHours.set', hours: 72 }, now)
    expect(refused).toMatchObject({ error: { code: 'notAllowed' } })
  })

  test('is between half a day and a week', async () => {
    const hers = createNotebook(zeinab, members)
    for (const hours of [0, 11, 169, 10_000, 24.5])
      expect((await hers.run({ type: 'promiseHours.set', hours }, now)).ok).toBe(false)
  })

  test('is the later word where two coordinators did not hear of each other', async () => {
    const [hers, his] = [createNotebook(zeinab, members), createNotebook(hiwa, members)]
    await hers.run({ type: 'promiseHours.set', hours: 24 }, now)
    await his.run({ type: 'promiseHours.set', hours: 72 }, now + 1)
    hers.receive(his)
    his.receive(hers)
    expect([hoursOn(hers), hoursOn(his)]).toEqual([72, 72])
    await hers.run({ type: 'promiseHours.set', hours: 12 }, now + 2)
    expect([hoursOn(hers), hers.rows('promiseHours').length]).toEqual([12, 2])
  })

  test('stays with a promise as it was when that was made', async () => {
    const hers = createNotebook(zeinab, members)
    const needId = idOf(await hers.run({ type: 'need.add', quantity: 2 }, now))
    await hers.run({ type: 'claim.take', needId }, now)
    await hers.run({ type: 'promiseHours.set', hours: 12 }, now)
    const his = createNotebook(hiwa, members)
    his.receive(hers)
    await his.run({ type: 'claim.take', needId }, now)
    expect(claimsOn(his).map(({ hours }) => hours)).toEqual([48, 12])
    const live = claimsOn(his).map((claim) => isLive(claim, now + 13 * hourMs))
    expect(live).toEqual([true, false])
  })

  test('cannot be written into a promise as more than a week', async () => {
    const phone = createNotebook(author, members)
    const needId = idOf(await phone.run({ type: 'need.add' }, now))
    await phone.run({ type: 'claim.take', needId }, now)
    for (const { type, fields } of phone.operations) if (type === 'claim' && fields) fields.hours = 99_999
    expect(claimsOn(phone)).toMatchObject([{ hours: 48 }])
  })
})

describe('a shorter promise', () => {
  const need = { quantity: 1, cancelled: false, creator: deviceOf(0) }
  const short = claimRow(1, 13, { hours: 12 })

  test('runs out at its own hour, and its author is asked in its last quarter', () => {
    expect(needStatus(need, [short], now)).toMatchObject({ state: 'open', covered: 0 })
    expect(needStatus(need, [{ ...short, hours: 24 }], now).state).toBe('covered')
    expect(reminderOf(short)).toBe(9 * hourMs)
    expect(reminderOf(claimRow(1, 1))).toBe(36 * hourMs)
  })

  test('hands the turn on: a reserve is asked, and the next one after a quarter of its hours', () => {
    const [second, third] = [claimRow(2, 12, { hours: 12 }), claimRow(3, 11, { hours: 12 })]
    const places = (atMs: number) =>
      needStatus(
        need,
        [short, { ...second, stateAt: now - 2 * hourMs }, { ...third, stateAt: now - 2 * hourMs }],
        atMs,
      ).places.map(({ claim, place }) => `${claim.id} ${place}`)
    expect(places(now)).toEqual(['claim-2 asked', 'claim-3 reserve', 'claim-1 reserve'])
    expect(places(now + 2.5 * hourMs)).toEqual(['claim-2 asked', 'claim-3 asked', 'claim-1 reserve'])
  })
})
