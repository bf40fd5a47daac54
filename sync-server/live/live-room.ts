/** One room while somebody listens: what is new in its log, read and packed once for all who stand at the same place. */

import { framesOf } from '../frames.ts'
import type { Bytes } from '../protocol/bytes.ts'
import { clientOfName, type DeviceId, type NetworkId, type RoomName } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { encodeSync, type Lengths, type LiveReceipt } from '../protocol/live.ts'
import type { RoomState, RoomStates } from '../room-states.ts'
import type { Growth, LoggedEntry, Store } from '../storage/store.ts'

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
  /** The log grew; without the rows themselves they are read when somebody asks. */
  grew(growth: Growth | undefined): void
  /** Lets go of what is remembered. */
  forget(): void
}

/** Read from the store at once. */
const readBytes = 256 * 1024

/** Messages of one type with at most 64 KiB of entries each, or one larger entry [R21]. */
export const messagesOf = (type: 'step2' | 'update', rows: readonly LiveRow[]): Bytes[] =>
  framesOf(rows, limits.livePieceBytes).map(({ update }) => encodeSync(type, update))

/** Entries that a room remembers of its end; whoever stands before them is given the store's. */
const maxTailBytes = 64 * 1024

const bytesOf = (rows: readonly LoggedEntry[]): number =>
  rows.reduce((sum, { entry }) => sum + entry.length, 0)

const withClient = (row: LoggedEntry): LiveRow => ({ ...row, client: clientOfName(row.list) })

const noPiece: Piece = { rows: [], messages: [] }

/** The last rows of a log as they were appended: what those who follow it ask for. */
class Tail {
  #afterSeq: number
  #rows: LoggedEntry[]
  #bytes: number

  constructor({ afterSeq, rows }: Growth) {
    this.#afterSeq = afterSeq
    this.#rows = [...rows]
    this.#bytes = bytesOf(rows)
  }

  /** False: there is something between. */
  grow({ afterSeq, rows }: Growth): boolean {
    if (afterSeq !== (this.#rows.at(-1)?.seq ?? this.#afterSeq)) return false
    this.#rows.push(...rows)
    this.#bytes += bytesOf(rows)
    if (this.#bytes > maxTailBytes) this.#shorten()
    return true
  }

  /** Null: what comes next there is no longer here. */
  rowsAfter(seq: number): readonly LoggedEntry[] | null {
    if (seq < this.#afterSeq) return null
    const first = this.#rows.findLastIndex((row) => row.seq <= seq)
    return this.#rows.slice(first + 1)
  }

  #shorten(): void {
    while (this.#bytes > maxTailBytes / 2) {
      const oldest = this.#rows.shift()
      if (!oldest) return
      this.#afterSeq = oldest.seq
      this.#bytes -= oldest.entry.length
    }
  }
}

export const createLiveRoom = (
  { store, states }: { readonly store: Store; readonly states: RoomStates },
  network: NetworkId,
  room: RoomName,
): LiveRoom => {
  // most sessions stand at the end of the log: the same place
  const piecesBySeq = new Map<number, Promise<Piece>>()
  let tail: Tail | null = null

  const rowsAfter = async (seq: number): Promise<readonly LoggedEntry[]> =>
    tail?.rowsAfter(seq) ?? (await store.readSince(network, room, seq, readBytes)).entries

  const readPiece = async (seq: number): Promise<Piece> => {
    const rows = (await rowsAfter(seq)).map(withClient)
    return rows.length > 0 ? { rows, messages: messagesOf('update', rows) } : noPiece
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
      const lists = await states.listsOf(network, room, device)
      return lists.map(({ client, length, head }) => ({ client, length, head }))
    },
    grew(growth) {
      // what was read of the end is no longer all
      piecesBySeq.clear()
      if (!growth) tail = null
      else if (!tail?.grow(growth)) tail = new Tail(growth)
    },
    forget() {
      piecesBySeq.clear()
      tail = null
    },
  }
}
