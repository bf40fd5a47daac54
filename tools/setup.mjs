/** Installs what package-lock.json names when it is not in node_modules yet; plain JavaScript, for any Node from 18 on, which is told that it is too old. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {Map<string, { id: string, optional: boolean }>} Packages version and hash by path in node_modules */

/**
 * The Node that all scripts run on: the `node` package, whatever the machine has.
 * @param {string} root
 */
export function nodePath(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/**
 * What a lock says is installed, without the fields that differ between npm versions.
 * @param {string} lockText
 * @returns {Packages}
 */
export function lockedPackages(lockText) {
  /** @type {{ packages?: Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }> }} */
  const lock = JSON.parse(lockText)
  const packages = Object.entries(lock.packages ?? {}).filter(([path]) => path !== '')
  return new Map(
    packages.map(([path, { version, integrity, optional, devOptional }]) => [
      path,
      { id: `${version} ${integrity}`, optional: Boolean(optional || devOptional) },
    ]),
  )
}

/**
 * True when every locked package is there; npm leaves out optional ones that are for other platforms.
 * @param {Packages} locked
 * @param {Packages} installed
 */
export function isInstalled(locked, installed) {
  for (const [path, { id, optional }] of locked) {
    const found = installed.get(path)
    if (found ? found.id !== id : !optional) return false
  }
  return [...installed.keys()].every((path) => locked.has(path))
}

/**
 * @param {Packages} a
 * @param {Packages} b
 */
function sameLock(a, b) {
  return a.size === b.size && [...a].every(([path, { id }]) => b.get(path)?.id === id)
}

/** With an older one npm leaves out packages for this very platform that the build needs, and says nothing. */
const oldestNode = [20, 19]

function isNodeTooOld() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor)
}

/** @param {string} root */
function runNpm(root) {
  // `npm ci` is stricter but stops when the registry lacks another platform's optional package.
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error']
  const npmScript = process.env.npm_execpath
  // Under `npm test` this is the very npm that runs us, even where another one is first on PATH.
  const ownNpm = npmScript?.endsWith('npm-cli.js') ? [npmScript] : []
  const command = ownNpm.length > 0 ? process.execPath : 'npm'
  // Tools such as vite and vitest are devDependencies: a NODE_ENV=production around us must not drop them.
  const env = { ...process.env, NODE_ENV: '', npm_config_omit: '', npm_config_include: 'dev' }
  const shell = command === 'npm' && process.platform === 'win32'
  return spawnSync(command, [...ownNpm, ...args], {
    cwd: root,
    env,
    shell,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
}

/**
 * Returns undefined when all is installed, else one sentence saying what is wrong.
 * @param {string} root
 * @returns {string | undefined}
 */
export function setUp(root) {
  const lockFile = join(root, 'package-lock.json')
  // npm writes this copy last, so it doubles as the mark of a finished installation.
  const installedFile = join(root, 'node_modules', '.package-lock.json')
  const lockText = readFileSync(lockFile, 'utf8')
  const locked = lockedPackages(lockText)
  const complete = () =>
    existsSync(installedFile) &&
    existsSync(nodePath(root)) &&
    isInstalled(locked, lockedPackages(readFileSync(installedFile, 'utf8')))
  if (complete()) return undefined
  if (isNodeTooOld())
    return `To install, Node ${oldestNode.join('.')} or later is needed; this is ${process.versions.node}. sync-server/deploy/README.md says how it goes with Debian's older one.`

  console.log('Installing what package-lock.json names (this takes a minute the first time)…')
  const { status, error } = runNpm(root)
  if (error && 'code' in error && error.code === 'ENOENT')
    return 'npm was not found; install Node.js with npm, then run this again.'
  if (status !== 0) return 'npm could not install the packages; its own message is above. Is there a network?'
  const lockTextAfter = readFileSync(lockFile, 'utf8')
  if (lockTextAfter !== lockText) {
    // Put back so that the same answer comes next time instead of a silent pass on a lock nobody committed.
    writeFileSync(lockFile, lockText)
    if (!sameLock(locked, lockedPackages(lockTextAfter)))
      return 'package.json and package-lock.json disagree: run `npm install`, look at what changed in the lock, and commit both.'
  }
  if (!existsSync(nodePath(root)))
    return 'The Node that comes as a package is missing; it needs its install script: run `npm install --ignore-scripts=false --foreground-scripts`.'
  return undefined
}
