/** The built app behind its relay, as `npm start` and `npm run demo` run it. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './root.ts'

const readyTimeoutMs = 20_000

/** Ends the process with one sentence for the person who started it. */
export function stopWith(sentence: string): never {
  console.error(sentence)
  process.exit(1)
}

/** The system's code for why nobody can listen there (EADDRINUSE, EACCES), or undefined when it is free. */
function whyPortIsClosed(port: number): Promise<string | undefined> {
  const { promise, resolve: answer } = Promise.withResolvers<string | undefined>()
  const probe = createServer()
  probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code ?? error.message))
  probe.listen(port, () => probe.close(() => answer(undefined)))
  return promise
}

/** The port that `PORT` asks for, 8787 without it; ends the process when it cannot be had. `command` is what was typed. */
export async function choosePort(command: string): Promise<number> {
  const text = process.env.PORT || '8787'
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    stopWith(`PORT is "${text}", but it must be a number from 1 to 65535.`)
  const fault = await whyPortIsClosed(port)
  if (fault === 'EADDRINUSE')
    stopWith(
      `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} ${command}`,
    )
  if (fault) stopWith(`Port ${port} cannot be used here (${fault}). Choose another one: PORT=8787 ${command}`)
  return port
}

async function isHealthy(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://localhost:${port}/healthz`)).ok
  } catch {
    // Not listening yet: the caller asks again until its time is up.
    return false
  }
}

/** Starts the relay on the app in `dist` and waits until it answers; this process then lives and ends with it. */
export async function runRelay(port: number, dataFolder: string): Promise<void> {
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
    process.exit(isStopping ? 0 : code || 1)
  })

  const deadlineMs = Date.now() + readyTimeoutMs
  while (!(await isHealthy(port))) {
    if (Date.now() > deadlineMs) {
      relay.kill('SIGKILL')
      stopWith(`The relay did not answer on port ${port} within ${readyTimeoutMs / 1000} seconds.`)
    }
    await sleep(100)
  }
}
