/** Judges a group of appends against a room as it stands and against one another: what is stored, what each is told. */

import { type Bytes, equalBytes } from '../protocol/bytes.ts'
import type { ListName } from '../protocol/ids.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import { readList, type ShardRoom } from './jetstream-log.ts'
import type { StoredRun } from './jetstream-message.ts'
import { clientAndDevice, type RoomIndex } from './jetstream-room.ts'
import type { AppendFailure, HeadedEntry } from './store.ts'

export interface AskedAppend {
  readonly list: ListName
  readonly fromIndex: number
  readonly entries: readonly HeadedEntry[]
}

/** Becomes true once the runs are stored. */
export type Judged = Result<{ length: number; added: number }, AppendFailure>

export interface Judgement {
  /** in the order of the appends */
  readonly judged: readonly Judged[]
  /** what is not held yet; every list goes on where it ends */
  readonly runs: readonly StoredRun[]
}

/** Heads of a list from an index on: those that are held, then those of the group. */
const headsFrom = async (
  room: ShardRoom,
  index: RoomIndex | undefined,
  { list, fromIndex, entries }: AskedAppend,
  runs: readonly StoredRun[],
): Promise<Bytes[]> => {
  const heads: Bytes[] = []
  const held = index?.lengthOf(list) ?? 0
  const end = Math.min(held, fromIndex + entries.length)
  while (fromIndex + heads.length < end) {
    const piece = await readList(room, list, fromIndex + heads.length, 1024 * 1024)
    if (piece.entries.length === 0) throw new Error('the room was dropped meanwhile')
    heads.push(...piece.entries.map(({ head }) => head))
  }
  const fresh = runs.filter((run) => run.list === list).flatMap((run) => run.entries)
  heads.push(...fresh.slice(Math.max(0, fromIndex - held)).map(({ head }) => head))
  return heads
}

const isClientTaken = (index: RoomIndex | undefined, list: ListName, runs: readonly StoredRun[]): boolean => {
  const { client } = clientAndDevice(list)
  const holder = index?.listOfClient(client)
  if (holder !== undefined) return holder !== list
  return runs.some((run) => run.list !== list && clientAndDevice(run.list).client === client)
}

const judgeOne = async (
  room: ShardRoom,
  index: RoomIndex | undefined,
  asked: AskedAppend,
  runs: StoredRun[],
): Promise<Judged> => {
  const { list, fromIndex, entries } = asked
  const fresh = runs.reduce((sum, run) => sum + (run.list === list ? run.entries.length : 0), 0)
  const length = (index?.lengthOf(list) ?? 0) + fresh
  if (fromIndex > length) return fail({ code: 'gap', length })
  const known = await headsFrom(room, index, asked, runs)
  for (const [i, { head }] of entries.entries()) {
    const other = known[i]
    if (other && !equalBytes(other, head)) return fail({ code: 'conflict', index: fromIndex + i, length })
  }
  const added = entries.slice(length - fromIndex)
  if (added.length === 0) return ok({ length, added: 0 })
  if (length === 0 && isClientTaken(index, list, runs)) return fail({ code: 'clientTaken' })
  runs.push({ list, fromIndex: length, entries: added })
  return ok({ length: length + added.length, added: added.length })
}

export const judgeAppends = async (
  room: ShardRoom,
  index: RoomIndex | undefined,
  appends: readonly AskedAppend[],
): Promise<Judgement> => {
  const runs: StoredRun[] = []
  const judged: Judged[] = []
  for (const asked of appends) judged.push(await judgeOne(room, index, asked, runs))
  return { judged, runs }
}
