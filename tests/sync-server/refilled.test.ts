/** [R14] A relay that lost its disk takes a network again from any phone, also long after its invites have expired. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { cardOf } from '../support/council.ts'
import { TestList } from '../support/entries.ts'
import { deviceOf, type TestDevice } from '../support/keys.ts'
import {
  appendName,
  appendStatement,
  foundNetwork,
  invite,
  joinerAsk,
  type TestNetwork,
} from '../support/network.ts'
import { sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../support/test-relay.ts'

let relay: TestRelay
let network: TestNetwork
let members: { device: TestDevice; roster: TestList }[]
let expiresS: number
let inviteKey: Bytes

const bring = (device: TestDevice, ...lists: TestList[]) =>
  sync(relay.origin, {
    network: network.id,
    device,
    expiresS: relay.clock.ms / 1000 + 300,
    rooms: [{ room: rosterRoom, updates: [buildUpdate(lists.map((list) => list.run()))] }],
  })
const entriesOf = ({ entries, heads }: TestList) =>
  entries.map((entry, i) => ({ entry, head: heads[i] ?? new Uint8Array() }))
const held = async () => (await relay.store.lengths(network.id, rosterRoom)).lists.map(({ list }) => list)

beforeEach(async () => {
  relay = await startTestRelay()
  network = await foundNetwork()
  const link = await invite(network, 'for three', { uses: 3 })
  members = [await joinerAsk(network, link, 'a'), await joinerAsk(network, link, 'b')]
  expiresS = link.expiresS
  inviteKey = link.key.raw
  relay.clock.ms = (expiresS + 3600) * 1000
})
afterEach(() => relay.stop())

it('[R14] a member fills an empty relay with the whole roster after its invite has expired', async () => {
  const [first, second] = members as [(typeof members)[0], (typeof members)[0]]
  await bring(first.device, network.roster, first.roster, second.roster)
  expect(await held()).toHaveLength(3)
})

it('[R14] a member brings the ask of another whose invite has expired meanwhile', async () => {
  const [first, second] = members as [(typeof members)[0], (typeof members)[0]]
  await bring(network.founder, network.roster)
  await bring(first.device, first.roster)
  expect(await held()).toEqual([network.roster.name])
  await bring(network.founder, first.roster, second.roster)
  expect(await held()).toHaveLength(3)
})

it('[R14] a member brings the ask of somebody who is out by now: statements elsewhere come after it', async () => {
  const [first, second] = members as [(typeof members)[0], (typeof members)[0]]
  await appendStatement(network.roster, { type: 'cancel', after: [], key: inviteKey })
  await bring(network.founder, network.roster)
  await bring(first.device, first.roster)
  expect(await held()).toEqual([network.roster.name])
  await bring(network.founder, second.roster)
  expect(await held()).toContain(second.roster.name)
})

it('[R14] a founder who writes a second roster list fills an empty relay with both, in any order', async () => {
  const second = new TestList(network.id, rosterRoom, network.founder, 9)
  await appendName(network, second, 'هيوا', [[network.roster.name, network.roster.length]])
  for (const lists of [
    [second, network.roster],
    [network.roster, second],
  ]) {
    await relay.stop()
    relay = await startTestRelay()
    await sync(relay.origin, {
      network: network.id,
      device: network.founder,
      rooms: [{ room: rosterRoom, updates: lists.map((list) => list.update()) }],
    })
    expect(await held()).toHaveLength(2)
  }
})

it('[R14] lists without a genesis begin nothing on an empty relay, whoever brings them, and keep the founder out of none', async () => {
  const [first, second] = members as [(typeof members)[0], (typeof members)[0]]
  await bring(first.device, first.roster, second.roster)
  expect(await held()).toEqual([])
  // as an older relay took it
  await relay.store.append(network.id, rosterRoom, second.roster.name, 0, entriesOf(second.roster))
  await bring(network.founder, network.roster, first.roster)
  expect(await held()).toHaveLength(3)
})

it('[R14] who came in face to face fills an empty relay, too, and who shows no card of his own does not', async () => {
  const [carded, stranger] = [await deviceOf('by card'), await deviceOf('stranger')]
  const card = await cardOf(carded)
  const statement = { type: 'admit', after: [], device: carded.id, role: 'member', card } as const
  await appendStatement(network.roster, statement)
  await bring(stranger, network.roster)
  expect(await held()).toEqual([])
  await bring(carded, network.roster)
  expect(await held()).toEqual([network.roster.name])
})
