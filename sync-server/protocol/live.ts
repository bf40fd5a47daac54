/**
 * The live socket [R20]-[R23]: its address, its close codes, and its messages, read within bounds.
 *
 *     sync 0      varUint 0 · varUint 0 · varBytes state vector (varUint n × { varUint client · varUint length })   step 1
 *                 varUint 0 · varUint 1 · varBytes update                                                        step 2
 *                 varUint 0 · varUint 2 · varBytes update                                                        update
 *     1, 2, 3     awareness, auth, query of awareness: passed over, whatever they hold [R22]
 *     receipt     varUint 120 · relay id (16) · varUint seq · varUint n × { varUint client · varUint length · head (32) }
 *     refusals    varUint 121 · varUint n × { varUint client · varUint index · reason (1 byte) } · varUint n × { varUint client · varUint from }
 *
 * Numbers 0 to 3 are those of y-protocols 1.0 and y-websocket 3.1; what has another number belongs to later versions.
 */

import { type Bytes, fromBase64url, toBase64url } from './bytes.ts'
import type { ListState } from './digest.ts'
import {
  type ListFrom,
  type ListRefusal,
  listRefusals,
  readStates,
  relayIdLength,
  writeStates,
} from './exchange.ts'
import { isNetworkId, isRoomName, type NetworkId, type RoomName } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, type Reader, read } from './reader.ts'
import { fail, type Result } from './result.ts'
import { Writer } from './writer.ts'

/** What the relay picks of the offered subprotocols; the second one is the token. */
export const liveSubprotocol = 'tadamun.1'

const pathPrefix = '/v1/live/'

/** Behind the origin, with `wss:` or `ws:` in place of `https:` or `http:`. */
export const livePath = (network: NetworkId, room: RoomName): string => `${pathPrefix}${network}/${room}`

export const parseLivePath = (path: string): { network: NetworkId; room: RoomName } | null => {
  if (!path.startsWith(pathPrefix)) return null
  const [network = '', room = '', ...rest] = path.slice(pathPrefix.length).split('/')
  return rest.length === 0 && isNetworkId(network) && isRoomName(room) ? { network, room } : null
}

/** Subprotocols to offer: a browser can send no other header with a socket. */
export const liveProtocols = (token: Bytes): [string, string] => [liveSubprotocol, toBase64url(token)]

/** The bytes of the token among the offered subprotocols, not yet looked at. */
export const tokenOfProtocols = (offered: readonly string[]): Bytes | null => {
  const [first, token, ...rest] = offered
  return first === liveSubprotocol && token && rest.length === 0 ? fromBase64url(token) : null
}

/** Why a socket was closed [R23]. 1009 comes from the WebSocket itself; y-websocket takes 44xx as final. */
export const liveCloseCodes = {
  /** this relay stops or starts anew; `amount` = seconds over which to spread the return */
  restart: 1012,
  /** a message of more than 256 KiB */
  tooLarge: 1009,
  /** three malformed messages or bad signatures */
  malformed: 4400,
  /** wrong signature, or made for another relay or network */
  token: 4401,
  /** expired, or valid for too long; `amount` = the relay's time in ms */
  clock: 4401,
  notMember: 4403,
  unknownNetwork: 4404,
  /** the same device opened more sessions than it may have: the oldest goes */
  replaced: 4409,
  /** too many messages or sockets; `amount` = seconds to wait */
  tooFast: 4429,
  /** the relay's disk takes nothing; `amount` = seconds to wait */
  diskFull: 4507,
} as const
export type LiveCloseReason = keyof typeof liveCloseCodes

/** A close as it goes out: `amount` is explained at {@link liveCloseCodes}. */
export const closeText = (reason: LiveCloseReason, amount?: number): string =>
  amount === undefined ? reason : `${reason} ${amount}`

/**
 * What a close says. Without a reason of ours: the one that its code stands for alone, or null for the network's and
 * the browser's own closes.
 */
export const parseClose = (
  code: number,
  text: string,
): { reason: LiveCloseReason; amount: number | null } | null => {
  const [word, digits] = text.split(' ', 2)
  const reasons = Object.keys(liveCloseCodes) as LiveCloseReason[]
  const fitting = reasons.filter((reason) => liveCloseCodes[reason] === code)
  const reason = fitting.find((name) => name === word) ?? fitting[0]
  if (!reason) return null
  return { reason, amount: digits && /^\d{1,15}$/.test(digits) ? Number(digits) : null }
}

/** Entries held of each list, by its Yjs client id: a Yjs state vector. */
export type Lengths = ReadonlyMap<number, number>

/** [R20] all of the room up to `seq` was sent on this socket before, or its reader had it. */
export interface LiveReceipt {
  /** base64url: the relay whose log `seq` belongs to */
  relayId: string
  seq: number
  /** own lists of the session's device, as they are durable here [R11]; each client once */
  durable: ListState[]
}

/** Why entries that came on this socket were not taken; `needs` = what comes before them is lacking. */
export interface LiveRefusals {
  refused: { client: number; index: number; reason: ListRefusal }[]
  needs: ListFrom[]
}

export type LiveMessage =
  | { type: 'step1'; lengths: Lengths }
  | { type: 'step2' | 'update'; update: Bytes }
  | ({ type: 'receipt' } & LiveReceipt)
  | ({ type: 'refusals' } & LiveRefusals)
  /** awareness, auth, query and what later versions add: not read any further */
  | { type: 'passed'; number: number }

const syncNumber = 0
const receiptNumber = 120
const refusalsNumber = 121
const syncTypes = ['step1', 'step2', 'update'] as const

const writeLengths = (writer: Writer, lengths: Iterable<readonly [number, number]>): Writer => {
  // highest client first, as Yjs writes them
  const sorted = [...lengths].sort(([a], [b]) => b - a)
  writer.varUint(sorted.length)
  for (const [client, length] of sorted) writer.varUint(client).varUint(length)
  return writer
}

/** Asks the other side for all that lies beyond these lengths. */
export const encodeStep1 = (lengths: Lengths): Bytes =>
  new Writer()
    .varUint(syncNumber)
    .varUint(syncTypes.indexOf('step1'))
    .varBytes(writeLengths(new Writer(), lengths).bytes())
    .bytes()

/** `step2` answers step 1, `update` comes by itself; the update is canonical. */
export const encodeSync = (type: 'step2' | 'update', update: Uint8Array): Bytes =>
  new Writer().varUint(syncNumber).varUint(syncTypes.indexOf(type)).varBytes(update).bytes()

/** Throws where `relayId` is none. */
export const encodeReceipt = ({ relayId, seq, durable }: LiveReceipt): Bytes => {
  const id = fromBase64url(relayId)
  if (id?.length !== relayIdLength) throw new Error('a relay id is base64url')
  const writer = new Writer().varUint(receiptNumber).raw(id).varUint(seq)
  writeStates(writer, durable)
  return writer.bytes()
}

export const encodeRefusals = ({ refused, needs }: LiveRefusals): Bytes => {
  const writer = new Writer().varUint(refusalsNumber).varUint(refused.length)
  for (const { client, index, reason } of refused)
    writer.varUint(client).varUint(index).byte(listRefusals.indexOf(reason))
  writer.varUint(needs.length)
  for (const { client, from } of needs) writer.varUint(client).varUint(from)
  return writer.bytes()
}

const readPairs = (reader: Reader, max: number = limits.liveLists): [number, number][] => {
  const pairs: [number, number][] = []
  for (let left = reader.count(2, max); left > 0; left--) pairs.push([reader.varUint(), reader.varUint()])
  return pairs
}

/** In any order, each client once. */
const readLengths = (reader: Reader): Map<number, number> => {
  const pairs = readPairs(reader)
  const lengths = new Map(pairs)
  return lengths.size === pairs.length ? lengths : malformed('a list twice')
}

const readSync = (reader: Reader): LiveMessage => {
  const type = syncTypes[reader.varUint()] ?? malformed('unknown sync message')
  const length = reader.varUint(reader.left)
  if (length !== reader.left) malformed('not as long as it says')
  return type === 'step1'
    ? { type, lengths: readLengths(reader) }
    : { type, update: reader.take(Math.min(length, limits.liveUpdateBytes)) }
}

const readReceipt = (reader: Reader): LiveMessage => {
  const relayId = toBase64url(reader.take(relayIdLength))
  const seq = reader.varUint()
  // a device has no more lists in a room
  const durable = readStates(reader, limits.generations)
  if (new Set(durable.map(({ client }) => client)).size < durable.length) return malformed('a list twice')
  return { type: 'receipt', relayId, seq, durable }
}

const readRefusals = (reader: Reader): LiveMessage => {
  const refused: LiveRefusals['refused'] = []
  for (let left = reader.count(3, limits.liveLists); left > 0; left--) {
    const [client, index] = [reader.varUint(), reader.varUint()]
    refused.push({ client, index, reason: listRefusals[reader.byte()] ?? malformed('unknown reason') })
  }
  return { type: 'refusals', refused, needs: readPairs(reader).map(([client, from]) => ({ client, from })) }
}

/** One whole message of the socket; an update in it still has to go through `parseUpdate` [R2]. */
export const parseLiveMessage = (bytes: Uint8Array): Result<LiveMessage, 'malformed' | 'tooLarge'> => {
  if (bytes.length > limits.liveMessageBytes) return fail('tooLarge')
  return read(bytes, (reader): LiveMessage => {
    const number = reader.varUint()
    if (number === syncNumber) return readSync(reader)
    if (number === receiptNumber) return readReceipt(reader)
    if (number === refusalsNumber) return readRefusals(reader)
    reader.position = bytes.length
    return { type: 'passed', number }
  })
}
