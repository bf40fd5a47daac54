/** Who comes in by which link, and who reads what: each line of `verdicts.md`, played. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askActions } from './ask-actions.ts'
import { askLine } from './ask-lines.ts'
import { readingLines, readingNames } from './reading.ts'
import { countVerdicts, headingsOf, verdictsUnder } from './verdict-table.ts'

let verdicts = 0

afterAll(() => {
  process.stdout.write(`authorisation, asking and reading: ${verdicts.toLocaleString('en')} verdicts\n`)
})

describe('[R5] an ask', () => {
  test('has its line, each of them', () => {
    expect(verdictsUnder('Asking').length).toBe(askActions.length)
  })

  test.each(askActions)('$name', { timeout: 60_000 }, async (action) => {
    const line = await askLine(action)
    verdicts += countVerdicts([line])
    expect(verdictsUnder('Asking')).toContain(line)
  })
})

describe('[R5] reading', () => {
  let lines: Map<string, string[]>
  beforeAll(async () => {
    lines = await readingLines()
  }, 60_000)

  test('has its tables, each of them', () => {
    expect(headingsOf('Reading')).toEqual([...readingNames])
  })

  test.each(readingNames)('%s', (name) => {
    const made = lines.get(name) ?? []
    verdicts += countVerdicts(made)
    expect(made).toEqual(verdictsUnder(name))
  })
})
