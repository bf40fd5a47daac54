/** One run of the simulation: a network founded, troubled by chance, healed, and judged. */

import { Chance, seedCrypto } from './chance.ts'
import { heal } from './healing.ts'
import { type Mutant, mutatePhone } from './mutants.ts'
import { chooseTroubles, join, step } from './schedule.ts'
import { Village } from './village.ts'

export interface Verdict {
  seed: number
  /** null = all held; else what did not, and what had been done */
  failure: { message: string; story: string[] } | null
}

const begin = async (village: Village): Promise<void> => {
  const founder = await village.addPhone(village.relays[0])
  await founder.phone.found(village.text('شبكة'))
  if (village.mutant) mutatePhone(village.mutant, founder.phone)
  await join(village, founder, 'coordinator')
  await join(village, founder)
}

export const simulate = async (seed: number, steps = 40, mutant: Mutant | null = null): Promise<Verdict> => {
  const chance = new Chance(seed)
  const restoreCrypto = seedCrypto(new Chance(seed ^ 0x5eed))
  const village = new Village(chance, mutant)
  const troubles = chooseTroubles(village)
  village.story.push(JSON.stringify(troubles))
  try {
    await begin(village)
    for (let i = 0; i < steps; i++) await step(village, troubles)
    await heal(village)
    return { seed, failure: null }
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { seed, failure: { message, story: village.story } }
  } finally {
    await village.end().catch((error: unknown) => village.story.push(`end: ${String(error)}`))
    restoreCrypto()
  }
}
