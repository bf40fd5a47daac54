import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { myClaim } from '../../src/screens/claim-view.ts'
import { claimRow, hourMs, needRow, now, seenNeed, unsentNew } from '../support/claims.ts'
import { deviceOf } from '../support/notebook.ts'

const me = deviceOf(1)
const view = (claims: ClaimRow[], need: NeedRow = needRow(), unsent = unsentNew()) =>
  myClaim(seenNeed(need, claims), me, unsent, now)

describe('my claim on a need', () => {
  test('is not there when I took nothing', () => {
    expect(view([claimRow(2, 1)])).toBeUndefined()
  })

  test('is mine when it covers and others know of it', () => {
    expect(view([claimRow(1, 1)])).toMatchObject({ state: 'mine', covers: 1 })
  })

  test('is not said to be mine while it is only on this phone', () => {
    expect(view([claimRow(1, 1)], needRow(), unsentNew('claim-1'))?.state).toBe('local')
  })

  test('that others know of stays mine while only its progress is still on this phone', () => {
    const unsent = { has: () => true, isNew: () => false }
    expect(view([claimRow(1, 1, { state: 'onWay', firmAt: now })], needRow(), unsent)?.state).toBe('mine')
  })

  test('a reserve reads who stands directly before', () => {
    const found = view([claimRow(2, 3), claimRow(3, 2), claimRow(1, 1)])
    expect(found).toMatchObject({ state: 'reserve', covers: 0 })
    expect(found?.before?.creator).toBe(deviceOf(3))
  })

  test('a reserve that is only on this phone is a reserve all the same', () => {
    expect(view([claimRow(2, 3), claimRow(1, 1)], needRow(), unsentNew('claim-1'))?.state).toBe('reserve')
  })

  test('is asked about after 36 hours and says how long is left', () => {
    expect(view([claimRow(1, 35)])?.state).toBe('mine')
    expect(view([claimRow(1, 37)])).toMatchObject({ state: 'soon', leftMs: 11 * hourMs })
  })

  test('has run out after 48 hours', () => {
    expect(view([claimRow(1, 48)])?.state).toBe('expired')
  })

  test('that was taken again counts instead of the one that ran out', () => {
    const again = claimRow(1, 1, { id: 'claim-again' as ClaimRow['id'] })
    expect(view([claimRow(1, 60), again])?.claim.id).toBe('claim-again')
  })

  test('is done once I said so, however long ago', () => {
    expect(view([claimRow(1, 100, { state: 'done', firmAt: now - 99 * hourMs })])?.state).toBe('done')
  })
})

describe('the turn of a reserve', () => {
  const released = (member: number, hoursAgo: number, leftHoursAgo: number) =>
    claimRow(member, hoursAgo, { state: 'released', stateAt: now - leftHoursAgo * hourMs })

  test('comes when whoever was before leaves it', () => {
    expect(view([released(2, 5, 1), claimRow(1, 3)])?.state).toBe('turn')
  })

  test('comes when the time of whoever was before runs out', () => {
    expect(view([claimRow(2, 49), claimRow(1, 30)])?.state).toBe('turn')
  })

  test('does not come to one who took the need after it was left', () => {
    expect(view([released(2, 5, 4), claimRow(1, 3)])?.state).toBe('mine')
  })

  test('does not come while somebody else is still before', () => {
    expect(view([released(2, 5, 1), claimRow(3, 4), claimRow(1, 3)])?.state).toBe('reserve')
  })

  test('does not come to one who covered a part from the beginning', () => {
    const need = needRow({ quantity: 3 })
    expect(view([released(2, 5, 1), claimRow(1, 3)], need)?.state).toBe('mine')
  })

  test('is answered by any progress: then it is mine', () => {
    const answered = claimRow(1, 3, { stateAt: now - hourMs / 2 })
    expect(view([released(2, 5, 1), answered])?.state).toBe('mine')
  })
})
