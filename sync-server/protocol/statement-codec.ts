/** The bytes of a statement: lib0 `any` of an object whose `t` names it (PROTOCOL.md, "Statements"). */

import { type AnyValue, asObject, encodeAny, readBoundedAny } from './any.ts'
import type { Bytes } from './bytes.ts'
import { idBytes } from './ids.ts'
import { fail, ok, type Result } from './result.ts'
import type { After, Card, Carried, Pins, Statement } from './statement.ts'
import { readStatement } from './statement-reader.ts'

const plainAfter = (after: After): AnyValue => after.map(([list, length]) => [list, length])
const plainCard = ({ signKey, receiveKey, proof }: Card) => ({ s: signKey, r: receiveKey, p: proof })
const plainPins = (pins: Pins): AnyValue =>
  Object.fromEntries(
    [...pins].map(([room, lists]) => [
      room,
      [...lists].map(([list, { length, head }]): AnyValue => [list, length, head]),
    ]),
  )

/** The fields of a statement beside `t` and `a`. */
const plainFields = (statement: Exclude<Statement, Carried>): Record<string, AnyValue> => {
  switch (statement.type) {
    case 'genesis': {
      const { signKey, receiveKey, nonce, keys, atS } = statement
      return { s: signKey, r: receiveKey, n: nonce, k: { ...keys }, at: atS }
    }
    case 'ask': {
      const { signKey, receiveKey, inviteKey, proof, atS } = statement
      return { s: signKey, r: receiveKey, i: inviteKey, p: proof, at: atS }
    }
    case 'invite': {
      const { key, role, expiresS, uses, approval, codeId } = statement
      const code = codeId ? { c: codeId } : {}
      return { i: key, o: role, e: expiresS, u: uses, w: approval, ...code }
    }
    case 'cancel':
      return { i: statement.key }
    case 'admit':
      return {
        d: idBytes(statement.device),
        ...(statement.card ? plainCard(statement.card) : {}),
        o: statement.role,
      }
    case 'role':
      return { d: idBytes(statement.device), o: statement.role }
    case 'remove': {
      const { devices, pins, newestMonth, keys } = statement
      return { d: devices.map(idBytes), p: plainPins(pins), m: newestMonth, k: { ...keys } }
    }
    case 'rotate':
      return { k: { ...statement.keys } }
    case 'pin':
      return { d: statement.devices.map(idBytes), p: plainPins(statement.pins) }
    case 'device':
      return { d: idBytes(statement.device), ...plainCard(statement.card) }
    case 'retire':
      return { d: idBytes(statement.device) }
    case 'settings':
      return { i: statement.membersMayInvite ? 'members' : 'coordinators' }
    case 'fork': {
      const { room, list, index, previous, signKey, entries } = statement
      return { r: room, l: list, i: index, h: previous, s: signKey, x: entries[0], y: entries[1] }
    }
    case 'name':
    case 'leave':
      return {}
  }
}

/** The public part of a kind 2 entry. */
export const encodeStatement = (statement: Exclude<Statement, Carried>): Bytes => {
  const after = 'after' in statement ? { a: plainAfter(statement.after) } : {}
  return encodeAny({ t: statement.type, ...after, ...plainFields(statement) })
}

/** A statement of a known form, `carried` for a type of a later version, `malformed` for what no version writes. */
export const parseStatement = (publicPart: Uint8Array): Result<Statement, 'malformed'> => {
  const value = readBoundedAny(publicPart)
  const object = value.ok ? asObject(value.value) : null
  const statement = object && readStatement(object)
  return statement ? ok(statement) : fail('malformed')
}
