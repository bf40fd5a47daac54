/** Sums what test runners report, so that nothing that went wrong can be missing from the last line of `npm test`. */

export type Counts = { passed: number; failed: number; skipped: number }

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[]
}

export function addCounts(...all: Counts[]): Counts {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const counts of all) {
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
  }
  return total
}

export function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

function parseReport(text: string | undefined): Report | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Report
  } catch {
    // A runner that was killed while writing leaves half a report: the same as none.
    return undefined
  }
}

/**
 * Counts of one vitest run from its JSON report (undefined: it wrote none) and whether it ended with exit code 0.
 * A file that broke before its first test counts as one failed test, and so does a run that failed without saying where.
 */
export function countReport(text: string | undefined, isGood: boolean): Counts {
  const report = parseReport(text)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const failed = report.numFailedTests + brokenFiles
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !isGood ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** Paths of the test files in which something failed; none where no report says so. */
export function failedFiles(text: string | undefined): string[] {
  const results = parseReport(text)?.testResults ?? []
  return results.filter(({ status }) => status === 'failed').map(({ name }) => name)
}

/** What {@link countReport} says of the files that are not among `files`. */
export function countOthers(text: string | undefined, files: readonly string[]): Counts {
  const others = (parseReport(text)?.testResults ?? []).filter(({ name }) => !files.includes(name))
  const statuses = others.flatMap(({ assertionResults }) => assertionResults.map(({ status }) => status))
  const passed = statuses.filter((status) => status === 'passed').length
  const failed = statuses.filter((status) => status === 'failed').length
  return { passed, failed, skipped: statuses.length - passed - failed }
}
