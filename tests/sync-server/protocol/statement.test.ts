/** Roster statements: their form, and who may open a list in the roster room. */
import { describe, expect, test } from 'vitest'
import { type AnyValue, encodeAny } from '../../../sync-server/protocol/any.ts'
import { type Bytes, concatBytes } from '../../../sync-server/protocol/bytes.ts'
import { encodeUnsigned, entryKind, parseEntry } from '../../../sync-server/protocol/entry.ts'
import { type DeviceId, listNameOf, type RoomName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import type { Ask, Card, Fork, Genesis, Statement } from '../../../sync-server/protocol/statement.ts'
import { encodeStatement, parseStatement } from '../../../sync-server/protocol/statement-codec.ts'
import {
  askProof,
  isStatementProven,
  opensRosterList,
} from '../../../sync-server/protocol/statement-proof.ts'
import { cardOf } from '../../support/council.ts'
import { signEntry, TestList } from '../../support/entries.ts'
import { deviceOf, keyPairOf, withOtherS } from '../../support/keys.ts'
import { fillBytes } from '../../support/mutations.ts'
import { foundNetwork, invite, joinerAsk, testTimeS } from '../../support/network.ts'

const [device, other] = await Promise.all([deviceOf('statement'), deviceOf('other')])
const list = listNameOf({ device: other.id, generation: 200 })
const point = (seed: number): Bytes => fillBytes(65, seed)
const genesis: Genesis = {
  type: 'genesis',
  signKey: point(1),
  receiveKey: point(2),
  nonce: fillBytes(16, 3),
  keys: { all: fillBytes(32, 4), members: fillBytes(32, 5), coordinators: fillBytes(32, 6) },
  atS: testTimeS,
}
const ask: Ask = {
  type: 'ask',
  signKey: point(1),
  receiveKey: point(2),
  inviteKey: point(7),
  proof: fillBytes(64, 8),
  atS: testTimeS,
}
const after = [[list, 3]] as const
const card = { signKey: point(1), receiveKey: point(2), proof: fillBytes(64, 3) }
const pins = new Map([
  ['board' as RoomName, new Map([[list, { length: 3, head: fillBytes(32, 9) }]])],
  ['2026-11' as RoomName, new Map()],
])
const statements: Exclude<Statement, { type: 'carried' }>[] = [
  genesis,
  ask,
  { type: 'invite', after, key: point(9), role: 'follower', expiresS: testTimeS, uses: 3, approval: true },
  {
    type: 'invite',
    after,
    key: point(9),
    role: 'member',
    expiresS: testTimeS,
    uses: 1,
    approval: false,
    codeId: fillBytes(16, 10),
  },
  { type: 'cancel', after, key: point(9) },
  { type: 'name', after: [] },
  { type: 'admit', after, device: device.id, role: 'member', card: null },
  { type: 'admit', after, device: device.id, role: 'coordinator', card },
  { type: 'role', after, device: device.id, role: 'follower' },
  {
    type: 'remove',
    after,
    devices: [device.id, other.id],
    pins,
    newestMonth: '2026-11' as RoomName,
    keys: { all: fillBytes(32, 1), members: fillBytes(32, 2) },
  },
  { type: 'remove', after, devices: [device.id], pins: new Map(), newestMonth: null, keys: {} },
  { type: 'rotate', after, keys: { coordinators: fillBytes(32, 1) } },
  { type: 'pin', after, devices: [device.id], pins },
  { type: 'device', after, device: other.id, card },
  { type: 'retire', after, device: other.id },
  { type: 'leave', after },
  { type: 'settings', after, membersMayInvite: true },
  { type: 'settings', after, membersMayInvite: false },
  {
    type: 'fork',
    after,
    room: '2026-11' as RoomName,
    list,
    index: 7,
    previous: fillBytes(32, 1),
    signKey: point(1),
    entries: [fillBytes(90, 1), fillBytes(80, 2)],
  },
]
const isMalformed = (value: AnyValue): boolean => !parseStatement(encodeAny(value)).ok

describe('the form of statements', () => {
  test('every statement reads back as it was written', () => {
    for (const statement of statements)
      expect(parseStatement(encodeStatement(statement))).toEqual({ ok: true, value: statement })
  })

  test('no truncation of a statement is read', () => {
    for (const statement of statements) {
      const bytes = encodeStatement(statement)
      for (let length = 0; length < bytes.length; length++)
        expect(parseStatement(bytes.subarray(0, length)).ok).toBe(false)
      expect(parseStatement(concatBytes(bytes, Uint8Array.of(126))).ok).toBe(false)
    }
  })

  test('a statement of a later version is carried with what it comes after, whatever else it says', () => {
    const later = { t: 'later', a: [[list, 3]], devices: [device.id], deep: { er: [1, 2] } }
    expect(parseStatement(encodeAny(later))).toEqual({ ok: true, value: { type: 'carried', after } })
    for (const t of ['__proto__', 'constructor', 'carried', '', 'toString'])
      expect(parseStatement(encodeAny({ t, a: [] }))).toEqual({
        ok: true,
        value: { type: 'carried', after: [] },
      })
  })

  test('fields that a later version adds to a known statement are passed over', () => {
    const invited = { t: 'invite', a: [], i: point(9), o: 'member', e: 1, u: 1, w: false, later: true }
    expect(isMalformed(invited)).toBe(false)
  })

  test('what no version writes is malformed', () => {
    const invited = { t: 'invite', a: [], i: point(9), o: 'member', e: 1, u: 1, w: false }
    const wrong: AnyValue[] = [
      null,
      [],
      'invite',
      {},
      { a: [] },
      { t: 1, a: [] },
      { t: 'name' },
      { t: 'name', a: {} },
      { t: 'name', a: [[list]] },
      { t: 'name', a: [[list, 1, 2]] },
      { t: 'name', a: [[list, -1]] },
      { t: 'name', a: [[list, 1.5]] },
      { t: 'name', a: [[`${list}0`, 1]] },
      { t: 'name', a: [[1, list]] },
      { t: 'cancel', a: [] },
      { ...invited, i: point(9).subarray(1) },
      { ...invited, i: 'text' },
      { ...invited, o: 'owner' },
      { ...invited, e: Number.NaN },
      { ...invited, u: -1 },
      { ...invited, u: 1n },
      { ...invited, w: 0 },
    ]
    for (const value of wrong) expect(isMalformed(value)).toBe(true)
  })
})

const founded = await foundNetwork()

describe('[R5] who may open a list', () => {
  const opens = async (bytes: Bytes, network = founded.id, author = founded.founder.id) => {
    const statement = parseStatement(bytes)
    return statement.ok && opensRosterList(network, author, statement.value, bytes)
  }
  const publicPartOf = (bytes: Bytes | undefined): Bytes => {
    const entry = parseEntry(bytes ?? new Uint8Array())
    if (!entry.ok) throw new Error('malformed')
    return entry.value.publicPart
  }

  test('[R5] the founder by the genesis of this very network, and nobody else by it', async () => {
    const bytes = publicPartOf(founded.roster.entries[0])
    expect(await opens(bytes)).toBe(true)
    expect(await opens(bytes, founded.id, other.id)).toBe(false)
    expect(await opens(bytes, (await foundNetwork('another')).id)).toBe(false)
    const parsed = parseStatement(bytes)
    if (!parsed.ok || parsed.value.type !== 'genesis') throw new Error('not a genesis')
    expect(await opens(encodeStatement({ ...parsed.value, atS: 1 }))).toBe(false)
  })

  test('[R5] a joiner by an ask that the invite key signed for just his keys', async () => {
    const { key } = await invite(founded, 'statement')
    const joiner = await joinerAsk(founded, { key }, 'joiner')
    const bytes = publicPartOf(joiner.roster.entries[0])
    expect(await opens(bytes, founded.id, joiner.device.id)).toBe(true)
    expect(await opens(bytes, founded.id, other.id)).toBe(false)
    expect(await opens(bytes, (await foundNetwork('another')).id, joiner.device.id)).toBe(false)
    const parsed = parseStatement(bytes)
    if (!parsed.ok || parsed.value.type !== 'ask') throw new Error('not an ask')
    const good = parsed.value
    const forged: Ask[] = [
      { ...good, atS: good.atS - 1 },
      { ...good, receiveKey: other.receiving.raw },
      { ...good, inviteKey: other.signing.raw },
      { ...good, proof: withOtherS(good.proof) },
      { ...good, proof: new Uint8Array(64) },
      { ...good, inviteKey: point(3) },
    ]
    for (const statement of forged)
      expect(await opens(encodeStatement(statement), founded.id, joiner.device.id)).toBe(false)
  })

  test('[R5] nobody whose receive key is no key, or is the key that signs', async () => {
    const inviteKey = await keyPairOf('invite/statement')
    const askWith = async (receiveKey: Bytes) => {
      const keys = { signKey: device.signing.raw, receiveKey, atS: testTimeS }
      const proof = await inviteKey.sign(askProof(founded.id, keys))
      return opens(
        encodeStatement({ type: 'ask', ...keys, inviteKey: inviteKey.raw, proof }),
        founded.id,
        device.id,
      )
    }
    const hybrid = new Uint8Array(device.receiving.raw)
    hybrid[0] = 6 + ((hybrid[64] as number) & 1)
    expect(await askWith(device.receiving.raw)).toBe(true)
    for (const wrong of [device.signing.raw, point(5), new Uint8Array(65), hybrid])
      expect(await askWith(wrong)).toBe(false)
  })

  test('[R5] an invite whose key is no key is refused wherever it stands, as nobody could wrap for it', async () => {
    const provenWith = (key: Bytes) => {
      const terms = { role: 'member', expiresS: testTimeS, uses: 1, approval: false } as const
      const publicPart = encodeStatement({ type: 'invite', after: [], key, ...terms })
      const entry = parseEntry(
        concatBytes(encodeUnsigned(entryKind.statement, publicPart, null), new Uint8Array(64)),
      )
      return entry.ok && isStatementProven(founded.id, founded.founder.id, entry.value)
    }
    expect(await provenWith(other.signing.raw)).toBe(true)
    expect(await provenWith(point(9))).toBe(false)
    expect(await provenWith(new Uint8Array(65))).toBe(false)
  })

  const provenAs = (statement: Exclude<Statement, { type: 'carried' }>) => {
    const unsigned = encodeUnsigned(entryKind.statement, encodeStatement(statement), null)
    const entry = parseEntry(concatBytes(unsigned, new Uint8Array(64)))
    return entry.ok && isStatementProven(founded.id, founded.founder.id, entry.value)
  }

  test('[R5] a card is proven by its own phone’s key, over both of its keys', async () => {
    const good = await cardOf(device)
    const wrong = [
      { ...good, receiveKey: other.receiving.raw },
      { ...good, proof: withOtherS(good.proof) },
      { ...good, proof: new Uint8Array(64) },
      { ...good, proof: (await cardOf(other)).proof },
    ]
    for (const type of ['admit', 'device'] as const) {
      const by = (id: DeviceId, shown: Card) =>
        provenAs(
          type === 'admit'
            ? { type, after: [], device: id, role: 'member', card: shown }
            : { type, after: [], device: id, card: shown },
        )
      expect(await by(device.id, good)).toBe(true)
      expect(await by(other.id, good)).toBe(false)
      for (const shown of wrong) expect(await by(device.id, shown)).toBe(false)
    }
  })

  test('[R6] a fork is proven by two entries that the list’s own key signed for one place', async () => {
    const [one, two] = [0, 1].map(() => new TestList(founded.id, rosterRoom, device, 3)) as [
      TestList,
      TestList,
    ]
    await one.append({ kind: 99, publicPart: encodeAny('one') })
    await two.append({ kind: 99, publicPart: encodeAny('two') })
    const [x, y] = [one.entries[0], two.entries[0]] as [Bytes, Bytes]
    const good = {
      type: 'fork',
      after: [],
      room: rosterRoom,
      list: one.name,
      index: 0,
      previous: new Uint8Array(32),
      signKey: device.signing.raw,
      entries: [x, y],
    } as const
    const again = concatBytes(x.subarray(0, -64), await device.signing.sign(fillBytes(9, 1)))
    const resigned = await signEntry(device, one.positionAt(0), x.slice(0, -64), 7)
    const wrong: Fork[] = [
      { ...good, entries: [x, x] },
      { ...good, entries: [x, resigned] },
      { ...good, entries: [x, again] },
      { ...good, index: 1 },
      { ...good, room: '2026-11' as RoomName },
      { ...good, list: listNameOf({ device: device.id, generation: 4 }) },
      { ...good, list: listNameOf({ device: other.id, generation: 3 }) },
      { ...good, previous: fillBytes(32, 1) },
      { ...good, signKey: other.signing.raw },
      { ...good, entries: [x, new Uint8Array(3)] },
    ]
    expect(await provenAs(good)).toBe(true)
    for (const fork of wrong) expect(await provenAs(fork)).toBe(false)
  })

  test('[R5] what carries no proof is proven, and what no version writes is not', async () => {
    const proven = (kind: number, publicPart: Bytes) => {
      const entry = parseEntry(concatBytes(encodeUnsigned(kind, publicPart, null), new Uint8Array(64)))
      return entry.ok && isStatementProven(founded.id, founded.founder.id, entry.value)
    }
    expect(await proven(entryKind.wraps, new Uint8Array())).toBe(true)
    expect(await proven(99, encodeAny('later'))).toBe(true)
    expect(await proven(entryKind.statement, encodeAny({ t: 'later', a: [] }))).toBe(true)
    expect(await proven(entryKind.statement, encodeStatement(ask))).toBe(false)
    expect(await proven(entryKind.statement, encodeAny('no statement'))).toBe(false)
  })

  test('[R5] nobody by any other statement', async () => {
    for (const statement of statements.slice(2)) expect(await opens(encodeStatement(statement))).toBe(false)
  })
})
