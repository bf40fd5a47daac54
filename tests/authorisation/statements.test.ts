/** What becomes of every statement, whoever makes it and whenever: each line of `verdicts.md`, played. */
import { afterAll, describe, expect, test } from 'vitest'
import { statementActions } from './statement-actions.ts'
import { statementLines } from './statement-lines.ts'
import { countVerdicts, headingsOf, verdictsUnder } from './verdict-table.ts'

let verdicts = 0

afterAll(() => {
  process.stdout.write(`authorisation, statements: ${verdicts.toLocaleString('en')} verdicts\n`)
})

describe('[R5] a statement is taken and heeded as verdicts.md says', () => {
  test('and no table is left out', () => {
    expect(headingsOf('Statements')).toEqual(statementActions.map(({ name }) => name))
  })

  test.each(statementActions)('$name', { timeout: 60_000 }, async (action) => {
    const lines = await statementLines(action)
    verdicts += countVerdicts(lines)
    expect(lines).toEqual(verdictsUnder(action.name))
  })
})
