/** `node THIS TROUBLES SEED…`: runs seeds until one fails; the last line is JSON, null when all held. */

import { simulate } from './simulation.ts'

const [troubles = '{}', ...seeds] = process.argv.slice(2)
let caught: { seed: number; sentence: string } | null = null
for (const seed of seeds.map(Number)) {
  const { failure } = await simulate(seed, { troubles: JSON.parse(troubles) })
  if (!failure) continue
  caught = { seed, sentence: failure.message.split('\n')[0] ?? '' }
  break
}
console.log(JSON.stringify(caught))
process.exit(0)
