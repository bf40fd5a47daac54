/** The real process, killed under a burst of live entries: what anybody had seen or been promised is there when it comes back. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { boardRoom } from '../../../sync-server/protocol/ids.ts'
import { RelayProcess } from '../../browser/support/relay-process.ts'
import type { TestList } from '../../support/entries.ts'
import type { LiveClient } from '../../support/live-client.ts'
import { type LiveQuarter, liveQuarter } from '../../support/live-quarter.ts'
import { entriesIn, sync } from '../../support/raw-client.ts'

// a busy machine takes seconds for a process of its own
vi.setConfig({ testTimeout: 60_000 })

let relay: RelayProcess
let quarter: LiveQuarter
const expiresS = Math.floor(Date.now() / 1000) + 900

beforeAll(async () => {
  relay = await RelayProcess.start()
  quarter = await liveQuarter(relay.origin, expiresS)
})
afterAll(() => relay.remove())

const inRoom = async (device: LiveQuarter['founder']): Promise<LiveClient> => {
  const client = (await quarter.open(device, { room: boardRoom })).greet()
  await client.next('receipt')
  return client
}

const promisedTo = (writer: LiveClient, { client }: TestList): number =>
  Math.max(
    0,
    ...writer.messages.flatMap((message) =>
      message.type === 'receipt'
        ? message.durable.filter((own) => own.client === client).map(({ length }) => length)
        : [],
    ),
  )

it('[R11] [R20] a burst that is cut by kill -9 loses nothing that others saw or that was called durable', async () => {
  const { founder, member, network } = quarter
  const list = await quarter.list(member, 150, boardRoom)
  const [writer, listener] = [await inRoom(member), await inRoom(founder)]
  for (let index = 0; index < list.length; index++) writer.bring(list.update(index, index + 1))
  // in the middle: some are through, others are on their way
  await listener.hears(list, 20)
  await relay.kill()
  await Promise.all([writer.closed, listener.closed])
  const [seen, promised] = [listener.entriesOf(list).length, promisedTo(writer, list)]
  expect(seen).toBeGreaterThanOrEqual(20)
  await relay.start()
  const answer = await sync(relay.origin, { network: network.id, device: founder, expiresS })
  const held = entriesIn(answer, boardRoom, list)
  expect(held).toEqual(list.entries.slice(0, held.length))
  expect(held.length).toBeGreaterThanOrEqual(Math.max(seen, promised))
})
