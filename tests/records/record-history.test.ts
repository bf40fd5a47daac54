import { describe, expect, test } from 'vitest'
import { needType } from '../../src/records/need/need.ts'
import { type HistoryStep, recordHistory, undoMs } from '../../src/records/record-history.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const [ahmad, salma, coordinator] = [deviceOf(1), deviceOf(2), deviceOf(3)]
const members = membersWith({ [ahmad]: 'member', [salma]: 'member', [coordinator]: 'coordinator' })
const hour = 3600_000
const start = 1_000_000

const historyOn = (notebook: Notebook, id: string, now: number): HistoryStep[] =>
  recordHistory(
    notebook.operations.filter(({ recordId }) => recordId === id),
    needType,
    { me: notebook.device, now, members },
  )

const needOf = async (author: Notebook, title = 'دواء'): Promise<string> =>
  idOf(await author.run({ type: 'need.add', title, area: 'الشارع ٣' }, start))

describe('the history of a need', () => {
  test('says who changed which field from what to what', async () => {
    const phone = createNotebook(ahmad, members)
    const id = await needOf(phone)
    await phone.run(
      { type: 'need.edit', id, changes: { title: 'دواء السكري', area: 'الشارع ٣' } },
      start + hour,
    )
    const [made, edited] = historyOn(phone, id, start + 2 * hour)
    expect(made).toMatchObject({ op: 'create', by: ahmad, at: start, changes: [], undo: null })
    expect(edited).toMatchObject({ op: 'set', by: ahmad, at: start + hour })
    expect(edited?.changes).toEqual([{ field: 'title', from: 'دواء', to: 'دواء السكري', alongside: [] }])
  })

  test('leaves out what the rules do not let count', async () => {
    const phone = createNotebook(ahmad, members)
    const id = await needOf(phone)
    const other = createNotebook(salma, members)
    other.receive(phone)
    const [create] = other.operations
    if (!create) throw new Error('nothing was written')
    phone.operations.push({ ...create, author: salma, op: 'set', at: [1, start + 5], fields: { title: '!' } })
    expect(historyOn(phone, id, start + hour)).toHaveLength(1)
  })

  test('names who wrote the same field at the same time', async () => {
    const [one, other] = [createNotebook(ahmad, members), createNotebook(coordinator, members)]
    const id = await needOf(one)
    other.receive(one)
    await one.run({ type: 'need.edit', id, changes: { area: 'الساحة' } }, start + hour)
    await other.run({ type: 'need.edit', id, changes: { area: 'السوق' } }, start + 2 * hour)
    one.receive(other)
    other.receive(one)
    const told = historyOn(one, id, start + 3 * hour).at(-1)
    expect(told).toMatchObject({ by: coordinator, changes: [{ field: 'area', alongside: [ahmad] }] })
    expect(historyOn(other, id, start + 3 * hour).map(({ place }) => place)).toEqual(
      historyOn(one, id, start + 3 * hour).map(({ place }) => place),
    )
  })
})

describe('undoing', () => {
  test('is offered for own changes, for a day', async () => {
    const [one, other] = [createNotebook(ahmad, members), createNotebook(coordinator, members)]
    const id = await needOf(one)
    await one.run({ type: 'need.edit', id, changes: { urgency: 'today' } }, start + hour)
    other.receive(one)
    const [, edited] = historyOn(one, id, start + hour + undoMs)
    expect(edited?.undo).toEqual({ back: [{ field: 'urgency', from: 'today', to: 'possible' }], stays: [] })
    expect(historyOn(one, id, start + hour + undoMs + 1)[1]?.undo).toBeNull()
    expect(historyOn(other, id, start + 2 * hour)[1]?.undo).toBeNull()
  })

  test('leaves alone what somebody has written since, and says who', async () => {
    const [one, other] = [createNotebook(ahmad, members), createNotebook(coordinator, members)]
    const id = await needOf(one)
    await one.run({ type: 'need.edit', id, changes: { area: 'الساحة', title: 'خبز' } }, start + hour)
    other.receive(one)
    await other.run({ type: 'need.edit', id, changes: { area: 'السوق' } }, start + 2 * hour)
    one.receive(other)
    const [, edited] = historyOn(one, id, start + 3 * hour)
    expect(edited?.undo).toEqual({
      back: [{ field: 'title', from: 'خبز', to: 'دواء' }],
      stays: [{ field: 'area', by: coordinator }],
    })
  })
})
