/** A stock y-websocket client: it reads a room as a Y.Doc, and what it writes outside its lists harms nobody. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { liveProtocols, parseClose } from '../../../sync-server/protocol/live.ts'
import { buildUpdate } from '../../../sync-server/protocol/update.ts'
import type { TestDevice } from '../../support/keys.ts'
import { liveToken } from '../../support/live-client.ts'
import { type LiveQuarter, liveMonth, liveQuarter } from '../../support/live-quarter.ts'
import { startTestRelay, type TestRelay } from '../../support/test-relay.ts'

let relay: TestRelay
let quarter: LiveQuarter
const providers: WebsocketProvider[] = []

beforeEach(async () => {
  // it says so of every message that it does not know: receipts and refusals
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  relay = await startTestRelay()
  quarter = await liveQuarter(relay.origin)
})
afterEach(async () => {
  for (const provider of providers.splice(0)) {
    provider.destroy()
    provider.awareness.destroy()
  }
  await quarter.hangUp()
  await relay.stop()
  vi.restoreAllMocks()
  expect(relay.errors).toEqual([])
})

const stockClient = async (device: TestDevice, doc: Y.Doc): Promise<WebsocketProvider> => {
  const { network } = quarter
  const token = await liveToken(relay.origin, { network: network.id, room: liveMonth, device })
  const provider = new WebsocketProvider(
    `${relay.origin.replace('http', 'ws')}/v1/live/${network.id}`,
    liveMonth,
    doc,
    {
      protocols: liveProtocols(token),
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    },
  )
  providers.push(provider)
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return provider
}

const nextUpdate = (doc: Y.Doc): Promise<unknown> => new Promise((resolve) => doc.once('update', resolve))

describe('a stock y-websocket client', () => {
  it('[R21] reads a room as a Y.Doc whose arrays are the lists, and stays with it', async () => {
    const { founder, member, list, post } = quarter
    const [mine, other] = [await list(founder, 3), await list(member, 300)]
    await post(mine.fork(2))
    await post(other, 0, member)
    const doc = new Y.Doc()
    await stockClient(member, doc)
    expect(doc.getArray(mine.name).toArray()).toEqual(mine.entries.slice(0, 2))
    expect(doc.getArray(other.name).toArray()).toEqual(other.entries)
    const heard = nextUpdate(doc)
    await post(mine)
    await heard
    expect(Y.encodeStateAsUpdate(doc)).toEqual(buildUpdate([mine.run(), other.run()]))
  })

  it('[R20] writes its own list, signed, and everybody hears it', async () => {
    const { founder, member, list, open } = quarter
    const mine = await list(member, 2)
    const listener = (await open(founder)).greet()
    await listener.next('receipt')
    const doc = new Y.Doc()
    await stockClient(member, doc)
    for (let to = 1; to <= 2; to++) Y.applyUpdate(doc, mine.update(to - 1, to))
    expect(await listener.hears(mine, 2)).toEqual(mine.entries)
  })

  it('[R21] brings with its step 2 what it wrote while it was away', async () => {
    const { founder, member, list, open } = quarter
    const mine = await list(member, 2)
    const doc = new Y.Doc()
    Y.applyUpdate(doc, mine.update())
    const listener = (await open(founder)).greet()
    await stockClient(member, doc)
    expect(await listener.hears(mine, 2)).toEqual(mine.entries)
  })

  it('[R2] writes outside its lists for itself alone; the third time it is sent away, and others go on', async () => {
    const { founder, member, list, open, post, network } = quarter
    const theirs = await list(founder, 2)
    await post(theirs.fork(1))
    const listener = (await open(founder)).greet(theirs.fork(1))
    await listener.next('receipt')
    const doc = new Y.Doc()
    const provider = await stockClient(member, doc)
    const before = await relay.store.lengths(network.id, liveMonth)
    const sentAway = new Promise<{ code: number; reason: string }>((resolve) =>
      provider.once('closed', resolve),
    )

    // a random client id, somebody else's list, a deletion
    doc.getMap('notes').set('text', 'anything')
    doc.getArray(theirs.name).push([new Uint8Array(100)])
    doc.getArray(theirs.name).delete(0)

    const { code, reason } = await sentAway
    expect(parseClose(code, reason)).toMatchObject({ reason: 'malformed' })
    expect(await relay.store.lengths(network.id, liveMonth)).toEqual(before)
    await post(theirs)
    expect(await listener.hears(theirs, 1)).toEqual(theirs.entries.slice(1))
    expect(listener.runs()).toEqual([theirs.run(1)])
  })
})
