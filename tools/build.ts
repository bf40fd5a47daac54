/** Builds the app into dist, always when run by itself, and only when its sources changed when asked by another tool. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

/** Everything that can change what is built; plugins of vite.config.ts live in tools. */
const sources = [
  'src',
  'public',
  'locales',
  'sync-server/protocol',
  'tools',
  'index.html',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
]
const stampFile = join(root, 'node_modules', '.cache', 'tadamun', 'built')

function listFiles(path: string): string[] {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path).flatMap((name) => listFiles(join(path, name)))
}

/** SHA-256 over names and contents, so that a deleted file or a checkout with new times is seen for what it is. */
function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => listFiles(join(root, source))).sort()) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function isBuilt(print: string): boolean {
  return (
    existsSync(join(root, 'dist', 'index.html')) &&
    existsSync(stampFile) &&
    readFileSync(stampFile, 'utf8') === print
  )
}

/** Builds; false when vite failed, whose message is then on the terminal. */
export function build(): boolean {
  const print = fingerprint()
  rmSync(stampFile, { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  // A test runner around us sets NODE_ENV=test, which would build a slower app than the one people get.
  const env = { ...process.env, NODE_ENV: 'production' }
  const { status } = spawnSync(process.execPath, [vite, 'build'], { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) return false
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, print)
  return true
}

/** Makes sure that dist is what the sources say; false when that failed. */
export function buildIfNeeded(): boolean {
  return isBuilt(fingerprint()) || build()
}

if (import.meta.main && !build()) process.exitCode = 1
