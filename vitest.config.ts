/** The kinds of tests: each is a project, so that `npm test -- contracts` runs one of them. */
import { defineConfig } from 'vitest/config'

const minuteMs = 60_000

/** Kinds in a folder of their own under tests/; every other *.test.ts is a unit test. */
const timeoutsMs = {
  contracts: minuteMs / 2,
  convergence: 6 * minuteMs,
  fuzz: 4 * minuteMs,
  browser: 3 * minuteMs,
}

export default defineConfig({
  test: {
    environment: 'node',
    globals: false,
    passWithNoTests: true,
    // usually one core is left free, which on two cores is half of them
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: Object.keys(timeoutsMs).map((folder) => `tests/${folder}/**`),
          testTimeout: minuteMs / 4,
        },
      },
      ...Object.entries(timeoutsMs).map(([name, timeoutMs]) => ({
        test: {
          name,
          include: [`tests/${name}/**/*.test.ts`],
          testTimeout: timeoutMs,
          hookTimeout: timeoutMs,
          // the simulation makes much that does not last: a larger nursery takes a tenth off it
          execArgv: name === 'convergence' ? ['--min-semi-space-size=64', '--max-semi-space-size=128'] : [],
          // what is waited for comes when the machine has time; the usual second is for a quiet one
          expect: { poll: { timeout: minuteMs / 4 } },
        },
      })),
    ],
  },
})
