/** The simulation can fail: planted faults are caught; `npm run sim -- --mutants` says by which seed and sentence. */

import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { plantMutant } from './plant.ts'
import { plantedSources } from './planted-sources.ts'

/** Seeds that catch soon; the tool tries fifty. */
const seeds = [3, 2, 1, 13, 45]

test.each(mutants)('planted in the harness, «%s» is caught', async (mutant) => {
  expect(await plantMutant(mutant, seeds)).not.toBeNull()
})

/** Whether each is caught takes minutes: the tool says it. */
test.each(plantedSources)('«$name» can still be planted in $file', async ({ file, from }) => {
  const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')
  expect(source.split(from)).toHaveLength(2)
})
