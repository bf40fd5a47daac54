/** Fleets of stock Yjs clients: one map for each client in the document of its room, one field set again and again. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type Brought, type LiveClient, size } from './fleet.ts'

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

const broughtIn = (bytes: Uint8Array): Brought[] =>
  Y.decodeUpdate(bytes).structs.map(({ id, length }) => ({ writer: id.client, index: id.clock, length }))

const clientOf = (dialect: Dialect, port: number, room: number, edits: number): LiveClient => {
  const doc = new Y.Doc()
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
  return {
    room,
    ...{ url: dialect.urlOf(port, room), protocols: [], headers: {}, writer: doc.clientID },
    hello: [...(dialect.login ? [login] : []), sync(0, Y.encodeStateVector(doc))],
    edits: editsOf(doc, edits).map((bytes) => sync(update, bytes)),
    isReady: (message) => read(message)?.type === step2,
    broughtBy: (message) => {
      const found = read(message)
      return found?.type === update ? broughtIn(found.bytes) : []
    },
  }
}

export const yjsFleet = (name: keyof typeof dialects, port: number, edits: number): LiveClient[] =>
  Array.from({ length: size.rooms * size.clientsInRoom }, (_, n) =>
    clientOf(dialects[name], port, n % size.rooms, edits),
  )
