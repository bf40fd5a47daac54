/** Two phones that wrote without knowing of each other tell the same story once they have met, whatever they wrote. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HidingRow } from '../../src/records/hiding/hiding.ts'
import { hidingOf } from '../../src/records/hiding/hiding-of.ts'
import type { NeedInput, NeedRow } from '../../src/records/need/need.ts'
import { needType } from '../../src/records/need/need.ts'
import { type HistoryStep, recordHistory } from '../../src/records/record-history.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const [zeinab, hiwa] = [deviceOf(1), deviceOf(2)]
const members = membersWith({ [zeinab]: 'coordinator', [hiwa]: 'coordinator' })
const start = 1_000_000

const historyOn = ({ operations, device }: Notebook, id: string, now: number): HistoryStep[] =>
  recordHistory(
    operations.filter(({ recordId }) => recordId === id),
    needType,
    { me: device, now, members },
  )

const change: fc.Arbitrary<NeedInput> = fc.oneof(
  fc.record({ area: fc.constantFrom('السوق', 'الساحة', 'شارع ٩') }),
  fc.record({ urgency: fc.constantFrom('today' as const, 'week' as const) }),
  fc.record({ title: fc.constantFrom('خبز', 'ماء'), quantity: fc.integer({ min: 1, max: 4 }) }),
)
const act = fc.record({
  by: fc.constantFrom(0, 1),
  minutes: fc.integer({ min: -60, max: 60 }),
  what: fc.oneof(
    fc.record({ kind: fc.constant('edit' as const), change }),
    fc.record({ kind: fc.constant('hide' as const) }),
    fc.record({ kind: fc.constant('lift' as const) }),
    fc.record({ kind: fc.constant('meet' as const) }),
  ),
})

const meet = (one: Notebook, other: Notebook): void => {
  one.receive(other)
  other.receive(one)
}

type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never

const play = async (acts: readonly Act[]) => {
  const phones = [createNotebook(zeinab, members), createNotebook(hiwa, members)] as const
  const id = idOf(await phones[0].run({ type: 'need.add', title: 'دواء', area: 'الزقاق ٧' }, start))
  meet(...phones)
  for (const { by, minutes, what } of acts) {
    const phone = by === 0 ? phones[0] : phones[1]
    // clocks that go wrong by an hour
    const now = start + minutes * 60_000
    if (what.kind === 'edit') await phone.run({ type: 'need.edit', id, changes: what.change }, now)
    if (what.kind === 'hide') await phone.run({ type: 'hiding.add', aboutId: id, aboutType: 'need' }, now)
    if (what.kind === 'lift') await phone.run({ type: 'hiding.lift', aboutId: id }, now)
    if (what.kind === 'meet') meet(...phones)
  }
  meet(...phones)
  return { phones, id }
}

const story = (steps: readonly HistoryStep[]) => steps.map(({ undo: _, ...step }) => step)

test('both tell the same steps, and hide the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const { phones, id } = await play(acts)
      const [one, other] = phones.map((phone) => story(historyOn(phone, id, start)))
      expect(one).toEqual(other)
      const views = phones.map((phone) => hidingOf(phone.rows<HidingRow>('hidings'), new Set([zeinab, hiwa])))
      expect(views[0]).toEqual(views[1])
      expect(views[0]?.state === 'hidden').toBe(views[0]?.by.length === 2)
    }),
  )
})

test('the last step of a field says what stands there now', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
      const { phones, id } = await play(acts)
      const [row] = phones[1].rows<NeedRow>('needs')
      const last = new Map(
        historyOn(phones[1], id, start).flatMap(({ changes }) => changes.map(({ field, to }) => [field, to])),
      )
      for (const [field, to] of last) expect(row?.[field as keyof NeedRow]).toEqual(to)
    }),
  )
})

test('undoing any own step leads back to what stood before it, where nobody wrote since', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), change, async (acts, edit) => {
      const { phones, id } = await play(acts)
      const [phone] = phones
      const [before] = phone.rows<NeedRow>('needs')
      const now = start + 3600_000
      const written = await phone.run({ type: 'need.edit', id, changes: edit }, now)
      // what stands there already is not written again
      fc.pre(written.ok && written.value.drafts.length > 0)
      const plan = historyOn(phone, id, now).at(-1)?.undo
      const back = Object.fromEntries((plan?.back ?? []).map(({ field, to }) => [field, to]))
      for (const [field, value] of Object.entries(back))
        expect(before?.[field as keyof NeedRow]).toEqual(value)
      expect(plan?.stays ?? []).toEqual([])
    }),
  )
})
