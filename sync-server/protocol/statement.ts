/** Roster statements: the public part of a kind 2 entry, as lib0 `any` of an object with a `t` field. */

import { type AnyValue, asObject, encodeAny, readBoundedAny } from './any.ts'
import { type Bytes, concatBytes, equalBytes, toBase64url, utf8 } from './bytes.ts'
import { type Entry, entryKind } from './entry.ts'
import {
  type DeviceId,
  deviceIdOfKey,
  idBytes,
  type ListName,
  type NetworkId,
  networkIdOfGenesis,
  parseListName,
} from './ids.ts'
import { fail, ok, type Result } from './result.ts'
import { importVerifyKey, verifySignature } from './verify.ts'

export type Role = 'coordinator' | 'member' | 'follower'
export const audiences = ['all', 'members', 'coordinators'] as const
export type AudienceName = (typeof audiences)[number]

/** The chains of keys that a role holds. */
export const audiencesOfRole: Readonly<Record<Role, readonly AudienceName[]>> = {
  follower: ['all'],
  member: ['all', 'members'],
  coordinator: ['all', 'members', 'coordinators'],
}

/** Roster lists that grew since the author's last statement, each with the length that the author had applied. */
export type After = readonly (readonly [list: ListName, length: number])[]

export interface Genesis {
  type: 'genesis'
  /** raw public keys, 65 bytes each */
  signKey: Bytes
  receiveKey: Bytes
  /** 16 random bytes */
  nonce: Bytes
  /** SHA-256 of the first key of each chain */
  keys: Readonly<Record<AudienceName, Bytes>>
  /** seconds since 1970 by the founder's clock */
  atS: number
}

export interface Ask {
  type: 'ask'
  signKey: Bytes
  receiveKey: Bytes
  /** the invite's raw public key; the invite is what this statement comes after */
  inviteKey: Bytes
  /** by the invite key over {@link askProof} */
  proof: Bytes
  atS: number
}

export interface Invite {
  type: 'invite'
  after: After
  key: Bytes
  role: Role
  expiresS: number
  uses: number
  approval: boolean
}

export interface Cancel {
  type: 'cancel'
  after: After
  /** raw public key of the invite */
  key: Bytes
}

/** The name itself is in the entry's sealed part: {@link SealedName}. */
export interface Name {
  type: 'name'
  after: After
}

/** What this version does not know: it has its place in the order, is kept and carried, and changes nothing. */
export interface Carried {
  type: 'carried'
  after: After
}

export type Statement = Genesis | Ask | Invite | Cancel | Name | Carried

/** Sealed part of genesis, under `all`. */
export interface SealedNetwork {
  name: string
  kind: string
  area: string
}
/** Sealed part of a name statement, under `all`. */
export interface SealedName {
  name: string
  languages: string[]
}

const plainAfter = (after: After): AnyValue => after.map(([list, length]) => [list, length])

export const encodeStatement = (statement: Exclude<Statement, Carried>): Bytes => {
  switch (statement.type) {
    case 'genesis': {
      const { signKey, receiveKey, nonce, keys, atS } = statement
      return encodeAny({ t: 'genesis', s: signKey, r: receiveKey, n: nonce, k: { ...keys }, at: atS })
    }
    case 'ask': {
      const { signKey, receiveKey, inviteKey, proof, atS } = statement
      return encodeAny({ t: 'ask', s: signKey, r: receiveKey, i: inviteKey, p: proof, at: atS })
    }
    case 'invite': {
      const { after, key, role, expiresS, uses, approval } = statement
      return encodeAny({
        t: 'invite',
        a: plainAfter(after),
        i: key,
        o: role,
        e: expiresS,
        u: uses,
        w: approval,
      })
    }
    case 'cancel':
      return encodeAny({ t: 'cancel', a: plainAfter(statement.after), i: statement.key })
    case 'name':
      return encodeAny({ t: 'name', a: plainAfter(statement.after) })
  }
}

const bytesOf = (value: unknown, length: number): Bytes | null =>
  value instanceof Uint8Array && value.length === length ? new Uint8Array(value) : null
const seconds = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null
const isRole = (value: unknown): value is Role =>
  value === 'coordinator' || value === 'member' || value === 'follower'

const readAfter = (value: unknown): After | null => {
  if (!Array.isArray(value)) return null
  const after: [ListName, number][] = []
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return null
    const [list, length] = pair as [unknown, unknown]
    if (typeof list !== 'string' || !parseListName(list) || seconds(length) === null) return null
    after.push([list as ListName, Number(length)])
  }
  return after
}

const readKeys = (value: unknown): Genesis['keys'] | null => {
  const object = asObject(value)
  const [all, members, coordinators] = audiences.map((audience) => bytesOf(object?.[audience], 32))
  return all && members && coordinators ? { all, members, coordinators } : null
}

const readGenesis = (object: Record<string, unknown>): Genesis | null => {
  const signKey = bytesOf(object.s, 65)
  const receiveKey = bytesOf(object.r, 65)
  const nonce = bytesOf(object.n, 16)
  const keys = readKeys(object.k)
  const atS = seconds(object.at)
  return signKey && receiveKey && nonce && keys && atS !== null
    ? { type: 'genesis', signKey, receiveKey, nonce, keys, atS }
    : null
}

const readAsk = (object: Record<string, unknown>): Ask | null => {
  const signKey = bytesOf(object.s, 65)
  const receiveKey = bytesOf(object.r, 65)
  const inviteKey = bytesOf(object.i, 65)
  const proof = bytesOf(object.p, 64)
  const atS = seconds(object.at)
  return signKey && receiveKey && inviteKey && proof && atS !== null
    ? { type: 'ask', signKey, receiveKey, inviteKey, proof, atS }
    : null
}

const readInvite = (object: Record<string, unknown>, after: After): Invite | null => {
  const key = bytesOf(object.i, 65)
  const expiresS = seconds(object.e)
  const uses = seconds(object.u)
  const [role, approval] = [object.o, object.w]
  return key && expiresS !== null && uses !== null && isRole(role) && typeof approval === 'boolean'
    ? { type: 'invite', after, key, role, expiresS, uses, approval }
    : null
}

const readStatement = (object: Record<string, unknown>): Statement | null => {
  const type = object.t
  if (typeof type !== 'string') return null
  if (type === 'genesis') return readGenesis(object)
  if (type === 'ask') return readAsk(object)
  const after = readAfter(object.a)
  if (!after) return null
  if (type === 'invite') return readInvite(object, after)
  if (type === 'name') return { type: 'name', after }
  if (type === 'cancel') {
    const key = bytesOf(object.i, 65)
    return key && { type: 'cancel', after, key }
  }
  return { type: 'carried', after }
}

/** A statement of a known form, `carried` for a type of a later version, `malformed` for what no version writes. */
export const parseStatement = (publicPart: Uint8Array): Result<Statement, 'malformed'> => {
  const value = readBoundedAny(publicPart)
  const object = value.ok ? asObject(value.value) : null
  const statement = object && readStatement(object)
  return statement ? ok(statement) : fail('malformed')
}

/** What an invite key signs: that its holder gives it to just these keys. */
export const askProof = (network: NetworkId, ask: Pick<Ask, 'signKey' | 'receiveKey' | 'atS'>): Bytes =>
  concatBytes(utf8('tadamun/ask/1'), idBytes(network), ask.signKey, ask.receiveKey, utf8(String(ask.atS)))

/**
 * Does a statement that opens a roster list prove that this device may open it [R5]? Genesis by being the network's
 * own, an ask by the invite key's signature over the joiner's keys. Whether that invite exists is the reducer's to say.
 */
export const opensRosterList = async (
  network: NetworkId,
  device: DeviceId,
  statement: Statement,
  publicPart: Bytes,
): Promise<boolean> => {
  if (statement.type !== 'genesis' && statement.type !== 'ask') return false
  if ((await deviceIdOfKey(statement.signKey)) !== device) return false
  if (equalBytes(statement.signKey, statement.receiveKey)) return false
  if (!(await importVerifyKey(statement.receiveKey))) return false
  if (statement.type === 'genesis') return (await networkIdOfGenesis(publicPart)) === network
  const inviteKey = await importVerifyKey(statement.inviteKey)
  return inviteKey !== null && verifySignature(inviteKey, statement.proof, askProof(network, statement))
}

/**
 * May an entry of the roster room be taken? A genesis or an ask carries a proof that the reducer trusts wherever it
 * stands, so it is checked wherever it stands; an invite is for a key that others can wrap for. A statement that no
 * version writes is refused.
 */
export const isStatementProven = async (
  network: NetworkId,
  device: DeviceId,
  entry: Entry,
): Promise<boolean> => {
  if (entry.kind !== entryKind.statement) return true
  const statement = parseStatement(entry.publicPart)
  if (!statement.ok) return false
  switch (statement.value.type) {
    case 'genesis':
    case 'ask':
      return opensRosterList(network, device, statement.value, entry.publicPart)
    case 'invite':
      return (await importVerifyKey(statement.value.key)) !== null
    default:
      return true
  }
}

/** Raw public key of an invite as a key of maps. */
export const inviteIdOf = (rawPublicKey: Uint8Array): string => toBase64url(rawPublicKey)
