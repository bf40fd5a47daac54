/** Checks form and dead code: biome, then knip; both run even if the first complains. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './root.ts'

function run(script: string, args: string[]): boolean {
  const file = join(root, 'node_modules', script)
  return spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' }).status === 0
}

const isTidy = run('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])
const isAllUsed = run('knip/bin/knip.js', ['--no-progress'])
if (!isTidy || !isAllUsed) process.exitCode = 1
