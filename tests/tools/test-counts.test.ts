/** The sums of `npm test`: whatever goes wrong in a runner shows up as a failure. */
import { expect, test } from 'vitest'
import { addCounts, countOthers, countReport, failedFiles, summary } from '../../tools/test-counts.ts'

const report = (over: object = {}): string =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 1,
    numTodoTests: 1,
    testResults: [{ status: 'passed', assertionResults: [{ status: 'passed' }] }],
    ...over,
  })

test('a good run counts what it says, and a test to be written counts as skipped', () => {
  expect(countReport(report(), true)).toEqual({ passed: 3, failed: 0, skipped: 2 })
})

test('a runner that wrote no report, or half of one, is one failure', () => {
  expect(countReport(undefined, true).failed).toBe(1)
  expect(countReport(report().slice(0, 20), false).failed).toBe(1)
})

test('a file that broke before its first test is one failure beside the failed tests', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
  ]
  expect(countReport(report({ numFailedTests: 1, testResults }), false).failed).toBe(2)
})

test('a run that fails without saying where is one failure', () => {
  expect(countReport(report(), false)).toEqual({ passed: 3, failed: 1, skipped: 2 })
})

test('a file that is run once more counts by its second run alone', () => {
  const testResults = [
    { name: '/a.test.ts', status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
    { name: '/b.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
  ]
  const first = report({ testResults })
  expect(failedFiles(first)).toEqual(['/a.test.ts'])
  expect(countOthers(first, ['/a.test.ts'])).toEqual({ passed: 1, failed: 0, skipped: 1 })
  expect(failedFiles(undefined)).toEqual([])
})

test('the last line sums all steps', () => {
  const counts = { passed: 1, failed: 2, skipped: 3 }
  expect(summary(addCounts(counts, counts, { passed: 1, failed: 0, skipped: 0 }))).toBe(
    '3 passed, 4 failed, 6 skipped',
  )
})
