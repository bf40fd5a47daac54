/** `npm run sim -- [--seeds N] [--seed S] [--steps N] [--mutants]`: runs the simulation of tests/convergence; the last line is the verdict. */

import { parseArgs } from 'node:util'
import { plantAll } from '../tests/convergence/plant.ts'
import { simulate } from '../tests/convergence/simulation.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '40' },
    /** prints what was done in failed runs */
    story: { type: 'boolean', default: false },
    /** plants faults instead: how many of them are caught */
    mutants: { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const count = process.argv.includes('--seed') && !process.argv.includes('--seeds') ? 1 : Number(values.seeds)
const seeds = Array.from({ length: count }, (_, i) => first + i)
const steps = Number(values.steps)
const startMs = performance.now()
const seconds = () => `${((performance.now() - startMs) / 1000).toFixed(1)} s`

/** Seeds that every planted fault gets. */
const plantedSeeds = 50

const runMutants = async (): Promise<boolean> => {
  let planted = 0
  let found = 0
  for await (const { name, caught, failing } of plantAll(seeds.slice(0, plantedSeeds))) {
    for (const { seed, sentence } of failing)
      console.log(`${name}: seed ${seed} fails without it as well, ${sentence}`)
    planted++
    if (caught) found++
    console.log(`${name}: ${caught ? `caught by seed ${caught.seed}, ${caught.sentence}` : 'NOT CAUGHT'}`)
  }
  console.log(`${found} of ${planted} planted faults caught (${seconds()})`)
  return found === planted
}

const runSeeds = async (): Promise<boolean> => {
  const failed: number[] = []
  for (const seed of seeds) {
    const { failure } = await simulate(seed, { steps })
    if (!failure) continue
    failed.push(seed)
    if (values.story) console.log(failure.story.join('\n'))
    console.log(`seed ${seed}: ${failure.message}`)
  }
  const verdict = failed.length === 0 ? 'hold' : `and ${failed.length} failed: ${failed.join(', ')}`
  console.log(`${failed.length === 0 ? 'all ' : ''}${seeds.length} seeds ${verdict} (${seconds()})`)
  return failed.length === 0
}

process.exit((await (values.mutants ? runMutants() : runSeeds())) ? 0 : 1)
