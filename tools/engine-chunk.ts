/** Vite plugin: the engine's worker is built together with the page, so that both load one copy of Dexie and the records. */

import type { Plugin } from 'vite'

const entry = '/src/engine/start.ts'
const asked = 'virtual:engine-url'

/** `import engineUrl from 'virtual:engine-url'` gives the address for `new Worker(engineUrl, { type: 'module' })`. */
export const engineChunk = (): Plugin => {
  let isBuild = false
  return {
    name: 'tadamun-engine-chunk',
    configResolved(config) {
      isBuild = config.command === 'build'
    },
    resolveId(id) {
      return id === asked ? `\0${asked}` : undefined
    },
    load(id) {
      if (id !== `\0${asked}`) return undefined
      if (!isBuild) return `export default ${JSON.stringify(`${entry}?worker_file&type=module`)}`
      const reference = this.emitFile({ type: 'chunk', id: entry, name: 'engine' })
      return `export default import.meta.ROLLUP_FILE_URL_${reference}`
    },
  }
}
