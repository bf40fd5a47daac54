/** Live rooms over a real socket: what comes first, what is sent on, what a receipt promises, what is refused. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boardRoom, type RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { encodeSync, type LiveMessage } from '../../../sync-server/protocol/live.ts'
import { fail } from '../../../sync-server/protocol/result.ts'
import { buildUpdate } from '../../../sync-server/protocol/update.ts'
import { openMemoryStore } from '../../../sync-server/storage/memory-store.ts'
import type { LiveClient } from '../../support/live-client.ts'
import { type LiveQuarter, liveMonth, liveQuarter } from '../../support/live-quarter.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../../support/test-relay.ts'

let relay: TestRelay
let quarter: LiveQuarter

const start = async (options: TestRelayOptions = {}): Promise<void> => {
  relay = await startTestRelay(options)
  quarter = await liveQuarter(relay.origin)
}
beforeEach(() => start())
afterEach(async () => {
  await quarter.hangUp()
  await relay.stop()
  expect(relay.errors).toEqual([])
})

/** Open and told all that there is. */
const listening = async (...[device, wishes]: Parameters<LiveQuarter['open']>): Promise<LiveClient> => {
  const client = (await quarter.open(device, wishes)).greet()
  await client.next('receipt')
  return client
}

const typesOf = (messages: readonly LiveMessage[]): string[] => messages.map(({ type }) => type)

describe('sync', () => {
  it('[R21] step 1 is answered with what its sender lacks, then the relay asks in its turn', async () => {
    const { founder, member, list, open, post } = quarter
    const [held, lacked] = [await list(founder, 3), await list(member, 2)]
    await post(held)
    await post(lacked, 0, member)
    const client = (await open(member)).greet(held.fork(1))
    const { lengths } = await client.next('step1')
    expect(Object.fromEntries(lengths)).toEqual({ [held.client]: 3, [lacked.client]: 2 })
    expect(client.entriesOf(held)).toEqual(held.entries.slice(1))
    expect(client.entriesOf(lacked)).toEqual(lacked.entries)
    expect(typesOf(client.messages).slice(0, 2)).toEqual(['step2', 'step1'])
  })

  it('[R21] who lacks nothing is told so by an empty step 2', async () => {
    const client = (await quarter.open(quarter.member)).greet()
    await client.next('step1')
    expect(client.messages[0]).toEqual({ type: 'step2', update: buildUpdate([]) })
  })

  it('[R21] a long room comes in pieces of at most 64 KiB of entries', async () => {
    const { founder, member, list, open, post } = quarter
    const long = await list(founder, 700)
    await post(long)
    const client = (await open(member)).greet()
    expect(await client.hears(long, 700)).toEqual(long.entries)
    const sizes = client.messages.flatMap((message) =>
      message.type === 'step2' ? [message.update.length] : [],
    )
    expect(sizes.length).toBeGreaterThan(1)
    expect(Math.max(...sizes)).toBeLessThan(limits.livePieceBytes * 1.2)
  })

  it('[R20] what one brings, all others of the room hear, and nobody of another room', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 2)
    const [writer, listener] = [await listening(founder), await listening(member)]
    const elsewhere = await listening(member, { room: boardRoom })
    writer.bring(mine.update(0, 1))
    expect(await listener.hears(mine, 1)).toEqual(mine.entries.slice(0, 1))
    writer.bring(mine.update(1))
    expect(await listener.hears(mine, 2)).toEqual(mine.entries)
    await writer.durable(mine, 2)
    expect([writer.runs(), elsewhere.runs()]).toEqual([[], []])
  })

  it('[R20] what came by POST is heard live, by its author too', async () => {
    const { founder, member, list, post } = quarter
    const mine = await list(founder, 3)
    const [author, listener] = [await listening(founder), await listening(member)]
    await post(mine)
    expect(await listener.hears(mine, 3)).toEqual(mine.entries)
    expect(await author.hears(mine, 3)).toEqual(mine.entries)
  })

  it('[R3] a step 2 may bring the entries of others', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 3)
    const [carrier, listener] = [await listening(member), await listening(founder)]
    carrier.send(encodeSync('step2', mine.update()))
    expect(await listener.hears(mine, 3)).toEqual(mine.entries)
  })

  it('[R22] awareness, auth and what later versions add reach nobody and end nothing', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 1)
    const [writer, listener] = [await listening(founder), await listening(member)]
    const before = listener.messages.length
    for (const number of [1, 2, 3, 99]) writer.send(Uint8Array.of(number, 3, 1, 2, 3))
    writer.bring(mine.update())
    await listener.hears(mine, 1)
    expect(typesOf(listener.messages.slice(before, before + 1))).toEqual(['update'])
  })
})

describe('receipts', () => {
  it('[R20] name the relay, the place in the log, and the own entries that are durable', async () => {
    const { founder, member, list, post } = quarter
    const [mine, other] = [await list(member, 2), await list(founder, 1)]
    const client = await listening(member)
    const durable = [{ client: mine.client, length: 2, head: mine.head }]
    client.bring(mine.update())
    expect(await client.durable(mine, 2)).toEqual({
      type: 'receipt',
      relayId: relay.store.relayId,
      seq: 2,
      durable,
    })
    await post(other)
    const later = await client.until((messages) =>
      messages.find((message) => message.type === 'receipt' && message.seq === 3),
    )
    expect(later).toMatchObject({ durable })
  })

  it('[R20] come after all that they speak of was sent', async () => {
    const { founder, member, list, post } = quarter
    const mine = await list(founder, 30)
    const [early, late] = [await listening(member), await quarter.open(member)]
    late.greet()
    for (let to = 1; to <= 30; to++) await post(mine.fork(to))
    for (const listener of [early, late]) {
      await listener.until((messages) => messages.find((m) => m.type === 'receipt' && m.seq === 30))
      const seen = listener.messages
      for (const [at, message] of seen.entries()) {
        if (message.type !== 'receipt') continue
        const heard = new Set(listener.runs(seen.slice(0, at)).flatMap(({ entries }) => entries)).size
        expect(message.seq).toBeLessThanOrEqual(heard)
      }
    }
  })

  it('[R20] come by themselves on a silent socket, which y-websocket would leave after 30 s', async () => {
    const client = await listening(quarter.member)
    const before = client.messages.length
    relay.relay.live.tick()
    expect(await client.next('receipt', before)).toMatchObject({ seq: 0, durable: [] })
    expect(limits.liveReceiptMs).toBeLessThanOrEqual(20_000)
  })

  it('[R13] entries that are held already are acknowledged again', async () => {
    const { member, list, post } = quarter
    const mine = await list(member, 2)
    await post(mine, 0, member)
    const client = await listening(member)
    const before = client.messages.length
    client.bring(mine.update())
    expect(await client.next('receipt', before)).toMatchObject({ durable: [{ length: 2 }] })
  })

  it('[R11] nothing is told to anybody before it is durable', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 1)
    const [writer, listener] = [await listening(founder), await listening(member)]
    const append = relay.store.append
    let release = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      relay.store.append = async (...what) => {
        resolve()
        await new Promise<void>((go) => (release = go))
        return append(...what)
      }
    })
    writer.bring(mine.update())
    await asked
    const places = [writer.messages.length, listener.messages.length]
    relay.relay.live.tick()
    for (const [i, client] of [writer, listener].entries())
      expect(await client.next('receipt', places[i])).toMatchObject({ seq: 0, durable: [] })
    expect(listener.runs()).toEqual([])
    release()
    await writer.durable(mine, 1)
    await listener.hears(mine, 1)
  })
})

describe('what is refused', () => {
  it('[R3] a run beyond what is held is answered with what is needed', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 3)
    const [writer, listener] = [await listening(founder), await listening(member)]
    writer.bring(mine.update(2))
    expect(await writer.next('refusals')).toMatchObject({
      refused: [],
      needs: [{ client: mine.client, from: 0 }],
    })
    writer.bring(mine.update())
    expect(await listener.hears(mine, 3)).toEqual(mine.entries)
  })

  it('[R4] a bad signature is named, nobody hears of it, and its sender stays until the third', async () => {
    const { founder, member, list } = quarter
    const mine = await list(founder, 4)
    const [writer, listener] = [await listening(founder), await listening(member)]
    const entries = mine.entries.map((entry) => Uint8Array.from(entry))
    const last = entries[2] as Uint8Array<ArrayBuffer>
    last[last.length - 1] = (last.at(-1) as number) ^ 1
    const forged = buildUpdate([{ ...mine.run(), entries }])
    writer.bring(forged)
    expect(await writer.next('refusals')).toMatchObject({
      refused: [{ client: mine.client, index: 2, reason: 'signature' }],
    })
    expect(await listener.hears(mine, 2)).toEqual(mine.entries.slice(0, 2))
    writer.bring(forged).bring(forged).bring(mine.update())
    expect(await writer.closed).toMatchObject({ code: 4400, reason: { reason: 'malformed' } })
    expect((await relay.store.lengths(quarter.network.id, liveMonth)).seq).toBe(2)
  })

  it('[R2] a malformed update is refused whole, and the third ends the session', async () => {
    const writer = await listening(quarter.founder)
    const malformed = Uint8Array.of(1, 1, 1, 0, 0x2a)
    writer.bring(malformed).bring(malformed)
    await writer.until((messages) =>
      typesOf(messages).filter((type) => type === 'refusals').length === 2 ? 1 : null,
    )
    expect(await writer.next('refusals')).toMatchObject({ refused: [{ client: 0, reason: 'malformed' }] })
    writer.bring(malformed)
    expect(await writer.closed).toMatchObject({ code: 4400 })
  })

  it('[R30] entries for a month that is not open are refused, and the room can be read', async () => {
    const { founder, list } = quarter
    const room = '2031-01' as RoomName
    const mine = await list(founder, 1, room)
    const writer = await listening(founder, { room })
    writer.bring(mine.update())
    expect(await writer.next('refusals')).toMatchObject({ refused: [{ reason: 'room' }] })
  })

  it('[R11] a full disk ends the session, and nothing was said to be durable', async () => {
    const { founder, list } = quarter
    const mine = await list(founder, 1)
    const writer = await listening(founder)
    relay.store.append = async () => fail({ code: 'full' })
    writer.bring(mine.update())
    expect(await writer.closed).toMatchObject({ code: 4507, reason: { reason: 'diskFull', amount: 60 } })
    expect(writer.messages.filter((m) => m.type === 'receipt' && m.durable.length > 0)).toEqual([])
  })

  it('[R32] what passes the quota is refused with its reason', async () => {
    await relay.stop()
    await start({ deviceBytes: 5000, store: openMemoryStore() })
    const mine = await quarter.list(quarter.member, 60)
    const writer = await listening(quarter.member)
    writer.bring(mine.update())
    expect(await writer.next('refusals')).toMatchObject({ refused: [{ index: 0, reason: 'quota' }] })
  })
})
