/** What the relay's benchmark asks of a server, ours or a peer. */
import type { FleetSize, LiveClient, Visitor } from '../live/fleet.ts'
import type { ServerProcess } from '../servers/server-process.ts'
import type { RelaySize } from './sizes.ts'

/** A server whose rooms are filled as soon as the visitors are in. */
export interface Filled {
  server: ServerProcess
  /** bytes that the server keeps of one room */
  roomBytes: number
  visitors: Visitor[]
  /** one for each room: a phone without anything asks for all; resolves with the bytes that came */
  catchUps: (() => Promise<number>)[]
}

export interface Driven {
  server: ServerProcess
  fleet: LiveClient[]
  /** Starts the server again on what it kept: entries that it holds, by writer. */
  restart(): Promise<{ server: ServerProcess; heldByWriter: Map<number, number> }>
}

export interface Contestant {
  /** for people */
  label: string
  openFilled(size: RelaySize): Promise<Filled>
  openDriven(size: FleetSize, edits: number): Promise<Driven>
  /** lets go of what lies on the disk */
  remove(): void
}
