/** A network of a founder and one member on a running relay, and what its tests do to it. */
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { TestList } from './entries.ts'
import type { TestDevice } from './keys.ts'
import { foundNetwork, invite, joinerAsk, type TestNetwork } from './network.ts'
import { type RawAnswer, type RawRequest, sync } from './raw-client.ts'
import { startTestRelay, type TestRelay } from './test-relay.ts'

export const testMonth = '2026-11' as RoomName

export interface Quarter {
  relay: TestRelay
  network: TestNetwork
  founder: TestDevice
  member: TestDevice
  memberRoster: TestList
  /** three entries of the member in {@link testMonth}, on the relay */
  list: TestList
  /** one exchange, the member's unless said otherwise */
  ask: (wishes?: Partial<RawRequest>) => Promise<RawAnswer>
  bring: (room: RoomName, update: Bytes, device?: TestDevice) => Promise<RawAnswer>
  /** every byte that the relay holds for the network */
  held: () => Promise<unknown>
}

export const startQuarter = async (): Promise<Quarter> => {
  const relay = await startTestRelay()
  const network = await foundNetwork()
  const link = await invite(network, 'one')
  const { device: member, roster: memberRoster } = await joinerAsk(network, link, 'member')
  const list = new TestList(network.id, testMonth, member)
  for (let i = 0; i < 3; i++) await list.append()
  const quarter: Quarter = {
    relay,
    network,
    founder: network.founder,
    member,
    memberRoster,
    list,
    ask: (wishes = {}) => {
      const { origin, store } = quarter.relay
      return sync(origin, { device: member, network: network.id, relayId: store.relayId, ...wishes })
    },
    bring: (room, update, device = member) => quarter.ask({ device, rooms: [{ room, updates: [update] }] }),
    held: async () => {
      const { store } = quarter.relay
      const rooms = await store.rooms(network.id)
      return Promise.all(
        rooms.map(async ({ room, seq }) => [room, seq, await store.readSince(network.id, room, 0, 1e9)]),
      )
    },
  }
  await quarter.ask({
    rooms: [
      { room: rosterRoom, updates: [network.roster.update(), memberRoster.update()] },
      { room: testMonth, updates: [list.update()] },
    ],
  })
  return quarter
}
