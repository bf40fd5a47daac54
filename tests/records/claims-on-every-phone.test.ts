/** Claims as phones write them: whatever was done where, by which clock, and in which order it came, all read the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { withAcceptances } from '../../src/records/claim/acceptance.ts'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { isLive, type NeedStatus, needStatus } from '../../src/records/claim/claim-order.ts'
import { withWords } from '../../src/records/claim/claim-word.ts'
import type { ConfirmationRow } from '../../src/records/confirmation/confirmation.ts'
import type { GrantRow } from '../../src/records/grant/grant.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { Membership } from '../../src/records/record-type.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import { createNotebook, deviceOf, idOf, type Notebook } from '../support/notebook.ts'

const hourMs = 3600 * 1000
const start = 500_000 * hourMs

/** 0 asks, 1 coordinates, 2 to 4 take; 5 is another phone of 4. */
const phoneCount = 6
const person = (number: number) => deviceOf(number === 5 ? 4 : number)
const members: Membership = {
  roleOf: (device) => (device === deviceOf(1) ? 'coordinator' : 'member'),
  memberOf: (device) => (device === deviceOf(5) ? person(5) : device),
  doesCount: () => true,
}

type Step =
  | { do: 'take'; phone: number; amount: number }
  | { do: 'claim.onWay' | 'claim.still' | 'claim.done' | 'claim.release'; phone: number; pick: number }
  | { do: 'give' | 'yes' | 'no'; phone: number; pick: number }
  | { do: 'meet'; phone: number; pick: number }
  | { do: 'hours'; phone: number; hours: number }

const phone = fc.nat({ max: phoneCount - 1 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('take' as const), phone, amount: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('claim.onWay' as const, 'claim.still', 'claim.done', 'claim.release'),
      phone,
      pick: fc.nat({ max: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('give' as const, 'yes', 'no'),
      phone: fc.nat({ max: 1 }),
      pick: fc.nat({ max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('meet' as const), phone, pick: phone }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('hours' as const),
      phone: fc.constant(1),
      hours: fc.constantFrom(12, 24, 168),
    }),
  },
)

const claimsOn = (notebook: Notebook): ClaimRow[] => notebook.rows<ClaimRow>('claims')

/** What a person may not do is refused, and that is part of it. */
const play = async (one: Step, phones: Notebook[], needId: string, at: number): Promise<void> => {
  const notebook = phones[one.phone] as Notebook
  if (one.do === 'meet') {
    const other = phones[one.pick] as Notebook
    notebook.receive(other)
    other.receive(notebook)
    return
  }
  if (one.do === 'hours') {
    await notebook.run({ type: 'promiseHours.set', hours: one.hours }, at)
    return
  }
  if (one.do === 'take') {
    await notebook.run({ type: 'claim.take', needId, amount: one.amount }, at)
    return
  }
  const isAnswer = one.do === 'yes' || one.do === 'no'
  const claims = claimsOn(notebook).filter(({ state, creator }) => {
    if (isAnswer) return state === 'done'
    return one.do === 'give' ? state !== 'done' : creator === person(one.phone)
  })
  const claim = claims[one.pick % Math.max(1, claims.length)]
  if (!claim) return
  const { id } = claim
  if (one.do === 'give') await notebook.run({ type: 'contact.give', claimId: id }, at)
  else if (one.do === 'yes' || one.do === 'no')
    await notebook.run({ type: 'confirmation.say', claimId: id, received: one.do === 'yes' }, at)
  else await notebook.run({ type: one.do, id }, at)
}

const statusOn = (notebook: Notebook, nowMs: number): NeedStatus => {
  const [need] = notebook.rows<NeedRow>('needs')
  if (!need) throw new Error('every phone has the need')
  const accepted = withAcceptances(claimsOn(notebook), notebook.rows<GrantRow>('grants'), need)
  return needStatus(need, withWords(accepted, notebook.rows<ConfirmationRow>('confirmations'), need), nowMs)
}

/** The same operations as they might have come. */
const shuffle = (operations: OperationRow[], seed: number): void => {
  const keyed = operations.map((operation, index) => ({
    operation,
    key: ((index + 1) * (seed * 2 + 1) * 7919) % 104_729,
  }))
  const order = keyed.sort((a, b) => a.key - b.key).map(({ operation }) => operation)
  operations.splice(0, operations.length, ...order)
}

const insistOn = ({ places, covered }: NeedStatus, quantity: number, nowMs: number): void => {
  const sum = places.reduce((total, { covers }) => total + covers, 0)
  expect(sum).toBe(covered)
  expect(sum).toBeLessThanOrEqual(quantity)
  const live = places.filter(({ claim }) => isLive(claim, nowMs))
  expect(new Set(live.map(({ claim }) => claim.creator)).size).toBe(live.length)
  const lastFirm = live.findLastIndex(({ claim }) => claim.firmAt !== null)
  const firstProvisional = live.findIndex(({ claim }) => claim.firmAt === null)
  expect(firstProvisional === -1 || lastFirm < firstProvisional).toBe(true)
}

test('every phone names the same winner and the same reserves, firm ones first, and nothing is covered twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 12, maxLength: 30 }),
      fc.array(fc.integer({ min: -40, max: 40 }), { minLength: phoneCount, maxLength: phoneCount }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat({ max: 1000 }),
      fc.nat({ max: 70 }),
      async (steps, clockErrorHours, quantity, seed, laterHours) => {
        const phones = Array.from({ length: phoneCount }, (_, n) =>
          createNotebook(deviceOf(n), members, [deviceOf(1)]),
        )
        const [asker] = phones as [Notebook]
        const contact = { name: '', address: 'زقاق ٩', phone: '', reach: 'approved' as const }
        const asked = await asker.run({ type: 'need.add', category: 'winter', quantity, contact }, start)
        const needId = idOf(asked)
        for (const other of phones) other.receive(asker)
        for (const [count, one] of steps.entries()) {
          const at = start + (count + (clockErrorHours[one.phone] ?? 0)) * hourMs
          // half of what is done is done by somebody who has just heard from everybody
          if ((seed + count) % 2 === 0)
            for (const other of phones) (phones[one.phone] as Notebook).receive(other)
          await play(one, phones, needId, at)
        }
        for (const one of phones) for (const other of phones) one.receive(other)
        const nowMs = start + laterHours * hourMs
        const first = statusOn(asker, nowMs)
        insistOn(first, quantity, nowMs)
        for (const [number, notebook] of phones.entries()) {
          shuffle(notebook.operations, seed + number)
          expect(statusOn(notebook, nowMs)).toEqual(first)
        }
      },
    ),
    { numRuns: 200 },
  )
}, 60_000)
