/** `npm run sim -- [--seeds N] [--seed S] [--steps N]`: runs the simulation of tests/convergence; the last line is the verdict. */

import { parseArgs } from 'node:util'
import { simulate } from '../tests/convergence/simulation.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '40' },
    story: { type: 'boolean', default: false },
  },
})
const first = Number(values.seed)
const count = process.argv.includes('--seed') && !process.argv.includes('--seeds') ? 1 : Number(values.seeds)
const failed: number[] = []
const startMs = performance.now()
for (let seed = first; seed < first + count; seed++) {
  if (values.story) console.log(`seed ${seed}`)
  const { failure } = await simulate(seed, Number(values.steps))
  if (!failure) continue
  failed.push(seed)
  if (values.story) console.log(failure.story.join('\n'))
  console.log(`seed ${seed}: ${failure.message}`)
}
const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
console.log(
  failed.length === 0
    ? `all ${count} seeds hold (${seconds} s)`
    : `${failed.length} of ${count} seeds failed: ${failed.join(', ')} (${seconds} s)`,
)
process.exit(failed.length === 0 ? 0 : 1)
