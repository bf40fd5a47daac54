/** `POST /v1/sync`: who asks, what they bring, what is new for them, in that order [R10]-[R17]. */

import { createFrameBudget } from './frame-budget.ts'
import { emptyIntake, isPrivateRoom, readUpdates, refuseUpdates, takeUpdates } from './intake.ts'
import { keyInRequest } from './key-in-request.ts'
import { type Bytes, fromBase64url } from './protocol/bytes.ts'
import {
  type AnswerMessage,
  encodeMessage,
  parseRequest,
  type Refusal,
  type RoomRequest,
  type SyncRequest,
} from './protocol/exchange.ts'
import { boardRoom, type RoomName, rosterRoom } from './protocol/ids.ts'
import { checkToken, parseToken, type Token } from './protocol/token.ts'
import { isRoomKept } from './retention.ts'
import { answerRoom, refusedRoom } from './room-answer.ts'
import { type Intake, type IntakeDependencies, type IntakeSession, StoreFailure } from './run-intake.ts'
import type { TokenBuckets } from './token-buckets.ts'

export interface ExchangeDependencies extends IntakeDependencies {
  /** may anybody found a network here? */
  readonly isOpen: boolean
  /** [R4] verifications by device */
  readonly verifies: TokenBuckets
  /** a store that failed, for the operator's eyes */
  readonly onStoreFailure: (failure: StoreFailure) => void
}

export interface Answer {
  /** why the whole request was refused; null when it was answered */
  readonly refusal: Refusal | null
  /** encoded messages, made as they are read [R12] */
  readonly messages: AsyncIterable<Bytes>
}

interface Visit {
  readonly deps: ExchangeDependencies
  readonly token: Token
  readonly request: SyncRequest
  readonly session: IntakeSession
}

export const refusedAnswer = (reason: Refusal, timeMs: number, retryAfterS = 0): Answer => ({
  refusal: reason,
  messages: (async function* () {
    yield encodeMessage({ type: 'refused', reason, timeMs, retryAfterS })
  })(),
})

/** Null when the asker is who it says. */
const checkAsker = async (
  deps: ExchangeDependencies,
  token: Token,
  request: SyncRequest,
  origins: readonly string[],
): Promise<Refusal | null> => {
  const held = await deps.rosters.get(token.network)
  const isKnownNetwork = held.entries.length > 0
  const key = (await held.keyOf(token.device)) ?? (await keyInRequest(token, request))
  if (!key) return isKnownNetwork ? 'notMember' : 'unknownNetwork'
  const verdict = await checkToken(token, key, origins, deps.now())
  if (verdict !== 'ok') return verdict === 'clock' ? 'clock' : 'token'
  return isKnownNetwork || deps.isOpen ? null : 'unknownNetwork'
}

/** What this device may do, once the roster part of its request counts [R15]. */
const standingOf = async ({ deps, token }: Visit): Promise<'admitted' | 'asker' | Refusal> => {
  const { roster, entries } = await deps.rosters.get(token.network)
  if (roster.devices.has(token.device)) return 'admitted'
  if (roster.askers.get(token.device)?.mayReadRoster) return 'asker'
  // its phone learns from the roster itself that its place is over, and believes no relay that only says so
  if (roster.former.has(token.device)) return 'asker'
  return entries.length > 0 ? 'notMember' : 'unknownNetwork'
}

const rosterFirst = (rooms: readonly RoomRequest[]): RoomRequest[] =>
  [...rooms].sort((a, b) => Number(b.room === rosterRoom) - Number(a.room === rosterRoom))

/** Stores what the request brings; gives a refusal where nothing further may happen. */
const takeAll = async (
  visit: Visit,
): Promise<{ standing: 'admitted' | 'asker' | Refusal; intakes: Map<RoomName, Intake> }> => {
  const { deps, session, request } = visit
  const intakes = new Map<RoomName, Intake>()
  const rooms = rosterFirst(request.rooms)
  const roster = rooms.find(({ room }) => room === rosterRoom)
  if (roster)
    intakes.set(
      rosterRoom,
      await takeUpdates(deps, session, rosterRoom, readUpdates(roster.updates, session)),
    )
  const standing = await standingOf(visit)
  for (const { room, updates } of rooms) {
    if (room === rosterRoom) continue
    const read = readUpdates(updates, session)
    if (standing === 'admitted' || session.wasIn)
      intakes.set(room, await takeUpdates(deps, session, room, read))
    else intakes.set(room, refuseUpdates(read, 'notAllowed'))
  }
  return { standing, intakes }
}

/** Roster, board, newest month, older ones. */
const byUrgency = (a: RoomName, b: RoomName): number => {
  const rank = (room: RoomName): number => (room === rosterRoom ? 0 : room === boardRoom ? 1 : 2)
  return rank(a) - rank(b) || (a < b ? 1 : -1)
}

async function* answerRooms(
  { deps, token, request }: Visit,
  standing: 'admitted' | 'asker',
  intakes: ReadonlyMap<RoomName, Intake>,
): AsyncGenerator<AnswerMessage> {
  const { store, states } = deps
  const relayId = fromBase64url(store.relayId)
  if (!relayId) throw new Error('a relay id is base64url')
  yield { type: 'hello', relayId, timeMs: deps.now() }
  const refByRoom = new Map(request.rooms.map(({ room }, ref) => [room, ref]))
  const heldRooms = (await store.rooms(token.network)).map(({ room }) => room)
  const budget = createFrameBudget(request.maxBytes)
  const ownLists = (room: RoomName) => states.listsOf(token.network, room, token.device)
  const mayRead = (room: RoomName): boolean =>
    room === rosterRoom || (standing === 'admitted' && !isPrivateRoom(room))
  for (const room of [...new Set([...refByRoom.keys(), ...heldRooms])].sort(byUrgency)) {
    const asked = request.rooms[refByRoom.get(room) ?? -1] ?? null
    const intake = intakes.get(room) ?? emptyIntake()
    const roomRef = refByRoom.get(room) ?? refByRoom.size
    if (!mayRead(room)) {
      if (asked) yield refusedRoom(roomRef, await ownLists(room), asked, intake)
      continue
    }
    // silence says that all is as the phone has it: nobody brings back what was dropped for its age
    if (!isRoomKept(room, deps.now(), deps.retentionMonths)) {
      if (asked && intake.refused.length > 0) yield refusedRoom(roomRef, await ownLists(room), asked, intake)
      continue
    }
    if (!asked) {
      refByRoom.set(room, roomRef)
      yield { type: 'room', room }
    }
    const state = await states.get(token.network, room)
    const digest = await state.digest()
    const isOurCursor = request.relayId === store.relayId
    const { network, device } = token
    yield* answerRoom(
      { store, network, device, room, roomRef, request: asked, isOurCursor, intake, state, digest },
      budget,
    )
  }
  yield { type: 'end' }
}

async function* encoded(messages: AsyncIterable<AnswerMessage>): AsyncGenerator<Bytes> {
  for await (const message of messages) yield encodeMessage(message)
}

/**
 * Answers one body. Everything that it brought and that was good is durable before the first byte of the answer
 * [R11]. `origins`: those under which phones may know this relay.
 */
export const exchange = async (
  deps: ExchangeDependencies,
  body: Uint8Array,
  origins: readonly string[],
): Promise<Answer> => {
  const refuse = (reason: Refusal, retryAfterS = 0) => refusedAnswer(reason, deps.now(), retryAfterS)
  const request = parseRequest(body)
  if (!request.ok) return refuse(request.error)
  const token = parseToken(request.value.token)
  if (!token.ok) return refuse('token')
  const refusal = await checkAsker(deps, token.value, request.value, origins)
  if (refusal) return refuse(refusal)
  const who = `${token.value.network}/${token.value.device}`
  const { roster, entries } = await deps.rosters.get(token.value.network)
  const session = {
    network: token.value.network,
    device: token.value.device,
    isRefill: entries.length === 0,
    wasIn: roster.devices.has(token.value.device),
    takeVerifies: (count: number) => deps.verifies.take(who, count),
    strikes: 0,
  }
  const visit: Visit = { deps, token: token.value, request: request.value, session }
  try {
    const { standing, intakes } = await takeAll(visit)
    if (standing !== 'admitted' && standing !== 'asker') return refuse(standing)
    return { refusal: null, messages: encoded(answerRooms(visit, standing, intakes)) }
  } catch (cause) {
    if (!(cause instanceof StoreFailure)) throw cause
    deps.onStoreFailure(cause)
    return refuse('diskFull', 60)
  }
}
