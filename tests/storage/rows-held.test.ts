/** Which own entries a receipt is about. */

import { describe, expect, test } from 'vitest'
import { rowsHeld } from '../../src/storage/rows-held.ts'
import type { ListRow, OutboxRow } from '../../src/storage/schema.ts'
import { boardRoom, listNameOf } from '../../sync-server/protocol/ids.ts'
import { deviceOf } from '../support/notebook.ts'

const list = listNameOf({ device: deviceOf(1), generation: 0 })
const headOf = (number: number) => new Uint8Array(32).fill(number)
/** The entry at an index, of the history in which heads are 1, 2, 3 … */
const rowAt = (index: number): OutboxRow => ({
  room: boardRoom,
  list,
  index,
  entry: new Uint8Array(40),
  head: headOf(index + 1),
  recordIds: [],
  savedAt: 0,
  logged: 1,
  delivered: 0,
  again: null,
})
const logOf = (length: number): ListRow => ({ room: boardRoom, list, length, head: headOf(length) })
const rows = [rowAt(2), rowAt(3), rowAt(4)]
const indexes = (held: readonly OutboxRow[]) => held.map(({ index }) => index)

describe('[R11] a receipt', () => {
  test('is for what stands before the head that it names', () => {
    expect(indexes(rowsHeld(rows, logOf(5), { length: 4, head: headOf(4) }))).toEqual([2, 3])
    expect(indexes(rowsHeld(rows, undefined, { length: 5, head: headOf(5) }))).toEqual([2, 3, 4])
  })

  test('is for nothing of ours where the relay holds another history, as long, shorter or longer', () => {
    for (const length of [3, 4, 5, 6])
      expect(rowsHeld(rows, logOf(5), { length, head: headOf(99) })).toEqual([])
  })

  test('that goes beyond the outbox is believed by the head of the log', () => {
    expect(indexes(rowsHeld(rows, logOf(7), { length: 7, head: headOf(7) }))).toEqual([2, 3, 4])
    expect(rowsHeld(rows, logOf(5), { length: 7, head: headOf(7) })).toEqual([])
  })
})
