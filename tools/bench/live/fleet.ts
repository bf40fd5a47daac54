/** The clients of the live measurement, as one load generator drives them whatever server they speak to. */

export interface FleetSize {
  rooms: number
  clientsInRoom: number
  /** of each client */
  editsPerSecond: number
}

export const usualFleet: FleetSize = { rooms: 50, clientsInRoom: 4, editsPerSecond: 5 }

/** What a message brought: `length` edits of a writer, from `index` on. */
export interface Brought {
  /** the writer's Yjs client id */
  writer: number
  index: number
  length: number
}

/** Who comes to a room and listens. */
export interface Visitor {
  room: number
  url: string
  protocols: string[]
  headers: Record<string, string>
  /** said as soon as the socket is open */
  hello: Uint8Array[]
  /** The server has answered: this client hears what happens from now on. */
  isReady(message: Uint8Array): boolean
}

/** Everything is sealed, signed and encoded beforehand: the generator only sends and takes the time. */
export interface LiveClient extends Visitor {
  /** Yjs client id; edit n has the clock n */
  writer: number
  edits: Uint8Array[]
  broughtBy(message: Uint8Array): Brought[]
  /** so many of its own edits are durable, says the server; null = it says nothing of that */
  durableBy(message: Uint8Array): number | null
}
