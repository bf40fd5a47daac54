/** Rows of a log become frames: nothing is lost, each frame is an update by itself, none is large. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameBudget } from '../../sync-server/frame-budget.ts'
import { framesOf } from '../../sync-server/frames.ts'
import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { clientOfName, type DeviceId, type ListName, listNameOf } from '../../sync-server/protocol/ids.ts'
import { parseUpdate } from '../../sync-server/protocol/update.ts'
import type { LoggedEntry } from '../../sync-server/storage/store.ts'

const listOf = (number: number): ListName =>
  listNameOf({ device: toBase64url(new Uint8Array(16).fill(number + 1)) as DeviceId, generation: 0 })

/** A log in which several lists grow, some rows of it left out as if their reader had brought them. */
const logs = fc
  .array(fc.record({ writer: fc.nat(3), length: fc.integer({ min: 1, max: 400 }), isLeftOut: fc.boolean() }))
  .map((steps) => {
    const lengths = [0, 0, 0, 0]
    const rows = steps.map(({ writer, length, isLeftOut }, i) => {
      const index = lengths[writer] ?? 0
      lengths[writer] = index + 1
      const entry: Bytes = new Uint8Array(length).fill(i)
      const row: LoggedEntry = { seq: i + 1, list: listOf(writer), index, entry, head: new Uint8Array(32) }
      return { row, isLeftOut }
    })
    return rows.filter(({ isLeftOut }) => !isLeftOut).map(({ row }) => row)
  })

describe('frames', () => {
  it('[R12] hold every row once, in the order of the log', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 1, max: 1000 }), (rows, frameBytes) => {
        let from = 0
        for (const { seq, update } of framesOf(rows, frameBytes)) {
          const runs = parseUpdate(update)
          expect(runs.ok).toBe(true)
          const inFrame = rows.filter((row) => row.seq > from && row.seq <= seq)
          const bytes = inFrame.reduce((sum, { entry }) => sum + entry.length, 0)
          expect(bytes <= frameBytes || inFrame.length === 1).toBe(true)
          const entries = runs.ok
            ? runs.value.flatMap(({ client, fromIndex, entries }) =>
                entries.map((entry, i) => `${client} ${fromIndex + i} ${entry.length}`),
              )
            : []
          const expected = inFrame.map(
            ({ list, index, entry }) => `${clientOfName(list)} ${index} ${entry.length}`,
          )
          expect(entries.toSorted()).toEqual(expected.toSorted())
          from = seq
        }
        expect(from).toBe(rows.at(-1)?.seq ?? 0)
      }),
    )
  })
})

describe('the budget of an answer', () => {
  it('[R12] lets the first frame pass whatever its size, then only what fits', () => {
    const budget = createFrameBudget(100)
    expect(budget.frameBytes).toBe(100)
    expect(budget.spend(90)).toBe(true)
    expect(budget.spend(20)).toBe(false)
    expect(budget.spend(10)).toBe(true)
    expect(budget.spend(1)).toBe(false)
    expect(createFrameBudget(1).spend(5000)).toBe(true)
  })

  it('without a wish is the relay’s own', () => {
    const budget = createFrameBudget(0)
    expect(budget.frameBytes).toBe(32 * 1024)
    expect(budget.spend(8 * 1024 * 1024)).toBe(true)
    expect(budget.spend(1)).toBe(false)
  })
})
