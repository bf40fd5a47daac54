/** The real relay process under load by POST and by live sockets, killed without warning: what it said it holds, it holds. */
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { equalBytes } from '../../sync-server/protocol/bytes.ts'
import { monthRoom, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { encodeStep1 } from '../../sync-server/protocol/live.ts'
import { TestList } from './entries.ts'
import { LiveClient } from './live-client.ts'
import { foundNetwork, type TestNetwork } from './network.ts'
import { entriesIn, sync } from './raw-client.ts'
import { RelayProgram } from './relay-program.ts'

export interface ChaosVerdict {
  runs: number
  /** entries that the relay said are durable */
  acknowledged: number
  /** entries that a neighbour was given by it */
  heard: number
  /** of both, those that it did not have after the kill, or had with other bytes */
  lost: number
  /** entries under way in the moment of the kill, of which the relay had said nothing */
  unanswered: number
}

const writersBy = { post: 3, live: 3 }
/** Entries that a writer has ready for one run; a live socket may send 200 at once. */
const entriesOfRun = 16
/** Runs over one store: reading it back costs more with each. */
const runsOfStore = 10

/** One list and what became known about it before the kill, as lengths. */
interface Written {
  list: TestList
  held: number
  sent: number
  acknowledged: number
  heard: number
}

interface Load {
  network: TestNetwork
  writers: Written[]
  origin: string
  /** called at each acknowledgement */
  onAcknowledged(): void
}

/** The process runs by the machine's clock. */
const claims = ({ network }: Pick<Load, 'network'>) => ({
  network: network.id,
  device: network.founder,
  expiresS: Math.floor(Date.now() / 1000) + 300,
})

const acknowledge = (load: Load, written: Written, length: number): void => {
  if (length <= written.acknowledged) return
  written.acknowledged = length
  load.onAcknowledged()
}

/** One request after another, of one to four entries, until all is there or the line breaks. */
const post = async (load: Load, written: Written): Promise<void> => {
  const { list } = written
  while (written.acknowledged < list.length) {
    const from = written.acknowledged
    written.sent = Math.min(list.length, from + randomInt(1, 5))
    const rooms = [{ room: list.room, updates: [list.update(from, written.sent)] }]
    const { results } = await sync(load.origin, { ...claims(load), rooms })
    const durable = results.get(list.room)?.durable.find(({ client }) => client === list.client)
    acknowledge(load, written, durable?.length ?? 0)
  }
}

/** All entries at once, and what is said about them until all is there or the line breaks. */
const sendLive = async (load: Load, written: Written): Promise<void> => {
  const { list } = written
  const client = await LiveClient.open(load.origin, { ...claims(load), room: list.room })
  client.send(encodeStep1(new Map(load.writers.map((each) => [each.list.client, each.held]))))
  try {
    for (; written.sent < list.length; written.sent++)
      client.bring(list.update(written.sent, written.sent + 1))
    while (written.acknowledged < list.length) {
      const length = await client.until((messages) => {
        const said = messages.flatMap((message) => (message.type === 'receipt' ? message.durable : []))
        const own = said.filter((each) => each.client === list.client).map((each) => each.length)
        return Math.max(0, ...own) > written.acknowledged ? Math.max(...own) : null
      })
      acknowledge(load, written, length)
    }
  } finally {
    for (const each of load.writers)
      for (const run of client.runs().filter(({ client }) => client === each.list.client))
        each.heard = Math.max(each.heard, run.fromIndex + run.entries.length)
    client.socket.terminate()
  }
}

/** Writes until the relay is killed at a random acknowledgement, or has all. */
const killUnderLoad = async (relay: RelayProgram, parts: Omit<Load, 'origin' | 'onAcknowledged'>) => {
  const { promise: isDue, resolve: kill } = Promise.withResolvers<void>()
  let left = randomInt(1, 30)
  const onAcknowledged = (): void => {
    left--
    if (left === 0) kill()
  }
  const load: Load = { ...parts, origin: relay.origin, onAcknowledged }
  const jobs = load.writers.map((written, i) =>
    i < writersBy.post ? post(load, written) : sendLive(load, written),
  )
  const ended = Promise.allSettled(jobs)
  await Promise.race([isDue, ended])
  await relay.end('SIGKILL')
  await ended
}

/** Counts what is missing, and takes for held what the store has: the next run goes on from there. */
const settle = async (origin: string, { network, writers }: Omit<Load, 'origin' | 'onAcknowledged'>) => {
  const counts = { acknowledged: 0, heard: 0, lost: 0, unanswered: 0 }
  const answer = await sync(origin, { ...claims({ network }), rooms: [] })
  if (!answer.isWhole || [...answer.results.values()].some(({ more }) => more))
    throw new Error('what the relay holds was not read to its end')
  for (const written of writers) {
    const { list, held, sent, acknowledged, heard } = written
    const kept = entriesIn(answer, list.room, list)
    const firstOther = list.entries.findIndex((entry, i) => !kept[i] || !equalBytes(entry, kept[i]))
    const whole = firstOther < 0 ? list.length : firstOther
    counts.acknowledged += acknowledged - held
    counts.heard += Math.max(0, heard - held)
    counts.lost += Math.max(0, Math.max(held, acknowledged, heard) - whole, kept.length - whole)
    counts.unanswered += sent - acknowledged
    Object.assign(written, { held: whole, sent: whole, acknowledged: whole, heard: whole })
  }
  return counts
}

const foundWriters = async (): Promise<Omit<Load, 'origin' | 'onAcknowledged'>> => {
  const network = await foundNetwork()
  const writers = Array.from({ length: writersBy.post + writersBy.live }, (_, generation): Written => {
    const list = new TestList(network.id, monthRoom(Date.now()), network.founder, generation)
    return { list, held: 0, sent: 0, acknowledged: 0, heard: 0 }
  })
  return { network, writers }
}

const runStore = async (folder: string, runs: number, verdict: ChaosVerdict): Promise<void> => {
  const settings = { TADAMUN_DATA: folder, TADAMUN_LOG: 'info' }
  const parts = await foundWriters()
  let relay = await RelayProgram.start(settings)
  try {
    const { network, writers } = parts
    await sync(relay.origin, {
      ...claims(parts),
      rooms: [{ room: rosterRoom, updates: [network.roster.update()] }],
    })
    for (let run = 0; run < runs; run++) {
      for (const { list, held } of writers) while (list.length < held + entriesOfRun) await list.append()
      await killUnderLoad(relay, parts)
      relay = await RelayProgram.start(settings)
      const counts = await settle(relay.origin, parts)
      verdict.runs++
      for (const name of ['acknowledged', 'heard', 'lost', 'unanswered'] as const)
        verdict[name] += counts[name]
    }
  } finally {
    await relay.end('SIGKILL')
  }
}

/** Kills so many times; each time at another moment. */
export const killRelays = async (runs: number): Promise<ChaosVerdict> => {
  const verdict: ChaosVerdict = { runs: 0, acknowledged: 0, heard: 0, lost: 0, unanswered: 0 }
  while (verdict.runs < runs) {
    const folder = mkdtempSync(join(tmpdir(), 'tadamun-chaos-'))
    try {
      await runStore(folder, Math.min(runsOfStore, runs - verdict.runs), verdict)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return verdict
}
