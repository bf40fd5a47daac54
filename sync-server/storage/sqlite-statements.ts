/** The SQL of the relay's store: one function for each statement, rows checked into types. */

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Bytes } from '../protocol/bytes.ts'
import type { DeviceId, ListName, NetworkId, RoomName } from '../protocol/ids.ts'
import type { HeadedEntry, ListLength, LoggedEntry, NetworkRoom, RoomEnd } from './store.ts'

export interface RoomRow {
  readonly id: number
  readonly seq: number
}

export interface ListRow {
  readonly id: number
  readonly length: number
}

type Row = Record<string, SQLOutputValue>

const numberIn = (row: Row, column: string): number => {
  const value = row[column]
  if (typeof value !== 'number') throw new Error(`column ${column} holds no number`)
  return value
}

const textIn = (row: Row, column: string): string => {
  const value = row[column]
  if (typeof value !== 'string') throw new Error(`column ${column} holds no text`)
  return value
}

const bytesIn = (row: Row, column: string): Bytes => {
  const value = row[column]
  if (!(value instanceof Uint8Array)) throw new Error(`column ${column} holds no bytes`)
  return value
}

const roomRow = (row: Row | undefined): RoomRow | undefined =>
  row && { id: numberIn(row, 'id'), seq: numberIn(row, 'seq') }

const inRoom = 'room = (SELECT id FROM rooms WHERE network = ? AND name = ?)'

const prepareWrites = (database: DatabaseSync) => {
  const insertRoom = database.prepare('INSERT INTO rooms (network, name) VALUES (?, ?) RETURNING id, seq')
  const insertList = database.prepare(
    `INSERT INTO lists (room, name, client, device, length, head, bytes)
     VALUES (?, ?, ?, ?, 0, x'', 0) RETURNING id`,
  )
  const insertEntry = database.prepare(
    'INSERT INTO entries (room, seq, list, clock, head, entry) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const updateList = database.prepare('UPDATE lists SET length = ?, head = ?, bytes = bytes + ? WHERE id = ?')
  const updateRoom = database.prepare('UPDATE rooms SET seq = ? WHERE id = ?')
  const deleteEntries = database.prepare('DELETE FROM entries WHERE room = ?')
  const deleteLists = database.prepare('DELETE FROM lists WHERE room = ?')
  return {
    makeRoom: (network: NetworkId, room: RoomName): RoomRow =>
      roomRow(insertRoom.get(network, room)) as RoomRow,
    makeList: (roomId: number, list: ListName, client: number, device: DeviceId): number =>
      numberIn(insertList.get(roomId, list, client, device) as Row, 'id'),
    addEntry: (
      roomId: number,
      seq: number,
      listId: number,
      clock: number,
      head: Bytes,
      entry: Bytes,
    ): void => {
      insertEntry.run(roomId, seq, listId, clock, head, entry)
    },
    growList: (listId: number, length: number, head: Bytes, addedBytes: number): void => {
      updateList.run(length, head, addedBytes, listId)
    },
    setRoomSeq: (roomId: number, seq: number): void => {
      updateRoom.run(seq, roomId)
    },
    dropRoom: (roomId: number): void => {
      deleteEntries.run(roomId)
      deleteLists.run(roomId)
    },
  }
}

const prepareReads = (database: DatabaseSync) => {
  const relay = database.prepare('SELECT id FROM relay')
  const room = database.prepare('SELECT id, seq FROM rooms WHERE network = ? AND name = ?')
  const list = database.prepare('SELECT id, length FROM lists WHERE room = ? AND name = ?')
  const client = database.prepare('SELECT 1 FROM lists WHERE room = ? AND client = ?')
  const heads = database.prepare(
    'SELECT head FROM entries WHERE list = ? AND clock >= ? AND clock < ? ORDER BY clock',
  )
  const lists = database.prepare('SELECT name, length, head FROM lists WHERE room = ?')
  const rooms = database.prepare(
    'SELECT name, seq FROM rooms WHERE network = ? AND EXISTS (SELECT 1 FROM lists WHERE room = rooms.id)',
  )
  const monthsBefore = database.prepare(
    `SELECT network, name FROM rooms WHERE name GLOB '*[0-9][0-9][0-9][0-9]-[0-9][0-9]' AND substr(name, -7) < ?
     AND EXISTS (SELECT 1 FROM lists WHERE room = rooms.id)`,
  )
  const bytesByDevice = database.prepare(
    `SELECT device, sum(bytes) AS bytes FROM lists
     WHERE room IN (SELECT id FROM rooms WHERE network = ?) GROUP BY device`,
  )
  return {
    relayId: (): string => textIn(relay.get() as Row, 'id'),
    room: (network: NetworkId, name: RoomName): RoomRow | undefined => roomRow(room.get(network, name)),
    list: (roomId: number, name: ListName): ListRow | undefined => {
      const row = list.get(roomId, name)
      return row && { id: numberIn(row, 'id'), length: numberIn(row, 'length') }
    },
    clientExists: (roomId: number, clientId: number): boolean => client.get(roomId, clientId) !== undefined,
    heads: (listId: number, from: number, to: number): Bytes[] =>
      heads.all(listId, from, to).map((row) => bytesIn(row, 'head')),
    lists: (roomId: number): ListLength[] =>
      lists.all(roomId).map((row) => ({
        list: textIn(row, 'name') as ListName,
        length: numberIn(row, 'length'),
        head: bytesIn(row, 'head'),
      })),
    rooms: (network: NetworkId): RoomEnd[] =>
      rooms.all(network).map((row) => ({ room: textIn(row, 'name') as RoomName, seq: numberIn(row, 'seq') })),
    monthsBefore: (month: string): NetworkRoom[] =>
      monthsBefore.all(month).map((row) => ({
        network: textIn(row, 'network') as NetworkId,
        room: textIn(row, 'name') as RoomName,
      })),
    bytesByDevice: (network: NetworkId): [DeviceId, number][] =>
      bytesByDevice.all(network).map((row) => [textIn(row, 'device') as DeviceId, numberIn(row, 'bytes')]),
  }
}

const prepareScans = (database: DatabaseSync) => {
  const since = database.prepare(
    `SELECT seq, lists.name AS name, clock, entry, entries.head AS head FROM entries JOIN lists ON lists.id = entries.list
     WHERE entries.room = (SELECT id FROM rooms WHERE network = ? AND name = ?) AND seq > ? ORDER BY seq`,
  )
  const ofList = database.prepare(
    `SELECT entry, head FROM entries WHERE list = (SELECT id FROM lists WHERE ${inRoom} AND name = ?)
     AND clock >= ? ORDER BY clock`,
  )
  return {
    *entriesSince(network: NetworkId, room: RoomName, cursor: number): Generator<LoggedEntry> {
      for (const row of since.iterate(network, room, cursor))
        yield {
          seq: numberIn(row, 'seq'),
          list: textIn(row, 'name') as ListName,
          index: numberIn(row, 'clock'),
          entry: bytesIn(row, 'entry'),
          head: bytesIn(row, 'head'),
        }
    },
    *entriesOfList(
      network: NetworkId,
      room: RoomName,
      name: ListName,
      fromIndex: number,
    ): Generator<HeadedEntry> {
      for (const row of ofList.iterate(network, room, name, fromIndex))
        yield { entry: bytesIn(row, 'entry'), head: bytesIn(row, 'head') }
    },
  }
}

export const prepareStatements = (database: DatabaseSync) => ({
  ...prepareWrites(database),
  ...prepareReads(database),
  ...prepareScans(database),
})

export type Statements = ReturnType<typeof prepareStatements>
