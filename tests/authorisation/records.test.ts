/** What becomes of every change of records, whoever makes it and whenever: each line of `verdicts.md`, played. */
import { afterAll, describe, expect, test } from 'vitest'
import { recordActions } from './record-actions.ts'
import { recordLines } from './record-lines.ts'
import { countVerdicts, headingsOf, verdictsUnder } from './verdict-table.ts'

let verdicts = 0

afterAll(() => {
  process.stdout.write(`authorisation, records: ${verdicts.toLocaleString('en')} verdicts\n`)
})

describe('[R5] a change of a record is taken and shown as verdicts.md says', () => {
  test('and no table is left out', () => {
    expect(headingsOf('Records')).toEqual(recordActions.map(({ name }) => name))
  })

  test.each(recordActions)('$name', { timeout: 60_000 }, async (action) => {
    const lines = await recordLines(action)
    verdicts += countVerdicts(lines)
    expect(lines).toEqual(verdictsUnder(action.name))
  })
})
