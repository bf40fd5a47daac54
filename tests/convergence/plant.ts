/** Plants faults and says which seed caught each, and by which sentence. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Mutant, mutants, troublesFor } from './mutants.ts'
import { type PlantedSource, plantedSources } from './planted-sources.ts'
import { simulate } from './simulation.ts'

export type Caught = { seed: number; sentence: string } | null

const firstSentence = (seed: number, failure: { message: string } | null): Caught =>
  failure && { seed, sentence: failure.message.split('\n')[0] ?? '' }

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

/** `failing`: seeds that fail without the fault as well, which says nothing of it, with the sentence by which they do. */
export interface Planted {
  caught: Caught
  failing: readonly NonNullable<Caught>[]
}

/** The first seed that fails with the fault and holds without it. */
const firstToTell = async (
  seeds: readonly number[],
  withFault: (seeds: readonly number[]) => Promise<Caught>,
  without: (seed: number) => Promise<Caught>,
): Promise<Planted> => {
  const failing: NonNullable<Caught>[] = []
  for (let left = seeds; left.length > 0; ) {
    const caught = await withFault(left)
    const control = caught && (await without(caught.seed))
    if (!control) return { caught, failing }
    failing.push(control)
    left = left.slice(left.indexOf(control.seed) + 1)
  }
  return { caught: null, failing }
}

export const plantSource = ({ name, troubles }: PlantedSource, seeds: readonly number[]): Promise<Planted> =>
  firstToTell(
    seeds,
    (left) => runSeeds(name, troubles, left),
    (seed) => runSeeds(null, troubles, [seed]),
  )

export const plantMutant = async (
  mutant: Mutant,
  seeds: readonly number[],
  steps?: number,
): Promise<Caught> => {
  for (const seed of seeds) {
    const { failure } = await simulate(seed, { mutant, ...(steps ? { steps } : {}) })
    if (failure) return firstSentence(seed, failure)
  }
  return null
}

/** Each as it is known: first those of the harness, then those in sources, of which two run at any time. */
export async function* plantAll(seeds: readonly number[]): AsyncGenerator<Planted & { name: string }> {
  for (const mutant of mutants) {
    const planted = await firstToTell(
      seeds,
      (left) => plantMutant(mutant, left),
      async (seed) => firstSentence(seed, (await simulate(seed, { troubles: troublesFor[mutant] })).failure),
    )
    yield { name: mutant, ...planted }
  }
  const left = [...plantedSources]
  const running = new Map<string, Promise<Planted & { name: string }>>()
  const plantNext = (): void => {
    const source = left.shift()
    if (!source) return
    const { name } = source
    running.set(
      name,
      plantSource(source, seeds).then((planted) => ({ name, ...planted })),
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
