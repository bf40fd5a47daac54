/** `npm run fuzz -- --inputs N [--seed S] [NAME…]`: every decoder, or those named, over N changed inputs each. */
import { parseArgs } from 'node:util'
import { fuzz } from '../tests/support/fuzz.ts'
import { decoderTargets } from '../tests/support/fuzz-decoders.ts'
import { liveTarget } from '../tests/support/fuzz-live.ts'
import { packetTarget } from '../tests/support/fuzz-packets.ts'
import { gateTarget, updateTarget } from '../tests/support/fuzz-updates.ts'

const { values, positionals } = parseArgs({
  options: { inputs: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
})
const inputs = values.inputs === undefined ? null : Number(values.inputs)
const seed = Number(values.seed)
if ((inputs !== null && !(Number.isSafeInteger(inputs) && inputs > 0)) || !Number.isSafeInteger(seed)) {
  console.error('Say how many: npm run fuzz -- --inputs N [--seed S] [NAME…]')
  process.exit(2)
}

const all = [
  await updateTarget(),
  await gateTarget(),
  ...(await decoderTargets()),
  liveTarget(),
  packetTarget(),
]
const targets = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
if (targets.length === 0) {
  console.error(`There is no such decoder; there is: ${all.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

let total = 0
let broken = 0
for (const target of targets) {
  try {
    const outcome = await fuzz(target, inputs ?? target.inputs, seed)
    total += outcome.inputs
    console.log(
      `${target.name}: ${outcome.inputs} inputs, ${outcome.accepted} taken, ${(outcome.ms / 1000).toFixed(1)} s`,
    )
  } catch (error) {
    broken++
    console.error(error instanceof Error ? error.message : error)
  }
}
console.log(
  broken === 0
    ? `fuzz: ${total} inputs, nothing broke (seed ${seed})`
    : `fuzz: ${broken} of ${targets.length} broke (seed ${seed})`,
)
process.exitCode = broken === 0 ? 0 : 1
