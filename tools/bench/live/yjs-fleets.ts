/** Fleets of stock Yjs clients: one map for each client in the document of its room, one field set again and again. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Brought, FleetSize, LiveClient, Visitor } from './fleet.ts'

/** y-protocols 1.0.7, sync */
const step2 = 1
const update = 2
/** y-websocket and hocuspocus number them alike; hocuspocus answers step 1 with the other one */
const syncMessages = [0, 4]
/** hocuspocus MessageType.Auth, AuthMessageType.Token */
const auth = [2, 0]

interface Dialect {
  urlOf(port: number, room: number): string
  /** stands before every message */
  address(room: number): string | null
  /** before anything else is heard */
  login: boolean
}

const dialects = {
  yWebsocket: {
    urlOf: (port, room) => `ws://127.0.0.1:${port}/room${room}`,
    address: () => null,
    login: false,
  },
  hocuspocus: { urlOf: (port) => `ws://127.0.0.1:${port}`, address: (room) => `room${room}`, login: true },
} satisfies Record<string, Dialect>

const editsOf = (doc: Y.Doc, count: number): Uint8Array[] => {
  const updates: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => updates.push(bytes))
  const need = doc.getMap(`need of ${doc.clientID}`)
  for (let n = 0; n < count; n++) need.set('title', titleOf(n))
  return updates
}

/** What every edit of the measurement writes, whoever carries it. */
export const titleOf = (edit: number): string => `سلة غذائية، تعديل ${edit}`

const framed = (address: string | null, write: (encoder: encoding.Encoder) => void): Uint8Array =>
  encoding.encode((encoder) => {
    if (address !== null) encoding.writeVarString(encoder, address)
    write(encoder)
  })

/** Type and body of a sync message; null for everything else that a server says. */
const readSync = (message: Uint8Array, hasAddress: boolean): { type: number; bytes: Uint8Array } | null => {
  const decoder = decoding.createDecoder(message)
  if (hasAddress) decoding.readVarString(decoder)
  if (!syncMessages.includes(decoding.readVarUint(decoder))) return null
  return { type: decoding.readVarUint(decoder), bytes: decoding.readVarUint8Array(decoder) }
}

export const broughtIn = (bytes: Uint8Array): Brought[] =>
  Y.decodeUpdate(bytes).structs.map(({ id, length }) => ({ writer: id.client, index: id.clock, length }))

export type PeerName = keyof typeof dialects

/** Who keeps a document of its own, or an empty one, and asks for what it lacks; `brought` is sent along. */
export const yjsVisitor = (
  name: PeerName,
  port: number,
  room: number,
  { stateVector, brought = [] }: { stateVector: Uint8Array; brought?: readonly Uint8Array[] },
) => {
  const dialect = dialects[name]
  const address = dialect.address(room)
  const sync = (type: number, bytes: Uint8Array) =>
    framed(address, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarUint(encoder, type)
      encoding.writeVarUint8Array(encoder, bytes)
    })
  const login = framed(address, (encoder) => {
    for (const number of auth) encoding.writeVarUint(encoder, number)
    encoding.writeVarString(encoder, 'anybody')
  })
  const read = (message: Uint8Array) => readSync(message, address !== null)
  const visitor: Visitor = {
    room,
    ...{ url: dialect.urlOf(port, room), protocols: [], headers: {} },
    hello: [
      ...(dialect.login ? [login] : []),
      ...brought.map((bytes) => sync(update, bytes)),
      sync(0, stateVector),
    ],
    isReady: (message) => read(message)?.type === step2,
  }
  return {
    visitor,
    messageOf: (edit: Uint8Array) => sync(update, edit),
    /** The update in an answer to step 1, or in word of an edit. */
    answerIn: (message: Uint8Array) => bytesOfType(read(message), step2),
    updateIn: (message: Uint8Array) => bytesOfType(read(message), update),
  }
}

const bytesOfType = (found: ReturnType<typeof readSync>, type: number): Uint8Array | null =>
  found?.type === type ? found.bytes : null

const clientOf = (name: PeerName, port: number, room: number, edits: number): LiveClient => {
  const doc = new Y.Doc()
  const stateVector = Y.encodeStateVector(doc)
  const { visitor, messageOf, updateIn } = yjsVisitor(name, port, room, { stateVector })
  return {
    ...visitor,
    writer: doc.clientID,
    edits: editsOf(doc, edits).map(messageOf),
    durableBy: () => null,
    broughtBy: (message) => {
      const bytes = updateIn(message)
      return bytes ? broughtIn(bytes) : []
    },
  }
}

export const yjsFleet = (
  name: PeerName,
  port: number,
  { rooms, clientsInRoom }: FleetSize,
  edits: number,
): LiveClient[] =>
  Array.from({ length: rooms * clientsInRoom }, (_, n) => clientOf(name, port, n % rooms, edits))
