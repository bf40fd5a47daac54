/** A stock Yjs server in the relay's benchmark, as it comes from its package. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import * as Y from 'yjs'
import { connect } from '../live/connect.ts'
import type { FleetSize } from '../live/fleet.ts'
import { broughtIn, type PeerName, yjsFleet, yjsVisitor } from '../live/yjs-fleets.ts'
import { startServer } from '../servers/server-process.ts'
import type { Contestant, Driven, Filled } from './contestant.ts'
import { fillRoom } from './needs.ts'
import type { RelaySize } from './sizes.ts'

/** Of format V1: no structs, no deletions. */
const emptyUpdate = Uint8Array.of(0, 0)

const emptyStateVector = (): Uint8Array => Y.encodeStateVector(new Y.Doc())

/** Everything that the server holds of a room. */
const readRoom = async (name: PeerName, port: number, room: number): Promise<Uint8Array> => {
  const { visitor, answerIn } = yjsVisitor(name, port, room, { stateVector: emptyStateVector() })
  let update: Uint8Array | null = null
  const { socket } = await connect(visitor, (_, message) => {
    update ??= answerIn(message)
  })
  socket.terminate()
  if (!update) throw new Error('a server that has answered has sent what it holds')
  return update
}

/** A server that reads its disk answers before it has read: what it tells in the time after counts too. */
const readingMs = 5000

/** Entries of each writer that the server has, or comes to have. */
const readHeld = async (name: PeerName, port: number, rooms: number): Promise<Map<number, number>> => {
  const heldByWriter = new Map<number, number>()
  const stateVector = emptyStateVector()
  const all = await Promise.all(
    Array.from({ length: rooms }, (_, room) => {
      const { visitor, answerIn, updateIn } = yjsVisitor(name, port, room, { stateVector })
      return connect(visitor, (_, message) => {
        for (const { writer, index, length } of broughtIn(
          answerIn(message) ?? updateIn(message) ?? emptyUpdate,
        ))
          heldByWriter.set(writer, Math.max(heldByWriter.get(writer) ?? 0, index + length))
      })
    }),
  )
  await sleep(readingMs)
  for (const { socket } of all) socket.terminate()
  return heldByWriter
}

/** Rooms stay in these servers while somebody is there; everybody has all that the room holds. */
const visitorsOf = (name: PeerName, port: number, rooms: number, clientsInRoom: number) => {
  const { update, stateVector } = fillRoom()
  return Array.from({ length: rooms * clientsInRoom }, (_, n) => {
    const brought = n < rooms ? [update] : []
    return yjsVisitor(name, port, n % rooms, { stateVector, brought }).visitor
  })
}

const openFilled = async (name: PeerName, { idle, catchUps }: RelaySize): Promise<Filled> => {
  const server = await startServer(name)
  const { port } = server
  const { rooms, clientsInRoom } = idle
  const catchUp = (room: number) => async () => (await readRoom(name, port, room)).length
  return {
    server,
    roomBytes: fillRoom().update.length,
    visitors: visitorsOf(name, port, rooms, clientsInRoom),
    catchUps: Array.from({ length: catchUps }, (_, n) => catchUp(n % rooms)),
  }
}

const openDriven = async (
  name: PeerName,
  size: FleetSize,
  edits: number,
  env: Record<string, string>,
): Promise<Driven> => {
  const server = await startServer(name, env)
  return {
    server,
    fleet: yjsFleet(name, server.port, size, edits),
    async restart() {
      const again = await startServer(name, env)
      return { server: again, heldByWriter: await readHeld(name, again.port, size.rooms) }
    },
  }
}

/** `isOnDisk`: with the LevelDB that one of them brings, and that nobody has who does not ask for it. */
export const createPeer = (name: PeerName, label: string, isOnDisk = false): Contestant => {
  const folder = isOnDisk ? mkdtempSync(join(tmpdir(), 'tadamun-bench-peer-')) : null
  return {
    label,
    openFilled: (size) => openFilled(name, size),
    openDriven: (size, edits) => openDriven(name, size, edits, folder ? { YPERSISTENCE: folder } : {}),
    remove() {
      if (folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}
