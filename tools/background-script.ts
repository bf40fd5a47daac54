/** Vite plugin: builds the second script of the service worker, which exchanges while no page is open. */

import { fileURLToPath } from 'node:url'
import { build, type Plugin, type UserConfig } from 'vite'
import { plainPrivates } from './plain-privates.ts'

const entry = fileURLToPath(new URL('../src/service-worker/background.ts', import.meta.url))

/** Its name is fixed, as that of the first: a browser compares both when it looks for a newer version. */
export const backgroundScript = 'sw-background.js'

export const backgroundScriptPlugin = (define: NonNullable<UserConfig['define']>): Plugin => ({
  name: 'tadamun-background-script',
  apply: 'build',
  async generateBundle() {
    const built = await build({
      configFile: false,
      logLevel: 'warn',
      define,
      plugins: [plainPrivates()],
      build: {
        write: false,
        modulePreload: false,
        target: ['chrome100', 'safari15.4', 'firefox114'],
        rolldownOptions: { input: entry, output: { format: 'iife' } },
      },
    })
    const [chunk] = 'output' in built ? built.output : []
    if (chunk?.type !== 'chunk') throw new Error('one entry is built into one script')
    this.emitFile({ type: 'asset', fileName: backgroundScript, source: chunk.code })
  },
})
