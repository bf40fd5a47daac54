/** An invite for one stays with whom it admitted, whoever else holds the link. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { TestList } from '../support/entries.ts'
import type { TestDevice } from '../support/keys.ts'
import {
  foundNetwork,
  invite,
  joinerAsk,
  rosterEntriesOf,
  type TestInvite,
  type TestNetwork,
  testTimeS,
} from '../support/network.ts'
import { sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../support/test-relay.ts'

let relay: TestRelay
let network: TestNetwork
let link: TestInvite
let first: { device: TestDevice; roster: TestList }
let second: { device: TestDevice; roster: TestList }

const bring = (device: TestDevice, roster: TestList) =>
  sync(relay.origin, {
    network: network.id,
    device,
    rooms: [{ room: rosterRoom, updates: [roster.update()] }],
  })

beforeEach(async () => {
  relay = await startTestRelay()
  network = await foundNetwork()
  link = await invite(network, 'for one')
  first = await joinerAsk(network, link, 'first', { atS: testTimeS + 60 })
  // says that it asked before
  second = await joinerAsk(network, link, 'second', { atS: testTimeS + 30 })
  await bring(network.founder, network.roster)
  await bring(first.device, first.roster)
})
afterEach(() => relay.stop())

it('[R5] a used link with an earlier time pushes nobody out', async () => {
  expect(await bring(second.device, second.roster)).toMatchObject({ refusal: 'notMember' })
  expect((await bring(first.device, first.roster)).refusal).toBeNull()
})

it('[R5] an ask that another member met elsewhere is taken, so that two relays end with one roster', async () => {
  expect((await bring(network.founder, second.roster)).refusal).toBeNull()
  const { devices, askers } = reduceRoster(rosterEntriesOf(network.roster, first.roster, second.roster))
  expect(devices.has(second.device.id)).toBe(true)
  expect(askers.get(first.device.id)?.reason).toBe('used')
})

it('of two asks that nobody saw, the one that was made earlier comes first', async () => {
  const third = await joinerAsk(network, link, 'third', { atS: testTimeS + 90 })
  const { devices } = reduceRoster(rosterEntriesOf(network.roster, third.roster, first.roster))
  expect(devices.has(first.device.id)).toBe(true)
  expect(devices.has(third.device.id)).toBe(false)
})

it('[R5] who comes too late by an invite without approval does not get the roster: its link would open the keys in it', async () => {
  const late = await joinerAsk(network, link, 'late', { atS: testTimeS + 90 })
  const answer = await bring(late.device, late.roster)
  expect(answer.refusal).toBe('notMember')
  expect(answer.framesOf(rosterRoom)).toEqual([])
})
