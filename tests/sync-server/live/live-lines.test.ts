/** Live rooms over lines that tests hold in their hands: slow readers, and senders that are faster than the disk. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { LiveLine } from '../../../sync-server/live/live-line.ts'
import type { LiveSession } from '../../../sync-server/live/live-session.ts'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../../sync-server/protocol/ids.ts'
import {
  encodeStep1,
  encodeSync,
  type LiveMessage,
  parseLiveMessage,
} from '../../../sync-server/protocol/live.ts'
import { createToken } from '../../../sync-server/protocol/token.ts'
import { buildUpdate, parseUpdate } from '../../../sync-server/protocol/update.ts'
import { createRelay, type Relay } from '../../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../../sync-server/storage/memory-store.ts'
import { TestList } from '../../support/entries.ts'
import { liveMonth } from '../../support/live-quarter.ts'
import { foundNetwork, type TestNetwork, testTimeS } from '../../support/network.ts'
import { encodeRaw } from '../../support/raw-client.ts'

const origin = 'https://relay.example'

/** A line whose reader takes nothing until `take`. */
class HeldLine implements LiveLine {
  readonly sent: LiveMessage[] = []
  bufferedBytes = 0
  mostBuffered = 0
  pauses = 0
  isPaused = false
  ended: string | null = null
  onChange: (() => void) | null = null

  send(message: Bytes): void {
    const parsed = parseLiveMessage(message)
    if (!parsed.ok) throw new Error('the relay sends nothing malformed')
    this.sent.push(parsed.value)
    this.bufferedBytes += message.length
    this.mostBuffered = Math.max(this.mostBuffered, this.bufferedBytes)
    this.onChange?.()
  }
  pause(): void {
    this.isPaused = true
    this.pauses++
  }
  resume(): void {
    this.isPaused = false
  }
  close(code: number, text: string): void {
    this.ended = `${code} ${text}`
    this.onChange?.()
  }
  drop(): void {
    this.ended = 'dropped'
    this.onChange?.()
  }
  /** The reader takes all that is queued. */
  take(session: LiveSession): void {
    this.bufferedBytes = 0
    session.drained()
  }
  entries(): Bytes[] {
    return this.sent.flatMap((message) => {
      const runs = message.type === 'step2' || message.type === 'update' ? parseUpdate(message.update) : null
      return runs?.ok ? runs.value.flatMap(({ entries }) => entries) : []
    })
  }
}

let store: MemoryStore
let relay: Relay
let network: TestNetwork

beforeEach(async () => {
  store = openMemoryStore()
  relay = createRelay({ store, now: () => (testTimeS + 600) * 1000 })
  network = await foundNetwork()
  await post(network.roster)
})

const post = async (list: TestList): Promise<void> => {
  const rooms = [{ room: list.room, updates: [list.update()] }]
  const body = await encodeRaw(origin, { network: network.id, device: network.founder, rooms })
  for await (const _ of (await relay.exchange(body, [origin])).messages);
}

const open = async (): Promise<{ line: HeldLine; session: LiveSession }> => {
  const line = new HeldLine()
  const claims = { network: network.id, device: network.founder.id, expiresS: testTimeS + 900, origin }
  const token = await createToken(claims, network.founder.signing.sign)
  const session = await relay.live.open(
    { network: network.id, room: liveMonth, token, origins: [origin] },
    line,
  )
  if (!session) throw new Error(`not let in: ${line.ended}`)
  session.receive(encodeStep1(new Map()), true)
  return { line, session }
}

/** Resolves once something was sent on the line, or ended it, that fulfils `isEnough`. */
const when = (line: HeldLine, isEnough: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    line.onChange = () => isEnough() && resolve()
    line.onChange()
  })

const longList = async (entries: number): Promise<TestList> => {
  const list = new TestList(network.id, liveMonth, network.founder)
  for (let i = 0; i < entries; i++) await list.append({ publicPart: new Uint8Array(), kind: 9 })
  return list
}

const largeList = async (entries: number): Promise<TestList> => {
  const list = new TestList(network.id, liveMonth, network.founder)
  for (let i = 0; i < entries; i++) await list.append({ publicPart: new Uint8Array(15_000), kind: 9 })
  return list
}

describe('[R23] a slow reader', () => {
  it('costs little memory however much the room grows, and misses nothing once it reads', async () => {
    const { line, session } = await open()
    const list = await largeList(60)
    for (let to = 15; to <= 60; to += 15) await post(list.fork(to))
    await when(line, () => line.bufferedBytes > 256 * 1024)
    expect(line.entries().length).toBeLessThan(60)
    while (line.entries().length < 60) {
      const sent = line.sent.length
      line.take(session)
      await when(line, () => line.sent.length > sent)
    }
    expect(line.entries()).toEqual(list.entries)
    expect(line.mostBuffered).toBeLessThan(512 * 1024)
  })

  it('that takes nothing for a minute is dropped, and one that takes a little is not', async () => {
    const [dead, slow] = [await open(), await open()]
    await post(await largeList(40))
    for (const { line } of [dead, slow]) await when(line, () => line.bufferedBytes > 256 * 1024)
    for (let tick = 0; tick < 6; tick++) {
      relay.live.tick()
      slow.line.bufferedBytes -= 1
      slow.session.drained()
    }
    expect([dead.line.ended, slow.line.ended]).toEqual(['dropped', null])
    expect(relay.live.sessions).toBe(1)
  })

  it('that goes on sending what is refused is dropped at 1 MiB', async () => {
    const { line, session } = await open()
    await when(line, () => line.sent.some(({ type }) => type === 'receipt'))
    line.bufferedBytes = 1024 * 1024 + 1
    session.receive(encodeSync('update', (await longList(3)).update(2)), true)
    await when(line, () => line.ended !== null)
    expect(line.ended).toBe('dropped')
  })
})

describe('[R4] a sender that is faster than the disk', () => {
  it('is not read any further while 256 KiB wait to be judged, and goes on afterwards', async () => {
    const { line, session } = await open()
    await when(line, () => line.sent.some(({ type }) => type === 'receipt'))
    const list = await largeList(40)
    for (let from = 0; from < 40; from += 10)
      session.receive(encodeSync('update', list.update(from, from + 10)), true)
    expect(line.isPaused).toBe(true)
    await when(line, () =>
      line.sent.some((m) => m.type === 'receipt' && m.durable.some(({ length }) => length === 40)),
    )
    expect([line.isPaused, line.ended]).toEqual([false, null])
  })

  it('[R23] has all that waits taken in one write, each list in its order', async () => {
    const { line, session } = await open()
    await when(line, () => line.sent.some(({ type }) => type === 'receipt'))
    const { append } = store
    const lengths: number[] = []
    store.append = (...what) => {
      lengths.push(what[4].length)
      return append(...what)
    }
    const list = await longList(12)
    for (let from = 0; from < 12; from++)
      session.receive(encodeSync('update', list.update(from, from + 1)), true)
    await when(line, () =>
      line.sent.some((m) => m.type === 'receipt' && m.durable.some(({ length }) => length === 12)),
    )
    expect(lengths).toEqual([1, 11])
    expect((await store.readList(network.id, liveMonth, list.name, 0, 1e9)).entries).toHaveLength(12)
    expect(line.sent.some(({ type }) => type === 'refusals')).toBe(false)
  })

  it('[R23] has what is good before a bad signature kept, also when all came at once, and goes after three', async () => {
    const { line, session } = await open()
    await when(line, () => line.sent.some(({ type }) => type === 'receipt'))
    const list = await longList(4)
    const forged = (entry: Bytes): Bytes => {
      const other = new Uint8Array(entry)
      other[other.length - 1] = (other[other.length - 1] as number) ^ 1
      return other
    }
    const forgedAt = (index: number): Bytes => {
      const runs = parseUpdate(list.update(index, index + 1))
      if (!runs.ok) throw new Error('the list makes updates')
      return buildUpdate(runs.value.map((run) => ({ ...run, entries: run.entries.map(forged) })))
    }
    for (const update of [list.update(0, 1), list.update(1, 2), forgedAt(2), list.update(3, 4)])
      session.receive(encodeSync('update', update), true)
    await when(line, () => line.sent.some(({ type }) => type === 'refusals'))
    expect(line.sent).toContainEqual({
      type: 'refusals',
      refused: [{ client: list.client, index: 2, reason: 'signature' }],
      needs: [],
    })
    expect((await store.readList(network.id, liveMonth, list.name, 0, 1e9)).entries).toHaveLength(2)
    for (let n = 0; n < 2; n++) session.receive(encodeSync('update', forgedAt(2)), true)
    await when(line, () => line.ended !== null)
    expect(line.ended).toBe('4400 malformed')
  })

  it('has no more verifications than its POSTs have', async () => {
    relay = createRelay({ store, now: () => (testTimeS + 600) * 1000, verifyBurst: 5 })
    const { line, session } = await open()
    const list = await longList(8)
    session.receive(encodeSync('update', list.update()), true)
    await when(line, () => line.sent.some(({ type }) => type === 'refusals'))
    expect(line.sent).toContainEqual({
      type: 'refusals',
      refused: [{ client: list.client, index: 5, reason: 'tooFast' }],
      needs: [],
    })
  })
})

describe('a store that cannot be read', () => {
  it('sends its listeners away, and the relay goes on', async () => {
    const faults: unknown[] = []
    // a store that gives no rows along: listeners read
    const { subscribe } = store
    store.subscribe = (listener) => subscribe((name, room, seq) => listener(name, room, seq))
    relay = createRelay({
      store,
      now: () => (testTimeS + 600) * 1000,
      onFault: (cause) => faults.push(cause),
    })
    const [writer, listener] = [await open(), await open()]
    for (const { line } of [writer, listener])
      await when(line, () => line.sent.some(({ type }) => type === 'receipt'))
    const { readSince } = store
    store.readSince = async (...what) => {
      if (what[1] === rosterRoom) return readSince(...what)
      throw new Error('a bad block')
    }
    writer.session.receive(encodeSync('update', (await longList(1)).update()), true)
    for (const { line } of [writer, listener]) {
      await when(line, () => line.ended !== null)
      expect(line.ended).toBe('1012 restart 30')
    }
    expect(faults.map(String)).toEqual(['Error: a bad block', 'Error: a bad block'])
    store.readSince = readSince
    expect((await open()).line.ended).toBe(null)
  })
})
