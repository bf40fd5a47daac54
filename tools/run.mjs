/** Runs a tool on the project's own Node 24: `node tools/run.mjs NAME …` runs tools/NAME.ts, or a program from node_modules/.bin. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodePath, setUp } from './setup.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const [name, ...args] = process.argv.slice(2)

if (!name) {
  console.error('Say what to run: node tools/run.mjs NAME [arguments]')
  process.exit(2)
}
const fault = setUp(root)
if (fault) {
  console.error(fault)
  process.exit(1)
}

const script = join(root, 'tools', `${name}.ts`)
const bin = join(root, 'node_modules', '.bin')
const path = [dirname(nodePath(root)), bin, process.env.PATH ?? ''].join(delimiter)
const onWindows = process.platform === 'win32'
const isScript = existsSync(script)
if (!isScript && !existsSync(join(bin, onWindows ? `${name}.cmd` : name))) {
  console.error(`There is no tool "${name}": neither tools/${name}.ts nor a program of that name is here.`)
  process.exit(2)
}
const child = spawn(isScript ? nodePath(root) : name, isScript ? [script, ...args] : args, {
  cwd: root,
  env: { ...process.env, PATH: path },
  shell: onWindows && !isScript,
  stdio: 'inherit',
})

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => child.kill(signal))
// npm starts us through a shell that dies of a signal without passing it on; without this, killing npm would
// leave the relay running. Started by hand we may outlive our parent, as with nohup.
const parent = process.ppid
if (process.env.npm_lifecycle_event)
  setInterval(() => process.ppid === parent || child.kill('SIGTERM'), 500).unref()
child.on('error', (error) => {
  console.error(`Could not run ${name}: ${error.message}`)
  process.exit(1)
})
child.on('exit', (code, signal) => {
  process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1))
})
