/** `npm run bench -- NAME [--json]`: runs the measurement of that name, which is a file in tools/bench. */
import { existsSync, globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.ts'

/** What every measurement is given; with `isJson` its last line is one JSON object and nothing else is printed. */
export type BenchOptions = { isJson: boolean; args: string[] }
type Bench = { default: (options: BenchOptions) => Promise<void> }

const [name, ...args] = process.argv.slice(2)
const file = join(root, 'tools', 'bench', `${name}.ts`)
if (!name || !existsSync(file)) {
  const names = globSync('tools/bench/*.ts', { cwd: root }).map((path) => basename(path, '.ts'))
  console.error(
    `Say which one: npm run bench -- NAME [--json]; there is: ${names.sort().join(', ') || 'none yet'}`,
  )
  process.exit(2)
}
const bench = (await import(pathToFileURL(file).href)) as Bench
await bench.default({ isJson: args.includes('--json'), args: args.filter((arg) => arg !== '--json') })
