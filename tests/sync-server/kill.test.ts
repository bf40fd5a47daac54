/** The real process, killed without warning: what it acknowledged is there when it comes back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { monthRoom, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { root } from '../../tools/root.ts'
import { TestList } from '../support/entries.ts'
import { foundNetwork, type TestNetwork } from '../support/network.ts'
import { entriesIn, sync } from '../support/raw-client.ts'

interface RelayProcess {
  child: ChildProcess
  origin: string
  relayId: string
}

let folder: string
let running: RelayProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-kill-'))
  running = []
})
afterEach(() => {
  for (const { child } of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** The process runs by the machine's clock. */
const month = monthRoom(Date.now())

const main = join(root, 'sync-server', 'main.ts')
const environment = () => ({ ...process.env, PORT: '0', TADAMUN_DATA: folder, TADAMUN_STATIC: '/nowhere' })

const startProcess = async (): Promise<RelayProcess> => {
  const child = spawn(process.execPath, [main], { env: environment(), stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { msg, port, relayId } = JSON.parse(line) as { msg: string; port: number; relayId: string }
    if (msg !== 'listening') continue
    const relay = { child, origin: `http://127.0.0.1:${port}`, relayId }
    running.push(relay)
    return relay
  }
  throw new Error('the relay ended before it listened')
}

const kill = async ({ child }: RelayProcess, signal: NodeJS.Signals): Promise<number | null> => {
  const ended = once(child, 'exit')
  child.kill(signal)
  return (await ended)[0] as number | null
}

const founding = async (): Promise<{
  network: TestNetwork
  request: Omit<Parameters<typeof sync>[1], 'rooms'>
}> => {
  const network = await foundNetwork()
  const expiresS = Math.floor(Date.now() / 1000) + 300
  return { network, request: { network: network.id, device: network.founder, expiresS } }
}

describe('a killed relay', () => {
  it('[R11] has everything that it acknowledged, after each of several kills', async () => {
    const { network, request } = await founding()
    const lists = [0, 1, 2, 3].map(
      (generation) => new TestList(network.id, month, network.founder, generation),
    )
    let relay = await startProcess()
    const { relayId } = relay
    await sync(relay.origin, {
      ...request,
      rooms: [{ room: rosterRoom, updates: [network.roster.update()] }],
    })
    for (let round = 0; round < 3; round++) {
      const acknowledged = await Promise.all(
        lists.map(async (list) => {
          const from = list.length
          for (let i = 0; i < 20; i++) await list.append()
          const rooms = [{ room: month, updates: [list.update(from)] }]
          const { results } = await sync(relay.origin, { ...request, rooms })
          return results.get(month)?.durable.find(({ client }) => client === list.client)?.length
        }),
      )
      await kill(relay, 'SIGKILL')
      expect(acknowledged).toEqual(lists.map(({ length }) => length))
      relay = await startProcess()
      expect(relay.relayId).toBe(relayId)
      const answer = await sync(relay.origin, { ...request, rooms: [] })
      for (const list of lists) expect(entriesIn(answer, month, list)).toEqual(list.entries)
      expect(entriesIn(answer, rosterRoom, network.roster)).toEqual(network.roster.entries)
    }
  })

  it('ends in order when it is asked to', async () => {
    const relay = await startProcess()
    expect(await kill(relay, 'SIGTERM')).toBe(0)
  })

  it('keeps no name, title or address of its visitors in its file or its log', async () => {
    const { network, request } = await founding()
    const relay = await startProcess()
    let log = ''
    relay.child.stdout?.on('data', (piece) => (log += String(piece)))
    await sync(relay.origin, {
      ...request,
      rooms: [{ room: rosterRoom, updates: [network.roster.update()] }],
    })
    await kill(relay, 'SIGTERM')
    const kept = ['relay.sqlite'].map((name) => readFileSync(join(folder, name)).toString('utf8')).join('')
    expect(kept).toContain(network.id)
    for (const needle of [network.name, 'هيوا', 'quarter', 'الشارع', '127.0.0.1'])
      expect([needle, kept.includes(needle), log.includes(needle)]).toEqual([needle, false, false])
    expect(log).not.toContain(network.id)
  })

  it('is copied while it runs, and the copy is the same relay', async () => {
    const { network, request } = await founding()
    const relay = await startProcess()
    await sync(relay.origin, {
      ...request,
      rooms: [{ room: rosterRoom, updates: [network.roster.update()] }],
    })
    const copy = join(folder, 'copy', 'relay.sqlite')
    const backup = spawn(process.execPath, [main, 'backup', join(folder, 'copy.sqlite')], {
      env: environment(),
    })
    expect((await once(backup, 'exit'))[0]).toBe(0)
    await kill(relay, 'SIGKILL')
    mkdirSync(join(folder, 'copy'))
    copyFileSync(join(folder, 'copy.sqlite'), copy)
    folder = join(folder, 'copy')
    const restored = await startProcess()
    expect(restored.relayId).toBe(relay.relayId)
    const answer = await sync(restored.origin, { ...request, rooms: [] })
    expect(entriesIn(answer, rosterRoom, network.roster)).toEqual(network.roster.entries)
  })
})

describe('a relay that cannot start', () => {
  it('says what is wrong with its settings, one sentence each', async () => {
    const env = { ...environment(), PORT: 'x', TADAMUN_OPEN: 'yes', TADAMUN_ORIGIN: 'tadamun.example/' }
    const child = spawn(process.execPath, [main], { env })
    let said = ''
    child.stderr.on('data', (piece) => (said += String(piece)))
    expect((await once(child, 'close'))[0]).toBe(1)
    expect(said.trim().split('\n')).toHaveLength(3)
    for (const name of ['PORT', 'TADAMUN_OPEN', 'TADAMUN_ORIGIN']) expect(said).toContain(name)
  })
})
