/** Our fleet: 50 networks of four phones in this month's room, every edit sealed and signed as the app does it. */
import { join } from 'node:path'
import { sign } from '../../../src/crypto/sign.ts'
import { encodeOperations, newRecordId } from '../../../src/records/operation-codec.ts'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { monthRoom, type RoomName } from '../../../sync-server/protocol/ids.ts'
import {
  encodeStep1,
  encodeSync,
  livePath,
  liveProtocols,
  parseLiveMessage,
} from '../../../sync-server/protocol/live.ts'
import { createToken } from '../../../sync-server/protocol/token.ts'
import { parseUpdate } from '../../../sync-server/protocol/update.ts'
import { createRelay, type Relay } from '../../../sync-server/relay.ts'
import { openSqliteStore } from '../../../sync-server/storage/sqlite-store.ts'
import { TestList } from '../../../tests/support/entries.ts'
import type { TestDevice } from '../../../tests/support/keys.ts'
import { foundNetwork, invite, joinerAsk, type TestNetwork } from '../../../tests/support/network.ts'
import { encodeRaw } from '../../../tests/support/raw-client.ts'
import type { FleetSize, LiveClient, Visitor } from './fleet.ts'
import { titleOf } from './yjs-fleets.ts'

/** Tokens are made for an origin and the relay accepts the one by which it is reached. */
export const originAt = (port: number): string => `http://127.0.0.1:${port}`

export interface Member {
  network: TestNetwork
  device: TestDevice
  room: number
}

/** Signing keys of tests sign the same in every run, and slowly; these sign as a phone does. */
const signingAsPhone = async (device: TestDevice): Promise<TestDevice> => {
  const { raw, d } = device.signing
  const [x, y] = [toBase64url(raw.slice(1, 33)), toBase64url(raw.slice(33))]
  const jwk = { kty: 'EC', crv: 'P-256', d: toBase64url(d), x, y }
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign'])
  return { ...device, signing: { ...device.signing, sign: (bytes) => sign(key, bytes) } }
}

const bringTo = (relay: Relay, network: TestNetwork) => async (list: TestList) => {
  const body = await encodeRaw('http://settling', {
    network: network.id,
    device: list.device,
    expiresS: Math.floor(Date.now() / 1000) + 300,
    rooms: [{ room: list.room, updates: [list.update()] }],
  })
  for await (const _ of (await relay.exchange(body, ['http://settling'])).messages);
}

const settleNetwork = async (relay: Relay, room: number, clientsInRoom: number): Promise<Member[]> => {
  const nowS = Math.floor(Date.now() / 1000)
  const network = await foundNetwork(`live/${room}`)
  const open = await invite(network, `live/${room}`, { uses: clientsInRoom, expiresS: nowS + 3600 })
  const bring = bringTo(relay, network)
  await bring(network.roster)
  const members = [{ network, device: network.founder, room }]
  for (let n = 1; n < clientsInRoom; n++) {
    const { device, roster } = await joinerAsk(network, open, `live/${room}/${n}`, { atS: nowS })
    await bring(roster)
    members.push({ network, device, room })
  }
  return members
}

/** Everybody is a member before the relay starts on the file in `dataFolder`. */
export const settleFleet = async (
  dataFolder: string,
  { rooms, clientsInRoom }: Pick<FleetSize, 'rooms' | 'clientsInRoom'>,
): Promise<Member[]> => {
  const opened = openSqliteStore(join(dataFolder, 'relay.sqlite'))
  if (!opened.ok) throw new Error(opened.error.message)
  const relay = createRelay({ store: opened.value })
  const members: Member[] = []
  for (let room = 0; room < rooms; room++) members.push(...(await settleNetwork(relay, room, clientsInRoom)))
  await opened.value.close()
  return members
}

/** The first of each room, then the second: neighbours in time are of different rooms, as in the other fleets. */
export const inTurns = (members: readonly Member[]): [member: Member, place: number][] => {
  const metByRoom = new Map<number, number>()
  const placed = members.map((member): [Member, number] => {
    const place = metByRoom.get(member.room) ?? 0
    metByRoom.set(member.room, place + 1)
    return [member, place]
  })
  return placed.toSorted(([, a], [, b]) => a - b)
}

const writeEdits = async (list: TestList, { network, device }: Member, edits: number): Promise<void> => {
  const { id } = await newRecordId(device.id)
  for (let n = 0; n < edits; n++) {
    const fields = { title: titleOf(n) }
    const plaintext = encodeOperations([{ at: [n + 1, Date.now()], op: 'set', type: 'need', id, fields }])
    await list.append({ plaintext, key: network.keys.members })
  }
}

/** Beyond the measurement; a relay takes tokens for up to twenty minutes. */
const expiresS = (): number => Math.floor(Date.now() / 1000) + 900

/** The relay counts sockets and requests by address: these come from as many as there are phones. */
export const addressHeader = (room: number, place: number): Record<string, string> => ({
  'x-forwarded-for': `10.${Math.floor(room / 256)}.${room % 256}.${place}`,
})

interface VisitWishes {
  /** so much of each list, by Yjs client id */
  held: ReadonlyMap<number, number>
  sign: TestDevice['signing']['sign']
  /** this month's without it */
  liveRoom?: RoomName
}

/** Who listens to a room. */
export const ourVisitor = async (
  { network, device: { id }, room }: Member,
  place: number,
  port: number,
  { held, sign, liveRoom = monthRoom(Date.now()) }: VisitWishes,
): Promise<Visitor> => {
  const claims = { network: network.id, device: id, origin: originAt(port), expiresS: expiresS() }
  return {
    room,
    url: `ws://127.0.0.1:${port}${livePath(network.id, liveRoom)}`,
    protocols: liveProtocols(await createToken(claims, sign)),
    headers: addressHeader(room, place),
    hello: [encodeStep1(new Map(held))],
    isReady: (message) => {
      const read = parseLiveMessage(message)
      return read.ok && read.value.type === 'step2'
    },
  }
}

const clientOf = async (member: Member, place: number, port: number, edits: number): Promise<LiveClient> => {
  const device = await signingAsPhone(member.device)
  const list = new TestList(member.network.id, monthRoom(Date.now()), device)
  await writeEdits(list, member, edits)
  const { sign } = device.signing
  return {
    ...(await ourVisitor(member, place, port, { held: new Map(), sign })),
    writer: list.client,
    edits: list.entries.map((_, index) => encodeSync('update', list.update(index, index + 1))),
    durableBy: (message) => {
      const read = parseLiveMessage(message)
      if (!read.ok || read.value.type !== 'receipt') return null
      return read.value.durable.find(({ client }) => client === list.client)?.length ?? 0
    },
    broughtBy: (message) => {
      const read = parseLiveMessage(message)
      const runs = read.ok && read.value.type === 'update' ? parseUpdate(read.value.update) : null
      if (!runs?.ok) return []
      return runs.value.map(({ client, fromIndex, entries }) => {
        return { writer: client, index: fromIndex, length: entries.length }
      })
    },
  }
}

export const ourFleet = async (
  members: readonly Member[],
  port: number,
  edits: number,
): Promise<LiveClient[]> => {
  const fleet: LiveClient[] = []
  for (const [member, place] of inTurns(members)) fleet.push(await clientOf(member, place, port, edits))
  return fleet
}
