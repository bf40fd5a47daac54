/** A relay with a network of three devices on it, ready for live sockets: founder, a member, and who waits for approval. */
import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { TestList } from './entries.ts'
import { deviceOf, type TestDevice } from './keys.ts'
import { LiveClient, type LiveWishes } from './live-client.ts'
import { foundNetwork, invite, joinerAsk, type TestNetwork } from './network.ts'
import { sync } from './raw-client.ts'

export const liveMonth = '2026-11' as RoomName

export interface LiveQuarter {
  network: TestNetwork
  founder: TestDevice
  member: TestDevice
  memberRoster: TestList
  /** waits for approval: reads the roster, nothing else */
  asker: TestDevice
  stranger: TestDevice
  list: (device: TestDevice, entries: number, room?: RoomName, generation?: number) => Promise<TestList>
  open: (device: TestDevice, wishes?: Partial<LiveWishes>) => Promise<LiveClient>
  post: (list: TestList, from?: number, device?: TestDevice) => ReturnType<typeof sync>
  /** closes what was opened and is still open */
  hangUp: () => Promise<void>
}

/** `expiresS` = that of every token; for a relay on the true clock it must be set. */
export const liveQuarter = async (origin: string, expiresS?: number): Promise<LiveQuarter> => {
  const network = await foundNetwork()
  const { founder } = network
  const open = await invite(network, 'open')
  const waiting = await invite(network, 'waiting', { approval: true })
  const { device: member, roster: memberRoster } = await joinerAsk(network, open, 'member')
  const { device: asker, roster: askerRoster } = await joinerAsk(network, waiting, 'asker')
  const clients: LiveClient[] = []
  const times = expiresS === undefined ? {} : { expiresS }

  const post: LiveQuarter['post'] = (list, from = 0, device = founder) =>
    sync(origin, {
      ...times,
      network: network.id,
      device,
      rooms: [{ room: list.room, updates: [list.update(from)] }],
    })
  // in one request: an empty relay takes asks however long ago they were made
  const updates = [network.roster, memberRoster, askerRoster].map((list) => list.update())
  await sync(origin, {
    ...times,
    network: network.id,
    device: founder,
    rooms: [{ room: rosterRoom, updates }],
  })

  return {
    network,
    founder,
    member,
    memberRoster,
    asker,
    stranger: await deviceOf('stranger'),
    async list(device, entries, room = liveMonth, generation = 0) {
      const list = new TestList(network.id, room, device, generation)
      for (let i = 0; i < entries; i++) await list.append()
      return list
    },
    async open(device, wishes = {}) {
      const client = await LiveClient.open(origin, {
        ...times,
        network: network.id,
        room: liveMonth,
        device,
        ...wishes,
      })
      clients.push(client)
      return client
    },
    post,
    async hangUp() {
      await Promise.all(clients.map((client) => client.hangUp()))
    },
  }
}
