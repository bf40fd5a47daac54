/** Fuzz target for roster statements: each reads back, is placed, and is proven only by what somebody signed. */
import { isDeepStrictEqual } from 'node:util'
import { type Bytes, concatBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { encodeUnsigned, entryKind, parseEntry } from '../../sync-server/protocol/entry.ts'
import { deviceIdOfKey, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { Carried, Statement } from '../../sync-server/protocol/statement.ts'
import { encodeStatement, parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { isStatementProven } from '../../sync-server/protocol/statement-proof.ts'
import { cardOf } from './council.ts'
import { parseWithin } from './decoder-bounds.ts'
import { TestList } from './entries.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { deviceOf, type TestDevice } from './keys.ts'
import { fillBytes } from './mutations.ts'
import type { TestNetwork } from './network.ts'

/** What the proof inside a statement covers, as text; null for one that carries none. */
const provenPart = (statement: Statement): string | null => {
  switch (statement.type) {
    case 'genesis':
    case 'fork':
      return JSON.stringify({ ...statement, after: [] })
    case 'ask':
      return JSON.stringify(statement)
    case 'admit':
    case 'device':
      return statement.card && JSON.stringify([statement.device, statement.card])
    default:
      return null
  }
}

/** Every kind of statement, proofs and all. */
const statementsOf = async ({ id, founder, roster }: TestNetwork): Promise<Exclude<Statement, Carried>[]> => {
  const guest = await deviceOf('fuzz/guest')
  const [card, after] = [await cardOf(guest), [[roster.name, 3]] as const]
  const twin = new TestList(id, rosterRoom, founder, 9)
  const other = new TestList(id, rosterRoom, founder, 9)
  await twin.append({ kind: 99, publicPart: fillBytes(9, 1) })
  await other.append({ kind: 99, publicPart: fillBytes(9, 2) })
  const place = { room: rosterRoom, list: twin.name, index: 0, previous: new Uint8Array(32) }
  const entries = [twin.entries[0] as Bytes, other.entries[0] as Bytes] as const
  const pins = new Map([
    ['2026-11' as RoomName, new Map([[roster.name, { length: 3, head: fillBytes(32, 1) }]])],
  ])
  const [device, devices] = [guest.id, [guest.id, founder.id]]
  const keys = { all: fillBytes(32, 1), members: fillBytes(32, 2) }
  return [
    { type: 'admit', after, device, role: 'member', card: null },
    { type: 'admit', after, device, role: 'coordinator', card },
    { type: 'device', after: [], device, card },
    { type: 'role', after, device, role: 'follower' },
    { type: 'remove', after, devices, pins, newestMonth: '2026-11' as RoomName, keys },
    { type: 'rotate', after, keys },
    { type: 'pin', after, devices, pins },
    { type: 'retire', after, device },
    { type: 'leave', after },
    { type: 'settings', after, membersMayInvite: true },
    { type: 'fork', after, ...place, signKey: founder.signing.raw, entries },
  ]
}

const entryOf = (publicPart: Bytes) => {
  const unsigned = encodeUnsigned(entryKind.statement, publicPart, null)
  return parseEntry(concatBytes(unsigned, new Uint8Array(64)))
}

/** `parts`: statements of the network's own lists; `joiner` made the asks among them. */
export const statementTarget = async (
  network: TestNetwork,
  parts: readonly Bytes[],
  joiner: TestDevice,
): Promise<FuzzTarget> => {
  const corpus = [...parts, ...(await statementsOf(network)).map(encodeStatement)]
  const signed = new Set(
    corpus.map((part) => {
      const statement = parseStatement(part)
      return statement.ok ? provenPart(statement.value) : null
    }),
  )
  return {
    name: 'statement',
    inputs: 100_000,
    corpus,
    async judge(bytes) {
      const { result, reads, copied } = parseWithin(bytes, parseStatement)
      promise(reads + copied <= bytes.length, 'more work than bytes')
      if (!result.ok) return false
      const statement = result.value
      if (statement.type !== 'carried')
        promise(
          isDeepStrictEqual(parseStatement(encodeStatement(statement)), result),
          'it does not read back',
        )
      const list = new TestList(network.id, rosterRoom, joiner).name
      const { applied, waiting, cuts } = reduceRoster([
        { list, index: 0, head: new Uint8Array(32), statement },
      ])
      promise(applied + waiting + cuts.size >= 1, 'the reducer lost it')
      const proven = provenPart(statement)
      const entry = entryOf(bytes)
      if (proven === null || signed.has(proven) || !entry.ok) return true
      const author = 'signKey' in statement ? await deviceIdOfKey(statement.signKey) : joiner.id
      const isProven = await isStatementProven(network.id, author, entry.value)
      promise(!isProven, `nobody signed ${toBase64url(bytes)}`)
      return true
    },
  }
}
