/** Plants faults and says which seed caught each, and by which sentence. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Mutant, mutants, troublesFor } from './mutants.ts'
import { type PlantedSource, plantedSources } from './planted-sources.ts'
import { simulate } from './simulation.ts'

export type Caught = { seed: number; sentence: string } | null

const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** Seeds in a process of its own, whose sources have the fault in them where there is one. */
const runSeeds = async (
  plant: string | null,
  troubles: PlantedSource['troubles'],
  seeds: readonly number[],
): Promise<Caught> => {
  const script = [
    pathOf('./run-seeds.ts'),
    JSON.stringify({ people: true, ...troubles }),
    ...seeds.map(String),
  ]
  const planting = plant === null ? [] : ['--import', pathOf('./plant-source.ts')]
  const env = { ...process.env, TADAMUN_PLANT: plant ?? '' }
  const { stdout } = await promisify(execFile)(process.execPath, [...planting, ...script], { env })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Caught
}

/** What fails without the fault as well says nothing of it. */
const insistControl = (name: string, failure: string | null): void => {
  if (failure) throw new Error(`«${name}» was not caught: without it the seed fails too, ${failure}`)
}

export const plantSource = async (
  { name, troubles }: PlantedSource,
  seeds: readonly number[],
): Promise<Caught> => {
  const caught = await runSeeds(name, troubles, seeds)
  if (caught) insistControl(name, (await runSeeds(null, troubles, [caught.seed]))?.sentence ?? null)
  return caught
}

export const plantMutant = async (
  mutant: Mutant,
  seeds: readonly number[],
  steps?: number,
): Promise<Caught> => {
  for (const seed of seeds) {
    const { failure } = await simulate(seed, { mutant, ...(steps ? { steps } : {}) })
    if (failure) return { seed, sentence: failure.message.split('\n')[0] ?? '' }
  }
  return null
}

/** Each as it is known: first those of the harness, then those in sources, of which two run at any time. */
export async function* plantAll(seeds: readonly number[]): AsyncGenerator<{ name: string; caught: Caught }> {
  for (const mutant of mutants) {
    const caught = await plantMutant(mutant, seeds)
    const control = caught && (await simulate(caught.seed, { troubles: troublesFor[mutant] }))
    insistControl(mutant, control?.failure?.message ?? null)
    yield { name: mutant, caught }
  }
  const left = [...plantedSources]
  const running = new Map<string, Promise<{ name: string; caught: Caught }>>()
  const plantNext = (): void => {
    const source = left.shift()
    if (!source) return
    const { name } = source
    running.set(
      name,
      plantSource(source, seeds).then((caught) => ({ name, caught })),
    )
  }
  plantNext()
  plantNext()
  while (running.size > 0) {
    const known = await Promise.race(running.values())
    running.delete(known.name)
    plantNext()
    yield known
  }
}
