/**
 * Our relay in its benchmark, as an operator runs it: SQLite on the disk with full sync, signatures checked. Set are
 * only the bounds that keep one machine from being all phones at once: sockets, connections, bodies at a time.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeOperations, newRecordId } from '../../../src/records/operation-codec.ts'
import { clientOfList, listNameOf, monthRoom, type RoomName } from '../../../sync-server/protocol/ids.ts'
import { openSqliteStore } from '../../../sync-server/storage/sqlite-store.ts'
import type { HeadedEntry } from '../../../sync-server/storage/store.ts'
import { TestList } from '../../../tests/support/entries.ts'
import { encodeRaw, readAnswer } from '../../../tests/support/raw-client.ts'
import type { FleetSize, Visitor } from '../live/fleet.ts'
import {
  addressHeader,
  inTurns,
  type Member,
  originAt,
  ourFleet,
  ourVisitor,
  settleFleet,
} from '../live/our-fleet.ts'
import { startServer } from '../servers/server-process.ts'
import type { Contestant, Driven, Filled } from './contestant.ts'
import { fillRoom } from './needs.ts'
import type { RelaySize } from './sizes.ts'

const envOf = (dataFolder: string): Record<string, string> => ({
  TADAMUN_DATA: dataFolder,
  TADAMUN_PROXY: '1',
  TADAMUN_LOG: 'warn',
  TADAMUN_MAX_SOCKETS: '5000',
  TADAMUN_MAX_CONNECTIONS: '6000',
  TADAMUN_MAX_EXCHANGES: '1000',
})

/** The needs of a filled room as a member writes them, one entry each: sealed, signed for one network. */
const entriesOf = async ({ network, device }: Member): Promise<HeadedEntry[]> => {
  const list = new TestList(network.id, monthRoom(Date.now()), device)
  for (const fields of fillRoom().needs) {
    const { id, nonce } = await newRecordId(device.id)
    const at: [number, number] = [0, Date.now()]
    const plaintext = encodeOperations([{ at, op: 'create', type: 'need', id, nonce, fields }])
    await list.append({ plaintext, key: network.keys.members })
  }
  return list.entries.map((entry, index) => ({ entry, head: list.heads[index] as HeadedEntry['head'] }))
}

/**
 * Puts the same entries into every room, a part under each member's name, past the gate: signing 150,000 of them would
 * take longer than all the rest, and a relay never looks at a signature again that it has stored.
 */
const fillStore = async (dataFolder: string, members: readonly Member[], room: RoomName): Promise<number> => {
  const opened = openSqliteStore(join(dataFolder, 'relay.sqlite'))
  if (!opened.ok) throw new Error(opened.error.message)
  const [first] = members
  if (!first) return 0
  const entries = await entriesOf(first)
  const clientsInRoom = members.filter((member) => member.room === first.room).length
  const part = Math.ceil(entries.length / clientsInRoom)
  for (const [{ network, device }, place] of inTurns(members))
    await opened.value.append(
      network.id,
      room,
      listNameOf({ device: device.id, generation: 0 }),
      0,
      entries.slice(place * part, (place + 1) * part),
    )
  const bytes = await opened.value.bytes(first.network.id)
  await opened.value.close()
  return bytes
}

/** The body with which a phone that has nothing asks for all that it may read. */
const bodyOf = ({ network, device }: Member, port: number): Promise<Uint8Array<ArrayBuffer>> =>
  encodeRaw(originAt(port), {
    network: network.id,
    device,
    expiresS: Math.floor(Date.now() / 1000) + 900,
  })

const exchange = async (port: number, body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) => {
  const response = await fetch(`${originAt(port)}/v1/sync`, { method: 'POST', body, headers })
  if (!response.ok) throw new Error(`the relay answers ${response.status}`)
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
}

const heldOf = (members: readonly Member[], part: number): Map<number, number> =>
  new Map(members.map(({ device }) => [clientOfList({ device: device.id, generation: 0 }), part]))

const openFilled = async (dataFolder: string, { idle, catchUps }: RelaySize): Promise<Filled> => {
  const members = await settleFleet(dataFolder, idle)
  const roomBytes = await fillStore(dataFolder, members, monthRoom(Date.now()))
  const server = await startServer('ours', envOf(dataFolder))
  const { port } = server
  const part = Math.ceil(fillRoom().needs.length / idle.clientsInRoom)
  const byRoom = Map.groupBy(members, (member) => member.room)
  const placed = inTurns(members)
  const visitors: Visitor[] = []
  for (const [member, place] of placed) {
    const held = heldOf(byRoom.get(member.room) ?? [], part)
    visitors.push(await ourVisitor(member, place, port, { held, sign: member.device.signing.sign }))
  }
  const catchUp = async ([member, place]: [Member, number]) => {
    const [body, headers] = [await bodyOf(member, port), addressHeader(member.room, 100 + place)]
    return async () => (await exchange(port, body, headers)).bytes.length
  }
  return {
    ...{ server, roomBytes, visitors },
    catchUps: await Promise.all(placed.slice(0, catchUps).map(catchUp)),
  }
}

/** What a phone of each network is answered that has nothing. */
const readHeld = async (members: readonly Member[], port: number): Promise<Map<number, number>> => {
  const heldByWriter = new Map<number, number>()
  const room = monthRoom(Date.now())
  for (const [member, place] of inTurns(members)) {
    if (place > 0) continue
    const { status, bytes } = await exchange(port, await bodyOf(member, port), addressHeader(member.room, 0))
    for (const { client, fromIndex, entries } of readAnswer(bytes, status, []).runsOf(room))
      heldByWriter.set(client, Math.max(heldByWriter.get(client) ?? 0, fromIndex + entries.length))
  }
  return heldByWriter
}

const openDriven = async (dataFolder: string, size: FleetSize, edits: number): Promise<Driven> => {
  const members = await settleFleet(dataFolder, size)
  const env = envOf(dataFolder)
  const server = await startServer('ours', env)
  return {
    server,
    fleet: await ourFleet(members, server.port, edits),
    async restart() {
      const again = await startServer('ours', env)
      return { server: again, heldByWriter: await readHeld(members, again.port) }
    },
  }
}

export const createOurs = (label: string): Contestant => {
  const folders: string[] = []
  const newFolder = (): string => {
    const folder = mkdtempSync(join(tmpdir(), 'tadamun-bench-'))
    folders.push(folder)
    return folder
  }
  return {
    label,
    openFilled: (size) => openFilled(newFolder(), size),
    openDriven: (size, edits) => openDriven(newFolder(), size, edits),
    remove() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    },
  }
}
