/** A share of the seeds that every run of the tests tries: one file each, so that they run beside each other. */

import { describe, expect, test } from 'vitest'
import { simulate } from './simulation.ts'

const shareOf = 30
const seedsInTest = 5

const failures = async (some: readonly number[]): Promise<string[]> => {
  const failed: string[] = []
  for (const seed of some) {
    const { failure } = await simulate(seed)
    if (failure) failed.push(`seed ${seed}: ${failure.message}\n${failure.story.join('\n')}`)
  }
  return failed
}

/** The 30 seeds from `share` × 30 + 1 on, as tests. */
export const holdSeeds = (share: number): void => {
  describe('whatever happens to lines, relays, disks, clocks and people, nothing that was saved is lost and all phones agree', () => {
    const from = share * shareOf + 1
    for (let first = from; first < from + shareOf; first += seedsInTest) {
      const some = Array.from({ length: seedsInTest }, (_, i) => first + i)
      test(`in runs ${first} to ${first + seedsInTest - 1}`, async () => {
        expect(await failures(some)).toEqual([])
      })
    }
  })
}
