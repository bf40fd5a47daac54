/** `npm test [-- STEP… or FILE…]`: runs every check there is, one after the other, and ends with one line of sums. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { findChromium, findHeadlessShell } from '../tests/support/chromium.ts'
import { findNatsServer, natsCacheFolder } from '../tests/support/nats-server.ts'
import { buildIfNeeded } from './build.ts'
import { root } from './root.ts'
import { addCounts, type Counts, countOthers, countReport, failedFiles, summary } from './test-counts.ts'

/** Longer than all of `npm test` may take; only there so that a runner that hangs still ends in a report. */
const stepTimeoutMs = 30 * 60_000
/** Where more files than this fail, it is no chance. */
const mostAgain = 3
const nodeKinds = ['unit', 'contracts', 'convergence', 'fuzz']
const kinds = [...nodeKinds, 'browser']
const steps = ['types', 'lint', ...kinds]

const asked = process.argv.slice(2)
const askedSteps = asked.filter((name) => steps.includes(name))
const filters = asked.filter((name) => !steps.includes(name))
// A file name alone means "this test", not "this test after type-checking the world".
const wanted = new Set(askedSteps.length > 0 ? askedSteps : filters.length > 0 ? kinds : steps)

let running: ChildProcess | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    running?.kill('SIGTERM')
    process.exit(1)
  })

async function runNode(script: string, args: string[]): Promise<boolean> {
  running = spawn(process.execPath, [join(root, script), ...args], {
    cwd: root,
    stdio: 'inherit',
    timeout: stepTimeoutMs,
    killSignal: 'SIGKILL',
  })
  const [code, signal] = await once(running, 'exit')
  running = undefined
  if (signal) console.error(`${script} was ended by ${signal}.`)
  return code === 0
}

function check(isGood: boolean): Counts {
  return { passed: Number(isGood), failed: Number(!isGood), skipped: 0 }
}

/** What vitest reported, as text if it wrote anything, and whether it ended well. */
async function runVitest(
  projects: string[],
  files: readonly string[] = filters,
): Promise<{ text: string | undefined; isGood: boolean }> {
  const folder = mkdtempSync(join(tmpdir(), 'tadamun-test-'))
  const report = join(folder, 'report.json')
  try {
    const isGood = await runNode('node_modules/vitest/vitest.mjs', [
      'run',
      ...projects.flatMap((project) => ['--project', project]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...files,
    ])
    return { text: existsSync(report) ? readFileSync(report, 'utf8') : undefined, isGood }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const isRoot = process.getuid?.() === 0
const hasProgram = (name: string, args: string[]) => spawnSync(name, args, { stdio: 'ignore' }).status === 0

/** Runs apt-get as root, with or without sudo; false when that is not possible here. */
function aptGet(args: string[]): boolean {
  const command = isRoot ? ['apt-get', ...args] : ['sudo', '-n', 'apt-get', ...args]
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command[0] ?? '', command.slice(1), { stdio: 'inherit', env }).status === 0
}

function canInstall(): boolean {
  return hasProgram('apt-get', ['--version']) && (isRoot || hasProgram('sudo', ['-n', 'true']))
}

/** Makes sure there is a Chromium, from Debian's packages where that is possible; false when there is none. */
function haveChromium(): boolean {
  if (findChromium()) return true
  if (process.env.CHROME_PATH) {
    console.error(`CHROME_PATH says ${process.env.CHROME_PATH}, but there is no such file.`)
    return false
  }
  if (canInstall()) {
    console.log('Installing Chromium for the browser tests (apt-get)…')
    aptGet(['update'])
    aptGet(['install', '-y', '--no-install-recommends', 'chromium'])
    if (findChromium()) return true
  }
  console.error(
    'The browser tests need Chromium or Chrome, and none was found here. Install one of them ' +
      '(Debian: `sudo apt-get install chromium`; other systems: https://www.google.com/chrome), ' +
      'or set CHROME_PATH to where it is, and run npm test again.',
  )
  return false
}

/**
 * Debian's package, unpacked and not installed: an installed one would start a server of its own on this machine.
 * Without apt-get the tests that need it say so themselves.
 */
function fetchNatsServer(): void {
  if (findNatsServer() || !hasProgram('apt-get', ['--version'])) return
  console.log("Fetching Debian's nats-server for the tests of the JetStream store (apt-get)…")
  const folder = mkdtempSync(join(tmpdir(), 'tadamun-nats-'))
  const download = () =>
    spawnSync('apt-get', ['download', 'nats-server'], { cwd: folder, stdio: 'inherit' }).status === 0
  try {
    if (!download() && canInstall() && aptGet(['update'])) download()
    for (const name of globSync('nats-server_*.deb', { cwd: folder })) {
      mkdirSync(natsCacheFolder, { recursive: true })
      spawnSync('dpkg-deb', ['-x', join(folder, name), natsCacheFolder], { stdio: 'inherit' })
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Two thirds of the work of the whole browser; where it cannot be had, that does as well. */
function fetchHeadlessShell(): void {
  if (process.env.CHROME_PATH || findHeadlessShell() || !canInstall()) return
  console.log("Installing Debian's chromium-headless-shell for the browser tests (apt-get)…")
  aptGet(['install', '-y', '--no-install-recommends', 'chromium-headless-shell'])
}

/** The tests that run in Node, of the kinds that were asked for. */
async function runInNode(): Promise<Counts> {
  const asked = nodeKinds.filter((kind) => wanted.has(kind))
  if (asked.some((kind) => kind === 'unit' || kind === 'contracts')) fetchNatsServer()
  const { text, isGood } = await runVitest(asked)
  return countReport(text, isGood)
}

async function runBrowser(): Promise<Counts> {
  const files = globSync('tests/browser/**/*.test.ts', { cwd: root })
  const isAsked = (file: string) => filters.length === 0 || filters.some((filter) => file.includes(filter))
  if (!files.some(isAsked)) return addCounts()
  if (!haveChromium()) return check(false)
  fetchHeadlessShell()
  if (!buildIfNeeded()) {
    console.error('The app could not be built, so the browser tests did not run.')
    return check(false)
  }
  const first = await runVitest(['browser'])
  const failed = failedFiles(first.text)
  if (failed.length === 0 || failed.length > mostAgain) return countReport(first.text, first.isGood)
  // A browser on a machine that others use is late now and then. What fails twice is a fault; what does not is named.
  const names = failed.map((file) => relative(root, file)).join(', ')
  console.log(`\n── browser, once more: ${names}`)
  const second = await runVitest(['browser'], failed)
  if (second.isGood) console.log(`Unsteady, passed only at the second try: ${names}`)
  return addCounts(countOthers(first.text, failed), countReport(second.text, second.isGood))
}

/** Each step runs whatever became of the ones before: one run tells everything that is wrong. */
const runs: [string, boolean, () => Promise<Counts>][] = [
  ['types', wanted.has('types'), async () => check(await runNode('node_modules/typescript/bin/tsc', ['-b']))],
  ['lint', wanted.has('lint'), async () => check(await runNode('tools/lint.ts', []))],
  [
    nodeKinds.filter((kind) => wanted.has(kind)).join(', '),
    nodeKinds.some((kind) => wanted.has(kind)),
    runInNode,
  ],
  ['browser', wanted.has('browser'), runBrowser],
]

const results: [string, Counts, number][] = []
for (const [name, isWanted, run] of runs) {
  if (!isWanted) continue
  console.log(`\n── ${name}`)
  const startMs = performance.now()
  const counts = await run()
  results.push([name, counts, performance.now() - startMs])
}

console.log('')
for (const [name, counts, ms] of results)
  console.log(`${name}: ${summary(counts)} (${(ms / 1000).toFixed(1)} s)`)
const total = addCounts(...results.map(([, counts]) => counts))
if (total.passed + total.failed + total.skipped === 0) {
  console.error(`Nothing ran${asked.length > 0 ? `: no test fits "${asked.join(' ')}"` : ''}.`)
  process.exitCode = 1
}
if (total.failed > 0) process.exitCode = 1
console.log(summary(total))
