/** Fuzz targets for every other decoder that reads bytes from anybody. */
import { isDeepStrictEqual } from 'node:util'
import { type AnyValue, encodeAny, readBoundedAny } from '../../sync-server/protocol/any.ts'
import {
  encodeBlobRefused,
  encodeBlobRequest,
  encodeProgress,
  parseBlobRefused,
  parseBlobRequest,
  parsePiece,
  parseProgress,
} from '../../sync-server/protocol/blob-request.ts'
import {
  type Bytes,
  concatBytes,
  equalBytes,
  fromBase64url,
  sha256,
  toBase64url,
} from '../../sync-server/protocol/bytes.ts'
import { encodeCodeRequest, parseCodeRequest } from '../../sync-server/protocol/code-request.ts'
import { encodeUnsigned, entryKind, parseEntry } from '../../sync-server/protocol/entry.ts'
import {
  type AnswerMessage,
  AnswerReader,
  encodeMessage,
  encodeRequest,
  parseRequest,
} from '../../sync-server/protocol/exchange.ts'
import { boardRoom, idBytes, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { decodeInviteLink, encodeInviteLink } from '../../sync-server/protocol/invite-link.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { createToken, parseToken } from '../../sync-server/protocol/token.ts'
import { encodeWraps, parseWraps } from '../../sync-server/protocol/wraps.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'
import { parseWithin } from './decoder-bounds.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { backupCopyTarget, backupFileTarget } from './fuzz-backups.ts'
import { statementTarget } from './fuzz-statements.ts'
import { fillBytes } from './mutations.ts'
import { foundNetwork, invite, joinerAsk, type TestNetwork, testTimeS } from './network.ts'

/** Parses with its steps counted: each byte is looked at once at most. */
const bounded = <Value>(bytes: Bytes, parse: (bytes: Uint8Array) => Value): Value => {
  const { result, reads, copied } = parseWithin(bytes, parse)
  promise(reads + copied <= bytes.length, `${reads} reads and ${copied} bytes copied of ${bytes.length}`)
  return result
}
const same = (a: unknown, b: unknown): void => promise(isDeepStrictEqual(a, b), 'it does not read back')

const entryTarget = (corpus: readonly Bytes[]): FuzzTarget => ({
  name: 'entry',
  inputs: 100_000,
  corpus,
  judge(bytes) {
    const entry = bounded(bytes, parseEntry)
    if (!entry.ok) return false
    const { kind, publicPart, sealed, unsigned, signature } = entry.value
    promise(
      equalBytes(concatBytes(encodeUnsigned(kind, publicPart, sealed), signature), bytes),
      'not canonical',
    )
    promise(equalBytes(concatBytes(unsigned, signature), bytes), 'not all of it is signed')
    return true
  },
})

/** The same entry with steady bytes in place of those that are random: what is sealed or wrapped, and the signature. */
const steady = (bytes: Bytes, seed: number): Bytes => {
  const entry = parseEntry(bytes)
  if (!entry.ok) throw new Error('an entry made here is well-formed')
  const { kind, publicPart, sealed } = entry.value
  const fill = (length: number): Bytes => fillBytes(length, seed + length)
  const wrapped = kind === entryKind.wraps ? parseWraps(publicPart) : null
  const part = wrapped?.ok
    ? encodeWraps({
        ...wrapped.value,
        ephemeral: fill(65),
        wraps: wrapped.value.wraps.map(({ receiver }) => ({ receiver, box: fill(48) })),
      })
    : publicPart
  const box = sealed && { ...sealed, nonce: fill(12), ciphertext: fill(sealed.ciphertext.length) }
  return concatBytes(encodeUnsigned(kind, part, box), fill(64))
}

const publicParts = (entries: readonly Bytes[]): Bytes[] =>
  entries.flatMap((bytes) => {
    const entry = parseEntry(bytes)
    return entry.ok && entry.value.publicPart.length > 0 ? [entry.value.publicPart] : []
  })

/** Values inside a value, itself included; strings and bytes count as one. */
const nodesOf = (value: unknown, depth = 1): number => {
  promise(depth <= 8, 'deeper than eight levels')
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return 1
  promise(Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype, 'another prototype')
  return Object.values(value).reduce((sum: number, inner) => sum + nodesOf(inner, depth + 1), 1)
}

const anyTarget = (corpus: readonly Bytes[]): FuzzTarget => ({
  name: 'any',
  inputs: 100_000,
  corpus: [
    ...corpus,
    encodeAny([[{ a: [1.5, -7, 2 ** 40, 9n, undefined] }, 'نص', new Uint8Array(9)], true, null]),
  ],
  judge(bytes) {
    const parsed = bounded(bytes, readBoundedAny)
    if (!parsed.ok) return false
    promise(nodesOf(parsed.value) <= bytes.length, 'more values than bytes')
    same(readBoundedAny(encodeAny(parsed.value as AnyValue)), parsed)
    return true
  },
})

const wrapsTarget = (corpus: readonly Bytes[]): FuzzTarget => ({
  name: 'wraps',
  inputs: 50_000,
  corpus,
  judge(bytes) {
    const parsed = bounded(bytes, parseWraps)
    if (parsed.ok) promise(equalBytes(encodeWraps(parsed.value), bytes), 'not canonical')
    return parsed.ok
  },
})

const requestTarget = ({ roster }: TestNetwork, token: Bytes): FuzzTarget => {
  const digest = new Uint8Array(8).fill(5)
  const want = [{ client: roster.client, from: 3 }]
  const of = (updates: Bytes[]) => [
    { room: rosterRoom, cursor: 300, digest, updates, want: [] },
    { room: boardRoom, cursor: 0, digest, updates: [], want },
  ]
  const relay = new Uint8Array(16).fill(3)
  const request = {
    token,
    maxBytes: 0,
    relayId: toBase64url(relay),
    rooms: of([roster.update(0, 2), roster.update(2)]),
  }
  const small = { token: new Uint8Array(), maxBytes: limits.slowAnswerBytes, relayId: null, rooms: of([]) }
  return {
    name: 'request',
    inputs: 100_000,
    corpus: [encodeRequest(request, relay), encodeRequest(small, null)],
    judge(bytes) {
      const parsed = bounded(bytes, parseRequest)
      if (!parsed.ok) return false
      const { relayId } = parsed.value
      const again = encodeRequest(parsed.value, relayId === null ? null : fromBase64url(relayId))
      // flags of a later version are the one thing that is not kept
      promise(again.length <= bytes.length, 'more than was sent')
      same(parseRequest(again), parsed)
      return true
    },
  }
}

const answerMessages = ({ roster }: TestNetwork): AnswerMessage[] => {
  const { client } = roster
  const head = fillBytes(32, 1)
  const result = {
    cursor: 9,
    digest: new Uint8Array(8),
    more: true,
    durable: [{ client, length: 4, head }],
    differs: [{ client, length: 4, head }],
    needs: [{ client, from: 2 }],
    refused: [{ client, index: 1, reason: 'fork' as const }],
  }
  return [
    { type: 'hello', relayId: new Uint8Array(16).fill(1), timeMs: testTimeS * 1000 },
    { type: 'room', room: boardRoom },
    { type: 'frame', roomRef: 0, cursor: 7, update: roster.update() },
    { type: 'result', roomRef: 0, result },
    { type: 'result', roomRef: 1, result: { ...result, differs: null } },
    { type: 'refused', reason: 'clock', timeMs: 1, retryAfterS: 2 },
    { type: 'end' },
  ]
}

/** The same bytes give the same messages in one piece and in three. */
const answerTarget = (network: TestNetwork): FuzzTarget => ({
  name: 'answer',
  inputs: 100_000,
  corpus: [
    concatBytes(...answerMessages(network).map(encodeMessage)),
    ...answerMessages(network).map(encodeMessage),
  ],
  judge(bytes) {
    const whole = new AnswerReader().push(bytes)
    const reader = new AnswerReader()
    const third = Math.ceil(bytes.length / 3)
    const pieces = [0, 1, 2].map((n) => reader.push(bytes.subarray(n * third, (n + 1) * third)))
    const isMalformed = pieces.some(({ ok }) => !ok)
    promise(isMalformed === !whole.ok, 'another verdict in pieces')
    if (!whole.ok) return false
    same(
      pieces.flatMap((piece) => (piece.ok ? piece.value : [])),
      whole.value,
    )
    const again = concatBytes(...whole.value.map(encodeMessage))
    promise(again.length <= bytes.length, 'more than was sent')
    same(new AnswerReader().push(again), whole)
    return whole.value.length > 0
  },
})

const tokenTarget = (token: Bytes): FuzzTarget => ({
  name: 'token',
  inputs: 50_000,
  corpus: [token],
  judge(bytes) {
    const parsed = bounded(bytes, parseToken)
    if (!parsed.ok) return false
    const { network, device, expiresS, originHash, signature } = parsed.value
    const writer = new Writer().byte(1).raw(idBytes(network)).raw(idBytes(device)).varUint(expiresS)
    promise(equalBytes(writer.raw(originHash).raw(signature).bytes(), bytes), 'not canonical')
    return true
  },
})

const codeRequestTarget = (token: Bytes): FuzzTarget => ({
  name: 'request about a code',
  inputs: 50_000,
  corpus: [
    encodeCodeRequest({ type: 'find', id: token.slice(0, 16) }),
    encodeCodeRequest({
      type: 'put',
      id: token.slice(0, 16),
      token,
      inviteKey: token.slice(0, 65),
      box: token.slice(0, 90),
    }),
  ],
  judge(bytes) {
    const parsed = bounded(bytes, parseCodeRequest)
    if (!parsed.ok) return false
    promise(equalBytes(encodeCodeRequest(parsed.value), bytes), 'not canonical')
    return true
  },
})

const blobRequestTarget = (token: Bytes): FuzzTarget => {
  const [id, other] = [fillBytes(32, 1), fillBytes(32, 2)]
  return {
    name: 'request about blobs',
    inputs: 50_000,
    corpus: [
      encodeBlobRequest({ type: 'ask', token, ids: [id, other] }),
      encodeBlobRequest({ type: 'put', token, id, length: 900, offset: 300, part: fillBytes(200, 3) }),
      encodeBlobRequest({ type: 'get', token, id, offset: 300, maxBytes: 70_000 }),
    ],
    judge(bytes) {
      const parsed = bounded(bytes, parseBlobRequest)
      if (!parsed.ok) return false
      promise(equalBytes(encodeBlobRequest(parsed.value), bytes), 'not canonical')
      return true
    },
  }
}

/** What a phone reads of a relay that means it harm. */
const blobAnswerTarget = (): FuzzTarget => ({
  name: 'answer about blobs',
  inputs: 50_000,
  corpus: [
    encodeProgress([
      { isWhole: true, bytes: 900 },
      { isWhole: false, bytes: 30 },
    ]),
    encodeBlobRefused({ reason: 'offset', timeMs: testTimeS * 1000, bytes: 600 }),
  ],
  judge(bytes) {
    const [progress, refused] = [parseProgress(bytes, 2), bounded(bytes, parseBlobRefused)]
    bounded(bytes, parsePiece)
    if (progress.ok) promise(equalBytes(encodeProgress(progress.value), bytes), 'not canonical')
    if (refused.ok) promise(equalBytes(encodeBlobRefused(refused.value), bytes), 'not canonical')
    return progress.ok || refused.ok
  },
})

const textTarget = (links: readonly string[], codes: readonly Bytes[]): FuzzTarget => ({
  name: 'invite link as text',
  inputs: 100_000,
  corpus: links.map((link) => new Uint8Array(Buffer.from(`انضموا ${link} الآن`))),
  async judge(bytes) {
    const decoded = await decodeInviteLink(Buffer.from(bytes).toString())
    if (!decoded.ok) return false
    const again = await encodeInviteLink('https://tadamun.example', decoded.value)
    promise(
      codes.some((code) => again.endsWith(toBase64url(code))),
      'a link that nobody made',
    )
    return true
  },
})

/** With the check put right, so that the changes reach what is behind it. */
const codeTarget = (codes: readonly Bytes[]): FuzzTarget => ({
  name: 'invite link as bytes',
  inputs: 100_000,
  corpus: codes.map((code) => code.slice(0, -4)),
  async judge(bytes) {
    const code = concatBytes(bytes, (await sha256(bytes)).slice(0, 4))
    const decoded = await decodeInviteLink(toBase64url(code))
    if (!decoded.ok) return false
    const again = await encodeInviteLink('', decoded.value)
    promise(again === `/#j=${toBase64url(code)}`, 'not canonical')
    return true
  },
})

export const decoderTargets = async (): Promise<FuzzTarget[]> => {
  const network = await foundNetwork('fuzz')
  const made = await invite(network, 'fuzz')
  const joiner = await joinerAsk(network, made, 'fuzz/joiner')
  const links = [made.link, (await invite(network, 'fuzz/careful', { approval: true })).link]
  const codes = links.map((link) => fromBase64url(link.slice(link.indexOf('#j=') + 3)) ?? new Uint8Array())
  const claims = {
    network: network.id,
    device: network.founder.id,
    expiresS: testTimeS,
    origin: links[0] ?? '',
  }
  const token = await createToken(claims, network.founder.signing.sign)
  const entries = [...network.roster.entries, ...joiner.roster.entries].map(steady)
  network.roster.entries.splice(0, network.roster.length, ...entries.slice(0, network.roster.length))
  const parts = publicParts(entries)
  return [
    entryTarget(entries),
    await statementTarget(
      network,
      parts.filter((part) => parseStatement(part).ok),
      joiner.device,
    ),
    anyTarget(parts.filter((part) => readBoundedAny(part).ok)),
    wrapsTarget(parts.filter((part) => parseWraps(part).ok)),
    requestTarget(network, token),
    answerTarget(network),
    tokenTarget(token),
    codeRequestTarget(token),
    blobRequestTarget(token),
    blobAnswerTarget(),
    textTarget(links, codes),
    codeTarget(codes),
    backupFileTarget(),
    backupCopyTarget(network),
  ]
}
