/** Operations as the plaintext of an entry, and the ids that only their creator can have made. */

import { asObject, encodeAny, readBoundedAny } from '../../sync-server/protocol/any.ts'
import {
  type Bytes,
  concatBytes,
  copyBytes,
  fromBase64url,
  randomBytes,
  sha256,
  toBase64url,
} from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, idBytes, idLength } from '../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { maxCount, type Operation, type RecordId } from './operation.ts'

const codeByOp = { create: 0, set: 1, erase: 2 } as const
const opByCode = ['create', 'set', 'erase'] as const
const maxFields = 40
/** Elements after these come from a newer version and are passed over. */
const elements = 7

type AnyFields = Parameters<typeof encodeAny>[0] & object

/**
 * lib0 `any` of `[count, wallMs, code, type, id, fields, nonce][]`: code 0 create, 1 set, 2 erase; id 16 bytes;
 * fields null where there are none; nonce 16 bytes with create, else null. Fields are plain data without undefined.
 */
export const encodeOperations = (operations: readonly Operation[]): Bytes =>
  encodeAny(
    operations.map(({ at, op, type, id, fields, nonce }) => [
      at[0],
      at[1],
      codeByOp[op],
      type,
      idOfText(id),
      (fields as AnyFields | undefined) ?? null,
      nonce ?? null,
    ]),
  )

const idOfText = (id: RecordId): Bytes => {
  const bytes = fromBase64url(id)
  if (!bytes) throw new Error('a record id is always base64url')
  return bytes
}

const isWhole = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max
const isSixteenBytes = (value: unknown): value is Uint8Array =>
  value instanceof Uint8Array && value.length === idLength

/** A value of the wire as an operation, or null. Which types and fields there are is not asked: newer versions have more. */
const readOperation = (value: unknown): Operation | null => {
  if (!Array.isArray(value) || value.length < elements) return null
  const [count, wallMs, code, type, id, rawFields, nonce] = value as unknown[]
  if (!isWhole(count, maxCount) || !isWhole(wallMs, Number.MAX_SAFE_INTEGER)) return null
  const op = isWhole(code, 2) ? opByCode[code] : undefined
  if (!op || typeof type !== 'string' || !/^[a-z-]{1,32}$/.test(type) || !isSixteenBytes(id)) return null
  const fields = asObject(rawFields)
  if (fields ? Object.keys(fields).length > maxFields : rawFields !== null) return null
  if (op === 'create' ? !isSixteenBytes(nonce) : nonce !== null) return null
  return {
    at: [count, wallMs],
    op,
    type,
    id: toBase64url(id) as RecordId,
    ...(isSixteenBytes(nonce) ? { nonce: copyBytes(nonce) } : {}),
    ...(fields ? { fields } : {}),
  }
}

/** All operations of an entry, or `malformed` when one of them is: an entry counts whole or not at all. */
export const decodeOperations = (bytes: Uint8Array): Result<Operation[], 'malformed'> => {
  const decoded = readBoundedAny(bytes)
  if (!decoded.ok) return decoded
  if (!Array.isArray(decoded.value)) return fail('malformed')
  const operations: Operation[] = []
  for (const value of decoded.value) {
    const operation = readOperation(value)
    if (!operation) return fail('malformed')
    operations.push(operation)
  }
  return ok(operations)
}

/** First 16 bytes of SHA-256(16 bytes of the creator's device id ‖ nonce). */
export const idOfNonce = async (creator: DeviceId, nonce: Bytes): Promise<RecordId> => {
  const hash = await sha256(concatBytes(idBytes(creator), nonce))
  return toBase64url(hash.slice(0, idLength)) as RecordId
}

/** A fresh id that only `creator` can have made, and the nonce that proves it. */
export const newRecordId = async (creator: DeviceId): Promise<{ id: RecordId; nonce: Bytes }> => {
  const nonce = randomBytes(idLength)
  return { id: await idOfNonce(creator, nonce), nonce }
}
