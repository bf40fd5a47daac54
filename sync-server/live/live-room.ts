/** One room while somebody listens: what is new in its log, read and packed once for all who stand at the same place. */

import { framesOf } from '../frames.ts'
import type { Bytes } from '../protocol/bytes.ts'
import { type DeviceId, type NetworkId, parseListName, type RoomName } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { encodeSync, type Lengths, type LiveReceipt } from '../protocol/live.ts'
import { clientOfName, type RoomState, type RoomStates } from '../room-states.ts'
import type { LoggedEntry, Store } from '../storage/store.ts'

/** A row with the Yjs client id of its list. */
export interface LiveRow extends LoggedEntry {
  readonly client: number
}

/** Rows that follow one another in the room's log. */
export interface Piece {
  readonly rows: readonly LiveRow[]
  /** update messages that hold all of them */
  readonly messages: readonly Bytes[]
}

type Durable = LiveReceipt['durable']

export interface LiveRoom {
  readonly network: NetworkId
  readonly room: RoomName
  state(): Promise<RoomState>
  /** What comes after a place of the log; no rows = nothing. */
  pieceAfter(seq: number): Promise<Piece>
  /** Batches of all that is held beyond these lengths, each list in its order. */
  beyond(state: RoomState, lengths: Lengths): AsyncGenerator<LiveRow[]>
  /** Entries that are durable of a device's own lists [R20]. */
  durableOf(device: DeviceId): Promise<Durable>
  /** The log grew: what was read of its end is no longer all. */
  forget(): void
}

/** Read from the store at once. */
const readBytes = 256 * 1024

/** Messages of one type with at most 64 KiB of entries each, or one larger entry [R21]. */
export const messagesOf = (type: 'step2' | 'update', rows: readonly LiveRow[]): Bytes[] =>
  framesOf(rows, limits.livePieceBytes).map(({ update }) => encodeSync(type, update))

const withClient = (row: LoggedEntry): LiveRow => ({ ...row, client: clientOfName(row.list) })

/** Own lists of every device of a room, found once for each state of it. */
const durableByState = new WeakMap<RoomState, ReadonlyMap<DeviceId, Durable>>()

const durableIn = (state: RoomState): ReadonlyMap<DeviceId, Durable> => {
  const known = durableByState.get(state)
  if (known) return known
  const byDevice = new Map<DeviceId, Durable>()
  for (const { list, client, length } of state.listsByClient.values()) {
    const device = parseListName(list)?.device
    if (device) byDevice.set(device, [...(byDevice.get(device) ?? []), { client, length }])
  }
  durableByState.set(state, byDevice)
  return byDevice
}

export const createLiveRoom = (
  { store, states }: { readonly store: Store; readonly states: RoomStates },
  network: NetworkId,
  room: RoomName,
): LiveRoom => {
  // most sessions stand at the end of the log: the same place
  const piecesBySeq = new Map<number, Promise<Piece>>()

  const readPiece = async (seq: number): Promise<Piece> => {
    const { entries } = await store.readSince(network, room, seq, readBytes)
    const rows = entries.map(withClient)
    return { rows, messages: messagesOf('update', rows) }
  }

  async function* rowsBeyond(state: RoomState, lengths: Lengths): AsyncGenerator<LiveRow[]> {
    for (const { client, list, length } of state.listsByClient.values()) {
      let index = lengths.get(client) ?? 0
      while (index < length) {
        const start = index
        const { entries } = await store.readList(network, room, list, start, readBytes)
        // the room was dropped meanwhile
        if (entries.length === 0) break
        yield entries.map((entry, i) => ({ ...entry, client, list, index: start + i, seq: 0 }))
        index += entries.length
      }
    }
  }

  return {
    network,
    room,
    state: () => states.get(network, room),
    pieceAfter(seq) {
      const known = piecesBySeq.get(seq)
      if (known) return known
      const piece = readPiece(seq)
      // a read that failed fails those who wait for it, and is tried again by the next one
      piece.catch(() => piecesBySeq.delete(seq))
      if (piecesBySeq.size < 16) piecesBySeq.set(seq, piece)
      return piece
    },
    async *beyond(state, lengths) {
      let batch: LiveRow[] = []
      let bytes = 0
      for await (const rows of rowsBeyond(state, lengths)) {
        batch.push(...rows)
        bytes += rows.reduce((sum, { entry }) => sum + entry.length, 0)
        if (bytes < limits.livePieceBytes) continue
        yield batch
        batch = []
        bytes = 0
      }
      if (batch.length > 0) yield batch
    },
    async durableOf(device) {
      return durableIn(await states.get(network, room)).get(device) ?? []
    },
    forget: () => piecesBySeq.clear(),
  }
}
