/** What an answer says of one room: frames after the cursor, runs that were asked for, and how the room stands [R16]. */

import type { FrameBudget } from './frame-budget.ts'
import { framesOf } from './frames.ts'
import { type Bytes, equalBytes } from './protocol/bytes.ts'
import { digestLength } from './protocol/digest.ts'
import type { AnswerMessage, ListFrom, RoomRequest, RoomResult } from './protocol/exchange.ts'
import { clientOfName, type DeviceId, type NetworkId, parseListName, type RoomName } from './protocol/ids.ts'
import type { RoomList, RoomState } from './room-states.ts'
import type { Intake } from './run-intake.ts'
import type { LoggedEntry, Store } from './storage/store.ts'

export interface AskedRoom {
  readonly store: Store
  readonly network: NetworkId
  /** who asks */
  readonly device: DeviceId
  readonly room: RoomName
  readonly roomRef: number
  /** null for a room that the request did not name */
  readonly request: RoomRequest | null
  /** do the request's cursors belong to this relay? */
  readonly isOurCursor: boolean
  readonly intake: Intake
  /** after the intake */
  readonly state: RoomState
  /** of that state */
  readonly digest: Bytes
}

interface Sent {
  readonly cursor: number
  readonly more: boolean
  readonly frames: number
}

/** Bytes read from the store at once: an answer never stands in memory as a whole. */
const readBytes = 256 * 1024

/** Where reading begins; `lost` = the cursor says nothing here, only the lists can be compared [R16]. */
const startOf = ({ request, isOurCursor, state }: AskedRoom): number | 'lost' => {
  if (!request || request.cursor === 0) return 0
  return isOurCursor && request.cursor <= state.seq ? request.cursor : 'lost'
}

const isEqual = ({ request, digest }: AskedRoom): boolean =>
  request !== null && equalBytes(request.digest, digest)

/** The asker sent these rows itself a moment ago. */
const isKnownToAsker = ({ intake }: AskedRoom, { list, index }: LoggedEntry): boolean => {
  const client = clientOfName(list)
  return intake.held.some((run) => run.client === client && run.from <= index && index < run.to)
}

async function* framesSince(
  asked: AskedRoom,
  start: number,
  budget: FrameBudget,
): AsyncGenerator<AnswerMessage, Sent> {
  const { store, network, room, roomRef, state } = asked
  let cursor = start
  let frames = 0
  while (cursor < state.seq) {
    const piece = await store.readSince(network, room, cursor, readBytes)
    const rows = piece.entries.filter(({ seq }) => seq <= state.seq)
    const last = rows.at(-1)
    // the room was dropped meanwhile
    if (!last) break
    const news = rows.filter((row) => !isKnownToAsker(asked, row))
    for (const { seq, update } of framesOf(news, budget.frameBytes)) {
      if (!budget.spend(update.length)) return { cursor, more: true, frames }
      yield { type: 'frame', roomRef, cursor: seq, update }
      cursor = seq
      frames++
    }
    cursor = last.seq
  }
  return { cursor: state.seq, more: false, frames }
}

/** Runs of one list; gives back whether they were cut short. */
async function* framesOfList(
  asked: AskedRoom,
  { client, from }: ListFrom,
  budget: FrameBudget,
): AsyncGenerator<AnswerMessage, boolean> {
  const { store, network, room, roomRef, state } = asked
  const held = state.listsByClient.get(client)
  let index = from
  while (held && index < held.length) {
    const { entries } = await store.readList(network, room, held.list, index, readBytes)
    if (entries.length === 0) break
    const start = index
    const rows = entries.map((entry, i) => ({ ...entry, list: held.list, index: start + i, seq: 0 }))
    for (const { update } of framesOf(rows, budget.frameBytes)) {
      if (!budget.spend(update.length)) return true
      yield { type: 'frame', roomRef, cursor: 0, update }
    }
    index += entries.length
  }
  return false
}

const durableOf = ({ device, state }: AskedRoom): RoomResult['durable'] => {
  const own = [...state.listsByClient.values()].filter(({ list }) => parseListName(list)?.device === device)
  return own.map(({ client, length, head }) => ({ client, length, head }))
}

const differsOf = (asked: AskedRoom, sent: Sent): RoomResult['differs'] => {
  const { request, intake, state } = asked
  const isOpen = sent.more || sent.frames > 0 || intake.needs.length > 0
  if (!request || isOpen || request.want.length > 0 || isEqual(asked)) return null
  if (intake.refused.some(({ reason }) => reason === 'tooFast')) return null
  return [...state.listsByClient.values()].map(({ client, length, head }) => ({ client, length, head }))
}

/** Nothing to say: the room is as the request said. */
const isSilent = (asked: AskedRoom, sent: Sent): boolean => {
  const { request, isOurCursor } = asked
  if (!request || !isOurCursor || sent.more || sent.frames > 0) return false
  const isReading = request.updates.length === 0 && request.want.length === 0
  return isReading && sent.cursor === request.cursor && isEqual(asked)
}

/** Frames, then at most one result. */
export async function* answerRoom(asked: AskedRoom, budget: FrameBudget): AsyncGenerator<AnswerMessage> {
  const { roomRef, state, intake, request } = asked
  const start = startOf(asked)
  const isDone = start === 'lost' || isEqual(asked)
  const sent = isDone
    ? { cursor: state.seq, more: false, frames: 0 }
    : yield* framesSince(asked, start, budget)
  let isCut = false
  for (const list of request?.want ?? []) {
    isCut = yield* framesOfList(asked, list, budget)
    if (isCut) break
  }
  if (isSilent(asked, sent)) return
  const { needs, refused } = intake
  const result: RoomResult = {
    cursor: sent.cursor,
    digest: asked.digest,
    more: sent.more || isCut,
    durable: durableOf(asked),
    differs: differsOf(asked, sent),
    needs,
    refused,
  }
  yield { type: 'result', roomRef, result }
}

/** For a room that the asker may not read: nothing but what became of its updates. `own`: the asker's lists there. */
export const refusedRoom = (
  roomRef: number,
  own: readonly RoomList[],
  request: RoomRequest,
  intake: Intake,
): AnswerMessage => {
  const digest: Bytes = new Uint8Array(digestLength)
  const { needs, refused } = intake
  // of who leaves: what came with his leaving is here
  const brought = own.filter(({ client }) => intake.held.some((run) => run.client === client))
  const durable = brought.map(({ client, length, head }) => ({ client, length, head }))
  const result = { cursor: request.cursor, digest, more: false, durable, differs: null, needs, refused }
  return { type: 'result', roomRef, result }
}
