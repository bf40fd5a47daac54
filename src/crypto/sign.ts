/** Signs with ECDSA P-256 and gives the low-s form, the only one that the gate takes. */

import { type Bytes, concatBytes, copyBytes } from '../../sync-server/protocol/bytes.ts'
import { isLowS, type SubtleKey } from '../../sync-server/protocol/verify.ts'

/** n of P-256 (SP 800-186, section 3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const toBigInt = (bytes: Uint8Array): bigint => {
  let value = 0n
  for (const byte of bytes) value = (value << 8n) | BigInt(byte)
  return value
}

const toBytes = (value: bigint): Bytes => {
  const bytes = new Uint8Array(32)
  for (let i = 31, left = value; i >= 0; i--, left >>= 8n) bytes[i] = Number(left & 255n)
  return bytes
}

/** r ‖ s, 64 bytes. (r, n - s) is as valid as (r, s); WebCrypto gives either. */
export const sign = async (key: SubtleKey, bytes: Bytes): Promise<Bytes> => {
  const signature = new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, bytes))
  if (isLowS(signature)) return signature
  return concatBytes(copyBytes(signature.subarray(0, 32)), toBytes(order - toBigInt(signature.subarray(32))))
}
