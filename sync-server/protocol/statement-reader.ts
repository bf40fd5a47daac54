/** Reads the fields of a statement that anybody may have written; null = a form that no version writes. */

import { asObject } from './any.ts'
import { type Bytes, toBase64url } from './bytes.ts'
import {
  type DeviceId,
  idLength,
  isRoomName,
  type ListName,
  monthStartMs,
  parseListName,
  type RoomName,
  rosterRoom,
} from './ids.ts'
import { limits } from './limits.ts'
import {
  type After,
  audiences,
  type Card,
  type Genesis,
  type NewKeys,
  type Pin,
  type Pins,
  type Role,
  roles,
  type Statement,
} from './statement.ts'

type Fields = Readonly<Record<string, unknown>>

const bytesOf = (value: unknown, length: number): Bytes | null =>
  value instanceof Uint8Array && value.length === length ? new Uint8Array(value) : null
/** A whole number from 0 on: lengths, counts, seconds. */
const wholeOf = (value: unknown): number | null =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null
const roleOf = (value: unknown): Role | null => roles.find((role) => role === value) ?? null
const deviceOf = (value: unknown): DeviceId | null => {
  const bytes = bytesOf(value, idLength)
  return bytes && (toBase64url(bytes) as DeviceId)
}
const listOf = (value: unknown): ListName | null =>
  typeof value === 'string' && parseListName(value) ? (value as ListName) : null
const roomOf = (value: unknown): RoomName | null =>
  typeof value === 'string' && isRoomName(value) ? value : null

const readAfter = (value: unknown): After | null => {
  if (!Array.isArray(value)) return null
  const after: [ListName, number][] = []
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair) || pair.length !== 2) return null
    const [list, length] = [listOf(pair[0]), wholeOf(pair[1])]
    if (!list || length === null) return null
    after.push([list, length])
  }
  return after
}

const readFirstKeys = (value: unknown): Genesis['keys'] | null => {
  const { all, members, coordinators } = readNewKeys(value) ?? {}
  return all && members && coordinators ? { all, members, coordinators } : null
}

/** Chains of later versions are passed over. */
const readNewKeys = (value: unknown): NewKeys | null => {
  const object = asObject(value)
  if (!object) return null
  const keys: { -readonly [Audience in keyof NewKeys]: Bytes } = {}
  for (const audience of audiences) {
    if (!Object.hasOwn(object, audience)) continue
    const hash = bytesOf(object[audience], 32)
    if (!hash) return null
    keys[audience] = hash
  }
  return keys
}

const readCard = ({ s, r, p }: Fields): Card | null => {
  const [signKey, receiveKey, proof] = [bytesOf(s, 65), bytesOf(r, 65), bytesOf(p, 64)]
  return signKey && receiveKey && proof && { signKey, receiveKey, proof }
}

const readDevices = (value: unknown): DeviceId[] | null => {
  if (!Array.isArray(value) || value.length === 0 || value.length > limits.devicesInStatement) return null
  const devices = value.map(deviceOf).filter((device) => device !== null)
  return devices.length === value.length && new Set(devices).size === devices.length ? devices : null
}

const readRoomPins = (value: unknown): Map<ListName, Pin> | null => {
  if (!Array.isArray(value)) return null
  const pins = new Map<ListName, Pin>()
  for (const pin of value as unknown[]) {
    if (!Array.isArray(pin) || pin.length !== 3) return null
    const [list, length, head] = [listOf(pin[0]), wholeOf(pin[1]), bytesOf(pin[2], 32)]
    if (!list || length === null || !head || pins.has(list)) return null
    pins.set(list, { length, head })
  }
  return pins
}

/** The roster itself cannot be pinned: what was said there is history, and the reducer's to judge. */
const readPins = (value: unknown): Pins | null => {
  const object = asObject(value)
  if (!object) return null
  const pins = new Map<RoomName, Map<ListName, Pin>>()
  for (const [name, lists] of Object.entries(object)) {
    const [room, roomPins] = [roomOf(name), readRoomPins(lists)]
    if (!room || room === rosterRoom || !roomPins) return null
    pins.set(room, roomPins)
  }
  return pins
}

const readGenesis = (fields: Fields): Statement | null => {
  const [signKey, receiveKey, nonce] = [bytesOf(fields.s, 65), bytesOf(fields.r, 65), bytesOf(fields.n, 16)]
  const [keys, atS] = [readFirstKeys(fields.k), wholeOf(fields.at)]
  return signKey && receiveKey && nonce && keys && atS !== null
    ? { type: 'genesis', signKey, receiveKey, nonce, keys, atS }
    : null
}

const readAsk = (fields: Fields): Statement | null => {
  const [card, inviteKey, atS] = [readCard(fields), bytesOf(fields.i, 65), wholeOf(fields.at)]
  return card && inviteKey && atS !== null ? { type: 'ask', ...card, inviteKey, atS } : null
}

const readInvite = (fields: Fields, after: After): Statement | null => {
  const [key, role] = [bytesOf(fields.i, 65), roleOf(fields.o)]
  const [expiresS, uses, approval] = [wholeOf(fields.e), wholeOf(fields.u), fields.w]
  const codeId = fields.c === undefined ? undefined : bytesOf(fields.c, 16)
  if (!key || !role || expiresS === null || uses === null || codeId === null) return null
  if (typeof approval !== 'boolean') return null
  return { type: 'invite', after, key, role, expiresS, uses, approval, ...(codeId ? { codeId } : {}) }
}

const readCancel = (fields: Fields, after: After): Statement | null => {
  const key = bytesOf(fields.i, 65)
  return key && { type: 'cancel', after, key }
}

const readAdmit = (fields: Fields, after: After): Statement | null => {
  const [device, role] = [deviceOf(fields.d), roleOf(fields.o)]
  const hasCard = ['s', 'r', 'p'].some((name) => Object.hasOwn(fields, name))
  const card = hasCard ? readCard(fields) : null
  return device && role && (card || !hasCard) ? { type: 'admit', after, device, role, card } : null
}

const readRole = (fields: Fields, after: After): Statement | null => {
  const [device, role] = [deviceOf(fields.d), roleOf(fields.o)]
  return device && role && { type: 'role', after, device, role }
}

const readRemove = (fields: Fields, after: After): Statement | null => {
  const [devices, pins, keys] = [readDevices(fields.d), readPins(fields.p), readNewKeys(fields.k)]
  const newestMonth = fields.m === null ? null : roomOf(fields.m)
  const isMonth = newestMonth !== null && newestMonth.length === 7 && monthStartMs(newestMonth) !== null
  if (!devices || !pins || !keys || (fields.m !== null && !isMonth)) return null
  return { type: 'remove', after, devices, pins, newestMonth, keys }
}

const readRotate = (fields: Fields, after: After): Statement | null => {
  const keys = readNewKeys(fields.k)
  return keys && { type: 'rotate', after, keys }
}

const readPinLater = (fields: Fields, after: After): Statement | null => {
  const [devices, pins] = [readDevices(fields.d), readPins(fields.p)]
  return devices && pins && { type: 'pin', after, devices, pins }
}

const readAddDevice = (fields: Fields, after: After): Statement | null => {
  const [device, card] = [deviceOf(fields.d), readCard(fields)]
  return device && card && { type: 'device', after, device, card }
}

const readRetire = (fields: Fields, after: After): Statement | null => {
  const device = deviceOf(fields.d)
  return device && { type: 'retire', after, device }
}

const readSettings = ({ i }: Fields, after: After): Statement | null =>
  i === 'members' || i === 'coordinators'
    ? { type: 'settings', after, membersMayInvite: i === 'members' }
    : null

const readFork = (fields: Fields, after: After): Statement | null => {
  const [room, list, index] = [roomOf(fields.r), listOf(fields.l), wholeOf(fields.i)]
  const [previous, signKey] = [bytesOf(fields.h, 32), bytesOf(fields.s, 65)]
  const { x, y } = fields
  if (!(x instanceof Uint8Array) || !(y instanceof Uint8Array)) return null
  const entries = [new Uint8Array(x), new Uint8Array(y)] as const
  return room && list && index !== null && previous && signKey
    ? { type: 'fork', after, room, list, index, previous, signKey, entries }
    : null
}

const readers: ReadonlyMap<string, (fields: Fields, after: After) => Statement | null> = new Map([
  ['invite', readInvite],
  ['cancel', readCancel],
  ['name', (_, after) => ({ type: 'name', after })],
  ['admit', readAdmit],
  ['role', readRole],
  ['remove', readRemove],
  ['rotate', readRotate],
  ['pin', readPinLater],
  ['device', readAddDevice],
  ['retire', readRetire],
  ['leave', (_, after) => ({ type: 'leave', after })],
  ['settings', readSettings],
  ['fork', readFork],
])

/** A statement out of what lib0 `any` held; `carried` for a type of a later version. */
export const readStatement = (fields: Fields): Statement | null => {
  const type = fields.t
  if (typeof type !== 'string') return null
  if (type === 'genesis') return readGenesis(fields)
  if (type === 'ask') return readAsk(fields)
  const after = readAfter(fields.a)
  if (!after) return null
  const reader = readers.get(type)
  return reader ? reader(fields, after) : { type: 'carried', after }
}
