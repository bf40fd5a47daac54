/** The token of a request: who asks, for which network, at which relay, until when. 10 minutes by the relay's time. */

import { type Bytes, concatBytes, copyBytes, equalBytes, sha256, toBase64url, utf8 } from './bytes.ts'
import { type DeviceId, idBytes, idLength, type NetworkId } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, read } from './reader.ts'
import type { Result } from './result.ts'
import { type SubtleKey, verifySignature } from './verify.ts'
import { Writer } from './writer.ts'

const originHashLength = 8
const domain = utf8('tadamun/token/1')

export interface Token {
  network: NetworkId
  device: DeviceId
  /** seconds since 1970 */
  expiresS: number
  originHash: Bytes
  signature: Bytes
  /** domain ‖ all bytes before the signature */
  signed: Bytes
}

/** First 8 bytes of SHA-256 of an origin such as `https://tadamun.example`: a token for one relay is no use at another. */
export const originHash = async (origin: string): Promise<Bytes> =>
  (await sha256(utf8(origin))).slice(0, originHashLength)

/** version ‖ network id ‖ device id ‖ expires ‖ origin hash ‖ signature. */
export const createToken = async (
  claims: { network: NetworkId; device: DeviceId; expiresS: number; origin: string },
  sign: (bytes: Bytes) => Promise<Bytes>,
): Promise<Bytes> => {
  const body = new Writer()
    .byte(1)
    .raw(idBytes(claims.network))
    .raw(idBytes(claims.device))
    .varUint(claims.expiresS)
    .raw(await originHash(claims.origin))
    .bytes()
  return concatBytes(body, await sign(concatBytes(domain, body)))
}

export const parseToken = (bytes: Uint8Array): Result<Token, 'malformed'> =>
  read(bytes, (reader) => {
    if (reader.byte() !== 1) malformed('unknown version')
    const network = toBase64url(reader.take(idLength)) as NetworkId
    const device = toBase64url(reader.take(idLength)) as DeviceId
    const expiresS = reader.varUint()
    const hash = reader.take(originHashLength)
    const signed = concatBytes(domain, copyBytes(bytes.subarray(0, reader.position)))
    return { network, device, expiresS, originHash: hash, signature: reader.take(64), signed }
  })

/** `clock` = expired, or valid for longer than a token may be: the phone's clock is wrong and the answer says ours. */
export const checkToken = async (
  token: Token,
  key: SubtleKey,
  origins: readonly string[],
  nowMs: number,
): Promise<'ok' | 'clock' | 'refused'> => {
  const hashes = await Promise.all(origins.map(originHash))
  if (!hashes.some((hash) => equalBytes(hash, token.originHash))) return 'refused'
  if (!(await verifySignature(key, token.signature, token.signed))) return 'refused'
  const leftS = token.expiresS - nowMs / 1000
  // a phone's clock may run a little ahead of ours
  return leftS > 0 && leftS <= limits.tokenLifetimeS * 2 ? 'ok' : 'clock'
}
