/** A client of the wire without any of the app's care: it sends what a test says and reads what comes. */
import { type Bytes, fromBase64url } from '../../sync-server/protocol/bytes.ts'
import { type ListState, roomDigest } from '../../sync-server/protocol/digest.ts'
import {
  type AnswerMessage,
  AnswerReader,
  encodeRequest,
  type Refusal,
  type RoomRequest,
  type RoomResult,
} from '../../sync-server/protocol/exchange.ts'
import type { NetworkId, RoomName } from '../../sync-server/protocol/ids.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import { parseUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { TestList } from './entries.ts'
import type { TestDevice } from './keys.ts'
import { testTimeS } from './network.ts'

export interface RawRequest {
  network: NetworkId
  device: TestDevice
  rooms?: (Partial<RoomRequest> & { room: RoomName })[]
  maxBytes?: number
  /** base64url; '' = none */
  relayId?: string
  /** ten minutes after `testTimeS` and five more without it */
  expiresS?: number
  /** that the token is made for; the relay's own without it */
  origin?: string
  /** replaces the token */
  token?: Bytes
}

export interface RawAnswer {
  status: number
  bytes: number
  messages: AnswerMessage[]
  refusal: Refusal | null
  /** rooms of the request and those that the answer named */
  rooms: RoomName[]
  results: Map<RoomName, RoomResult>
  framesOf: (room: RoomName) => Extract<AnswerMessage, { type: 'frame' }>[]
  runsOf: (room: RoomName) => Run[]
  isWhole: boolean
}

export const emptyDigest = (): Promise<Bytes> => roomDigest([])

export const stateOf = (list: TestList): ListState => ({
  client: list.client,
  length: list.length,
  head: list.head,
})
export const digestOf = (...lists: TestList[]): Promise<Bytes> => roomDigest(lists.map(stateOf))

export const encodeRaw = async (origin: string, request: RawRequest): Promise<Bytes> => {
  const { network, device, expiresS = testTimeS + 900 } = request
  const claims = { network, device: device.id, expiresS, origin: request.origin ?? origin }
  const token = request.token ?? (await createToken(claims, device.signing.sign))
  const digest = await emptyDigest()
  const rooms = (request.rooms ?? []).map((room) => ({ cursor: 0, digest, updates: [], want: [], ...room }))
  const relayId = request.relayId ? fromBase64url(request.relayId) : null
  return encodeRequest({ token, maxBytes: request.maxBytes ?? 0, relayId: null, rooms }, relayId)
}

export const readAnswer = (bytes: Uint8Array, status: number, asked: readonly RoomName[]): RawAnswer => {
  const read = new AnswerReader().push(bytes)
  if (!read.ok) throw new Error('an answer is never malformed')
  const messages = read.value
  const rooms = [...asked, ...messages.flatMap((message) => (message.type === 'room' ? [message.room] : []))]
  const results = new Map<RoomName, RoomResult>()
  for (const message of messages)
    if (message.type === 'result') results.set(rooms[message.roomRef] as RoomName, message.result)
  const framesOf: RawAnswer['framesOf'] = (room) =>
    messages.filter((message) => message.type === 'frame').filter(({ roomRef }) => rooms[roomRef] === room)
  const first = messages[0]
  return {
    status,
    bytes: bytes.length,
    messages,
    refusal: first?.type === 'refused' ? first.reason : null,
    rooms,
    results,
    framesOf,
    runsOf: (room) =>
      framesOf(room).flatMap(({ update }) => {
        const runs = parseUpdate(update)
        if (!runs.ok) throw new Error('a frame is a canonical update')
        return runs.value
      }),
    isWhole: messages.at(-1)?.type === 'end',
  }
}

export const post = (origin: string, body: Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(`${origin}/v1/sync`, { method: 'POST', body })

/** One exchange over HTTP. */
export const sync = async (origin: string, request: RawRequest): Promise<RawAnswer> => {
  const response = await post(origin, await encodeRaw(origin, request))
  const bytes = new Uint8Array(await response.arrayBuffer())
  return readAnswer(
    bytes,
    response.status,
    (request.rooms ?? []).map(({ room }) => room),
  )
}

/** Entries of one list in what an answer brought, in order. */
export const entriesIn = (answer: RawAnswer, room: RoomName, list: TestList): Bytes[] =>
  answer.runsOf(room).flatMap((run) => (run.client === list.client ? run.entries : []))
