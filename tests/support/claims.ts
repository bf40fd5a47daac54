/** Needs and claims as rows, for the pure parts of screens: only what a test is about is said. */
import type { Unsent } from '../../src/hooks/unsent.ts'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { needStatus } from '../../src/records/claim/claim-order.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { deviceOf } from './notebook.ts'

export const hourMs = 3600 * 1000
export const now = 1_000_000 * hourMs

export const needRow = (rest: Partial<NeedRow> = {}): NeedRow => ({
  id: 'need' as RecordId,
  creator: deviceOf(0),
  createdAt: now - 24 * hourMs,
  updatedAt: now - 24 * hourMs,
  conflicts: [],
  category: 'food',
  title: '',
  details: '',
  urgency: 'week',
  quantity: 1,
  unit: '',
  area: '',
  forWhom: 'self',
  cancelled: false,
  cancelReason: '',
  photos: [],
  voice: null,
  said: '',
  confidential: false,
  consent: false,
  dueAt: null,
  minutes: null,
  original: '',
  mediaAt: 0,
  areaKey: '',
  search: '',
  boardRank: 1,
  newestFirst: -(now - 24 * hourMs),
  ...rest,
})

/** Taken `hoursAgo` by member number `member`, or when `rest` says. */
export const claimRow = (member: number, hoursAgo: number, rest: Partial<ClaimRow> = {}): ClaimRow => {
  const takenAt = rest.takenAt ?? now - hoursAgo * hourMs
  return {
    id: `claim-${member}` as RecordId,
    creator: deviceOf(member),
    createdAt: takenAt,
    updatedAt: takenAt,
    conflicts: [],
    needId: 'need' as RecordId,
    amount: 1,
    state: 'taken',
    note: '',
    hours: 48,
    takenAt,
    firmAt: null,
    acceptedAt: null,
    stateAt: takenAt,
    stateBy: deviceOf(member),
    word: null,
    ...rest,
  }
}

/** A need with its claims and what they come to. */
export const seenNeed = (need: NeedRow, claims: readonly ClaimRow[]) => ({
  need,
  claims,
  status: needStatus(need, claims, now),
})

/** These records have never left the phone. */
export const unsentNew = (...ids: string[]): Unsent => ({
  has: (id) => ids.includes(id),
  isNew: (id) => ids.includes(id),
})
