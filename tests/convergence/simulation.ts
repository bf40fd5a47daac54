/** One run of the simulation: a network founded, troubled by chance, healed, and judged. */

import './light-machinery.ts'
import './light-database.ts'
import { Chance } from './chance.ts'
import { heal } from './healing.ts'
import { forgetCounts, type Mutant, unseal } from './mutants.ts'
import { chooseTroubles, join, step, type Troubles } from './schedule.ts'
import { seedCrypto } from './seeded-crypto.ts'
import { Village } from './village.ts'

export interface Verdict {
  seed: number
  /** null = all held; else what did not, and what had been done */
  failure: { message: string; story: string[] } | null
}

const begin = async (village: Village): Promise<void> => {
  const founder = await village.addPhone(village.relays[0])
  await founder.phone.found(village.text('شبكة'))
  village.promoted.add(founder.phone.place.deviceId)
  await join(village, founder, 'coordinator')
  await join(village, founder)
}

const noMending = () => undefined
/** Faults that are in all phones at once; each gives what takes it out again. */
const plantEverywhere: Partial<Record<Mutant, () => () => void>> = {
  'sealing leaves words readable': unseal,
  'edits are merged by the clock': forgetCounts,
}

export interface Wishes {
  steps?: number
  mutant?: Mutant | null
  /** instead of what chance would give */
  troubles?: Partial<Troubles>
}

export const simulate = async (
  seed: number,
  { steps = 40, mutant = null, troubles: wished = {} }: Wishes = {},
): Promise<Verdict> => {
  const chance = new Chance(seed)
  const restoreCrypto = seedCrypto(new Chance(seed ^ 0x5eed))
  const mend = mutant ? (plantEverywhere[mutant]?.() ?? noMending) : noMending
  const village = new Village(chance, mutant)
  const troubles = { ...chooseTroubles(village, seed), ...wished }
  // a relay that begins with nothing is filled in every fourth run; each start of a phone costs
  village.usesBothRelays = troubles.twoRelays || seed % 4 === 3
  village.story.push(JSON.stringify(troubles))
  try {
    await begin(village)
    for (let i = 0; i < steps; i++) await step(village, troubles)
    await heal(village, troubles.live)
    return { seed, failure: null }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { seed, failure: { message, story: village.story } }
  } finally {
    await village.end().catch((error: unknown) => village.story.push(`end: ${String(error)}`))
    mend()
    restoreCrypto()
  }
}
