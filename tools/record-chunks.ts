/**
 * Which chunk a file of `src/records` comes in: `records` is what the engine imports at its start, `later-records` what
 * it fetches beside it. What only screens ask comes with them. (docs/decisions/0020-what-a-first-visit-loads.md)
 */

import type { Plugin, Rolldown } from 'vite'

const isRecord = /\/node_modules\/valibot\/|\/src\/records\/|\/src\/i18n\/fold/

const ofWindow = /\/src\/(?:app|screens|components|hooks)\//

/** Ids of an entry's module and of all that it imports, without what it imports later. */
const closures = new WeakMap<Rolldown.ChunkingContext, Map<string, Set<string>>>()

export const closureOf = (entry: string, context: Rolldown.ChunkingContext): Set<string> => {
  const known = closures.get(context) ?? new Map<string, Set<string>>()
  closures.set(context, known)
  const kept = known.get(entry)
  if (kept) return kept
  const closure = new Set([entry])
  for (const id of closure) for (const each of context.getModuleInfo(id)?.importedIds ?? []) closure.add(each)
  known.set(entry, closure)
  return closure
}

/**
 * Groups in this order: a chunk takes along what its files import and no earlier one has. So all that engine and later
 * records share is in the first one, records or not. `root`: of the checkout.
 */
export const recordChunks = (root: string) => {
  type Context = Rolldown.ChunkingContext
  const inEngine = (id: string, context: Context) => closureOf(`${root}/src/engine/start.ts`, context).has(id)
  const inLater = (id: string, context: Context) =>
    closureOf(`${root}/src/records/later-records.ts`, context).has(id)
  return [
    {
      name: (id: string, context: Context) =>
        inEngine(id, context) && (isRecord.test(id) || inLater(id, context)) ? 'records' : null,
    },
    { name: (id: string, context: Context) => (inLater(id, context) ? 'later-records' : null) },
  ]
}

/**
 * Vite plugin: no build in which the engine waits for the later records, a screen would run the engine, or what the engine
 * fetches would need a window.
 */
export const separateRecords = (): Plugin => ({
  name: 'tadamun-separate-records',
  generateBundle(_options, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
    const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
    for (const { name, fileName, moduleIds } of chunks) {
      const loaded = new Set([fileName])
      for (const each of loaded) for (const next of byFile.get(each)?.imports ?? []) loaded.add(next)
      const names = Array.from(loaded, (each) => byFile.get(each)?.name)
      if (moduleIds.some((id) => ofWindow.test(id)) && names.includes('engine'))
        this.error(
          `${name} would run the engine in the page: what both need belongs into a chunk of their own`,
        )
      if (name === 'engine' && names.includes('later-records'))
        this.error('the engine would wait for later-records: it may import nothing but their types')
    }
    const inWorker = new Set(chunks.filter(({ name }) => name === 'engine').map(({ fileName }) => fileName))
    for (const each of inWorker) {
      const { imports = [], dynamicImports = [] } = byFile.get(each) ?? {}
      for (const next of [...imports, ...dynamicImports]) inWorker.add(next)
    }
    for (const { name, fileName, moduleIds } of chunks) {
      const id = inWorker.has(fileName) && moduleIds.find((id) => ofWindow.test(id))
      if (id) this.error(`the engine would fetch ${name}, where ${id} is, which needs a window`)
    }
  },
})
