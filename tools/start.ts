/** `npm start`: builds the app if need be, runs the relay that serves it, and says how to open it. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildIfNeeded } from './build.ts'
import { root } from './root.ts'

const readyTimeoutMs = 20_000

function fail(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

function readPort(text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    fail(`PORT is "${text}", but it must be a number from 1 to 65535.`)
  return port
}

/** The system's code for why nobody can listen there (EADDRINUSE, EACCES), or undefined when it is free. */
function whyPortIsClosed(port: number): Promise<string | undefined> {
  const { promise, resolve: answer } = Promise.withResolvers<string | undefined>()
  const probe = createServer()
  probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message))
  probe.listen(port, () => probe.close(() => answer(undefined)))
  return promise
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://localhost:${port}/healthz`)).ok
  } catch {
    // Not listening yet: the caller asks again until its time is up.
    return false
  }
}

function welcome(port: number, dataFolder: string): string {
  return `
Tadamun is running.

  On this computer:  http://localhost:${port}

  On a phone by USB cable (USB debugging on):
    adb reverse tcp:${port} tcp:${port}
    then open http://localhost:${port} on the phone

  On phones of other people: a real domain with HTTPS, see README.md.
  A plain http address such as http://192.168.… does not work on a phone: the browser
  gives neither encryption nor offline work to pages without HTTPS.

  Data is kept in ${dataFolder}. Stop with Ctrl+C.
`
}

const port = readPort(process.env.PORT || '8787')
const dataFolder = resolve(root, process.env.TADAMUN_DATA || 'data')

const portFault = await whyPortIsClosed(port)
if (portFault === 'EADDRINUSE')
  fail(
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  )
if (portFault)
  fail(`Port ${port} cannot be used here (${portFault}). Choose another one: PORT=8787 npm start`)

if (!buildIfNeeded()) fail('The app could not be built; the message above says why.')

const relay = spawn(process.execPath, [join(root, 'sync-server', 'main.ts')], {
  cwd: root,
  env: {
    ...process.env,
    PORT: String(port),
    TADAMUN_DATA: dataFolder,
    TADAMUN_STATIC: join(root, 'dist'),
  },
  stdio: 'inherit',
})
let isStopping = false
// Ctrl+C reaches the relay directly too; asking twice does no harm, not asking leaves it running after `kill`.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    isStopping = true
    relay.kill(signal === 'SIGINT' ? 'SIGINT' : 'SIGTERM')
  })
relay.on('exit', (code, signal) => {
  if (!isStopping) console.error(`The relay stopped (${signal ?? `exit code ${code}`}).`)
  process.exit(isStopping ? 0 : (code ?? 1) || 1)
})

const deadlineMs = Date.now() + readyTimeoutMs
while (!(await isHealthy(port))) {
  if (Date.now() > deadlineMs) {
    relay.kill('SIGKILL')
    fail(`The relay did not answer on port ${port} within ${readyTimeoutMs / 1000} seconds.`)
  }
  await sleep(100)
}
console.log(welcome(port, dataFolder))
