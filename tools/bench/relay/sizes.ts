/** How much of everything the relay's benchmark does. */

export interface RelaySize {
  /** clients that are connected and say nothing, over rooms of 72 KiB; after `settleMs` memory is what it stays */
  idle: { rooms: number; clientsInRoom: number; seconds: number; settleMs: number }
  /** phones that catch up at the same time, one in each of as many rooms */
  catchUps: number
  /** edits a second of each of the clients, in turn */
  load: { rooms: number; clientsInRoom: number; editsPerSecond: readonly [number, number]; seconds: number }
  kill: { rooms: number; clientsInRoom: number; editsPerSecond: number; afterMs: number }
}

/** 2,000 idle over 500 rooms; 200 in 50 rooms with 1,000 and 4,000 edits a second together. */
export const usualSize: RelaySize = {
  idle: { rooms: 500, clientsInRoom: 4, seconds: 20, settleMs: 10_000 },
  catchUps: 500,
  load: { rooms: 50, clientsInRoom: 4, editsPerSecond: [5, 20], seconds: 20 },
  kill: { rooms: 50, clientsInRoom: 4, editsPerSecond: 20, afterMs: 4000 },
}

/** Whether everything works: its figures say nothing. */
export const smallSize: RelaySize = {
  idle: { rooms: 20, clientsInRoom: 2, seconds: 1, settleMs: 500 },
  catchUps: 20,
  load: { rooms: 5, clientsInRoom: 4, editsPerSecond: [5, 20], seconds: 2 },
  kill: { rooms: 5, clientsInRoom: 4, editsPerSecond: 20, afterMs: 1000 },
}

/** As Yjs keeps them: a map for each need, in the clear; a room of ours holds the same needs, sealed and signed. */
export const filledRoomBytes = 72 * 1024
