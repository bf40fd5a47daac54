import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../../src/records/claim/claim.ts'
import type { ContactRow } from '../../../src/records/contact/contact.ts'
import type { AskRow } from '../../../src/records/need/asks.ts'
import type { NeedRow } from '../../../src/records/need/need.ts'
import { waitingCount } from '../../../src/screens/today/app-badge.ts'
import { ownAreaKey, ownOpen, suggestion } from '../../../src/screens/today/own-needs.ts'
import {
  askedItems,
  giveForOthers,
  groupOf,
  noToAsk,
  openForMe,
  stalledItems,
  type TodayItem,
  type TodayNeed,
  todayItems,
} from '../../../src/screens/today/today-items.ts'
import { claimRow, hourMs, needRow, now, seenNeed, unsentNew } from '../../support/claims.ts'
import { deviceOf } from '../../support/notebook.ts'

const me = deviceOf(1)
const need = (id: string, rest: Partial<NeedRow> = {}): NeedRow =>
  needRow({ id: id as NeedRow['id'], ...rest })
const looker = { me, phones: new Set<string>([me]), unsent: unsentNew(), notes: new Set<string>(), now }
const items = (seen: readonly TodayNeed[], rest: Partial<typeof looker> = {}) =>
  todayItems(seen, { ...looker, ...rest })
const titles = (found: readonly TodayItem[]) =>
  found.map((item) => `${item.seen.need.id} ${item.kind === 'claim' ? item.mine.state : item.kind}`)

describe('an address to be given', () => {
  const row = { address: 'خلف الجامع' } as ContactRow
  const contact = { exists: true, row, isConfidential: true, grants: [] }
  const taken = (creator = me) => ({ ...seenNeed(need('asked', { creator }), [claimRow(2, 1)]), contact })

  test('waits for who wrote the need as soon as somebody takes it, before everything but bad news', () => {
    const seen = [seenNeed(need('carry'), [claimRow(1, 2)]), taken()]
    expect(titles(items(seen))).toEqual(['asked give', 'carry mine'])
  })

  test('is no more to be given once it was, or where every member can read it', () => {
    const given = {
      ...seenNeed(need('asked', { creator: me }), [claimRow(2, 1, { acceptedAt: now })]),
      contact,
    }
    const open = { ...taken(), contact: { ...contact, isConfidential: false } }
    expect(titles(items([given, open]))).toEqual([])
  })

  test('waits for a coordinator three hours after the taking, and not for one’s own claim', () => {
    const late = { ...seenNeed(need('asked', { creator: deviceOf(3) }), [claimRow(2, 3)]), contact }
    const own = { ...seenNeed(need('own', { creator: deviceOf(3) }), [claimRow(1, 9)]), contact }
    expect(titles(giveForOthers([taken(deviceOf(3)), late, own], looker))).toEqual(['asked give'])
  })
})

describe('a request to take a need', () => {
  const ask = { id: 'ask' as AskRow['id'], creator: deviceOf(2), personId: me } as AskRow
  const asks = (seen: TodayNeed, rest: Partial<typeof looker> = {}) =>
    titles(askedItems([{ ask, seen }], { ...looker, ...rest }))

  test('waits for an answer, among what others wait for', () => {
    const [item] = askedItems([{ ask, seen: seenNeed(need('help'), []) }], looker)
    expect(item && groupOf(item)).toBe('answer')
    expect(waitingCount(item ? [item] : [])).toBe(1)
  })

  test('is over with a yes, which is a claim, and with a no, which is on this phone alone', () => {
    expect(asks(seenNeed(need('help'), []))).toEqual(['help asked'])
    expect(asks(seenNeed(need('help', { quantity: 2 }), [claimRow(1, 1)]))).toEqual([])
    expect(asks(seenNeed(need('help'), []), { notes: new Set([noToAsk(ask)]) })).toEqual([])
  })
})

describe('what waits today', () => {
  const done = (member: number, hoursAgo: number, rest: Partial<ClaimRow> = {}) =>
    claimRow(member, hoursAgo, { state: 'done', firmAt: now - hoursAgo * hourMs, ...rest })
  const word = (received: boolean, hoursAgo = 1, thanks = '') => ({
    ...{ received, thanks, by: deviceOf(0), at: now - hoursAgo * hourMs },
  })
  const left = claimRow(2, 9, { state: 'released', stateAt: now - hourMs })

  test('is grouped by what one does: answers, then what is carried, then news', () => {
    const seen = [
      seenNeed(need('expired'), [claimRow(1, 50)]),
      seenNeed(need('received', { creator: me }), [done(2, 3)]),
      seenNeed(need('carry'), [claimRow(1, 2)]),
      seenNeed(need('soon'), [claimRow(1, 40)]),
      seenNeed(need('turn'), [left, claimRow(1, 8)]),
      seenNeed(need('thanked'), [done(1, 3, { word: word(true) })]),
    ]
    const found = items(seen)
    expect(titles(found).slice(0, 3)).toEqual(['turn turn', 'soon soon', 'received confirm'])
    expect(found.map((item) => `${item.seen.need.id} ${groupOf(item)}`)).toEqual([
      ...['turn answer', 'soon answer', 'received answer'],
      ...['expired news', 'carry carry', 'thanked news'],
    ])
    expect(waitingCount(found)).toBe(4)
  })

  test('a no to «it is your turn» is not asked again, unless the claim was taken up in between', () => {
    const seen = [seenNeed(need('turn'), [left, claimRow(1, 8)])]
    const saidNo = new Set([`no claim-1 ${now - 8 * hourMs}`])
    expect(items(seen, { notes: saidNo })).toEqual([])
    const earlier = new Set([`no claim-1 ${now - 20 * hourMs}`])
    expect(titles(items(seen, { notes: earlier }))).toEqual(['turn turn'])
  })

  test('nothing is to be carried out while the address is awaited, and all is where it is here', () => {
    const waiting = { exists: true, row: undefined, isConfidential: true, grants: [] }
    const carried = (contact: TodayNeed['contact'], rest: Partial<ClaimRow> = {}) =>
      items([{ ...seenNeed(need('a'), [claimRow(1, 2, rest)]), ...(contact ? { contact } : {}) }])
    expect(carried(waiting)).toMatchObject([{ awaitsAddress: true }])
    expect(carried({ ...waiting, exists: false })).toMatchObject([{ awaitsAddress: false }])
    expect(carried({ ...waiting, isConfidential: false })).toMatchObject([{ awaitsAddress: false }])
    const row = { address: 'خلف الجامع' } as ContactRow
    expect(carried({ ...waiting, row }, { acceptedAt: now })).toMatchObject([{ awaitsAddress: false }])
  })

  test('who asked is asked about each claim that is done until he has answered, two weeks at most', () => {
    const asked = (claims: ClaimRow[], rest: Partial<NeedRow> = {}) =>
      titles(items([seenNeed(need('a', { creator: me, ...rest }), claims)]))
    expect(asked([done(2, 71), done(3, 2)], { quantity: 5 })).toEqual(['a confirm', 'a confirm'])
    expect(asked([done(2, 24 * 14)])).toEqual([])
    expect(asked([done(1, 2)])).toEqual([])
    expect(asked([done(2, 2, { word: word(true) })])).toEqual([])
    expect(asked([done(2, 2)], { cancelled: true })).toEqual([])
  })

  test('who brought it hears what became of it, until he has read it or three days are over', () => {
    const heard = (claim: ClaimRow, notes = new Set<string>()) =>
      titles(items([seenNeed(need('a'), [claim])], { notes }))
    expect(heard(done(1, 9, { word: word(true) }))).toEqual(['a arrived'])
    expect(heard(done(1, 9, { word: word(false) }))).toEqual(['a missed'])
    expect(heard(done(1, 99, { word: word(true, 73) }))).toEqual([])
    expect(heard(done(1, 9, { word: word(true) }), new Set([`arrived claim-1 ${now - hourMs}`]))).toEqual([])
  })

  test('whose promise a coordinator put back hears so, and who released it himself does not', () => {
    const released = (stateBy: ClaimRow['stateBy']) =>
      claimRow(1, 40, { state: 'released', stateAt: now - hourMs, stateBy })
    expect(titles(items([seenNeed(need('a'), [released(deviceOf(7))])]))).toEqual(['a putBack'])
    expect(items([seenNeed(need('a'), [released(me)])])).toEqual([])
    const read = { notes: new Set(['putBack claim-1']) }
    expect(items([seenNeed(need('a'), [released(deviceOf(7))])], read)).toEqual([])
  })

  test('a coordinator sees promises of others without progress, the oldest first, and not his own', () => {
    const seen = [
      seenNeed(need('slow'), [claimRow(2, 37)]),
      seenNeed(need('ran out'), [claimRow(3, 60)]),
      seenNeed(need('forgotten'), [claimRow(3, 24 * 30)]),
      seenNeed(need('fresh'), [claimRow(2, 35)]),
      seenNeed(need('own'), [claimRow(1, 40)]),
      seenNeed(need('reserve'), [
        claimRow(2, 30),
        claimRow(3, 40, { takenAt: now - hourMs, stateAt: now - 40 * hourMs }),
      ]),
    ]
    expect(titles(stalledItems(seen, looker))).toEqual(['ran out stalled', 'slow stalled'])
  })

  test('of two to carry out the urgent one comes first', () => {
    const seen = [
      seenNeed(need('calm'), [claimRow(1, 2)]),
      seenNeed(need('urgent', { urgency: 'today' }), [claimRow(1, 2)]),
    ]
    expect(titles(items(seen))[0]).toBe('urgent mine')
  })

  test('a claim that is only on this phone waits too, and is not called mine', () => {
    expect(titles(items([seenNeed(need('a'), [claimRow(1, 2)])], { unsent: unsentNew('claim-1') }))).toEqual([
      'a local',
    ])
  })

  test('a reserve has nothing to do', () => {
    expect(items([seenNeed(need('a'), [claimRow(2, 3), claimRow(1, 2)])])).toEqual([])
  })

  test('what ran out is forgotten after three days, or once somebody else has it', () => {
    expect(items([seenNeed(need('old'), [claimRow(1, 48 + 73)])])).toEqual([])
    expect(items([seenNeed(need('taken'), [claimRow(1, 50), claimRow(2, 1)])])).toEqual([])
  })

  test('nothing waits for a need that is over', () => {
    expect(items([seenNeed(need('a', { cancelled: true }), [])])).toEqual([])
  })

  test('whoever had taken a need that was cancelled hears it first, until he has noted it or three days are over', () => {
    const cancelled = (id: string, hoursAgo: number, rest: Partial<NeedRow> = {}) =>
      need(id, { cancelled: true, updatedAt: now - hoursAgo * hourMs, ...rest })
    const seen = [seenNeed(need('carry'), [claimRow(1, 2)]), seenNeed(cancelled('gone', 1), [claimRow(1, 2)])]
    expect(titles(items(seen))).toEqual(['gone cancelled', 'carry mine'])
    expect(items([seenNeed(cancelled('a', 1), [claimRow(1, 2, { state: 'released' })])])).toEqual([])
    expect(items([seenNeed(cancelled('a', 73), [claimRow(1, 80)])])).toEqual([])
    expect(items([seenNeed(cancelled('a', 1, { creator: me }), [claimRow(1, 2)])])).toEqual([])
  })
})

describe('what I wrote', () => {
  test('is there while it is open, and what somebody has taken comes first', () => {
    const mine = (id: string, rest: Partial<NeedRow> = {}) => need(id, { creator: me, ...rest })
    const seen = [
      seenNeed(mine('calm', { urgency: 'possible' }), []),
      seenNeed(mine('urgent', { urgency: 'today' }), []),
      seenNeed(mine('taken'), [claimRow(2, 5)]),
      seenNeed(mine('on the way'), [claimRow(2, 9, { state: 'onWay', stateAt: now - hourMs })]),
      seenNeed(mine('done'), [claimRow(2, 5, { state: 'done', firmAt: now })]),
      seenNeed(mine('cancelled', { cancelled: true }), []),
      seenNeed(need('of another'), [claimRow(1, 2)]),
    ]
    expect(ownOpen(seen, me).map((own) => own.need.id)).toEqual(['on the way', 'taken', 'urgent', 'calm'])
  })
})

describe('what could be done', () => {
  test('not what I wrote for myself, what I have, or what is covered', () => {
    const first = [
      seenNeed(need('mine', { creator: me }), []),
      seenNeed(need('have', { quantity: 3 }), [claimRow(1, 2)]),
      seenNeed(need('covered'), [claimRow(2, 2)]),
      seenNeed(need('open'), []),
      seenNeed(need('for another', { creator: me, forWhom: 'other' }), []),
      seenNeed(need('missed'), [
        claimRow(1, 2, {
          state: 'done',
          firmAt: now,
          word: { received: false, thanks: '', by: deviceOf(0), at: now },
        }),
      ]),
    ]
    expect(openForMe(first, me).map((seen) => seen.need.id)).toEqual(['open', 'for another', 'missed'])
  })

  test('something near comes before the first of the board', () => {
    const open = [seenNeed(need('first'), []), seenNeed(need('near', { areaKey: '12' }), [])]
    expect(suggestion(open, '12')?.need.id).toBe('near')
    expect(suggestion(open, '7')?.need.id).toBe('first')
    expect(suggestion(open, '')?.need.id).toBe('first')
    expect(suggestion([], '12')).toBeUndefined()
  })

  test('near is where I write from most often', () => {
    const own = (areaKey: string) => seenNeed(need('a', { creator: me, areaKey }), [])
    expect(ownAreaKey([own('7'), own('12'), own('12'), own('')], me)).toBe('12')
    expect(ownAreaKey([seenNeed(need('a', { areaKey: '7' }), [])], me)).toBe('')
  })
})
