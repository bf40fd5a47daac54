/** Wraps an audience key for the receive keys of others, and unwraps what was wrapped for ours (wraps.ts has the bytes). */

import { type Bytes, concatBytes, equalBytes, sha256, utf8 } from '../../sync-server/protocol/bytes.ts'
import { idBytes, type NetworkId } from '../../sync-server/protocol/ids.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { receiverLength, type Wrap, type Wraps } from '../../sync-server/protocol/wraps.ts'
import { rawPublic } from './device-keys.ts'

const curve = { name: 'ECDH', namedCurve: 'P-256' } as const
/** A box key is used for one box only, so one nonce is enough. */
const zeroNonce = new Uint8Array(12)

const boxKey = async (ours: SubtleKey, theirs: SubtleKey, info: Bytes): Promise<SubtleKey> => {
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, ours, 256)
  const material = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info } as const
  return crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

const infoOf = (network: NetworkId, keyId: Bytes, receiver: Bytes): Bytes =>
  concatBytes(utf8('tadamun/wrap/1'), idBytes(network), keyId, receiver)

const receiverHash = async (receiver: Bytes): Promise<Bytes> =>
  (await sha256(receiver)).slice(0, receiverLength)

/** `receivers` are raw public ECDH keys, 65 bytes each. */
export const wrapKey = async (
  network: NetworkId,
  key: Bytes,
  receivers: readonly Bytes[],
): Promise<Wraps> => {
  const keyId = (await sha256(key)).slice(0, 8)
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const wraps: Wrap[] = []
  for (const receiver of receivers) {
    const theirs = await crypto.subtle.importKey('raw', receiver, curve, false, [])
    const secret = await boxKey(pair.privateKey, theirs, infoOf(network, keyId, receiver))
    const box = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: zeroNonce }, secret, key))
    wraps.push({ receiver: await receiverHash(receiver), box })
  }
  return { keyId, ephemeral: await rawPublic(pair.publicKey), wraps }
}

/**
 * The key that was wrapped for this receive key, or null when none was or its bytes do not fit. That it is the chain's
 * own key (its full hash) is for the caller to check.
 */
export const unwrapKey = async (
  network: NetworkId,
  { keyId, ephemeral, wraps }: Wraps,
  ours: { receiveKey: SubtleKey; receivePublic: Bytes },
): Promise<Bytes | null> => {
  const hash = await receiverHash(ours.receivePublic)
  const mine = wraps.find(({ receiver }) => equalBytes(receiver, hash))
  if (!mine) return null
  try {
    const theirs = await crypto.subtle.importKey('raw', ephemeral, curve, false, [])
    const secret = await boxKey(ours.receiveKey, theirs, infoOf(network, keyId, ours.receivePublic))
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: zeroNonce }, secret, mine.box))
  } catch {
    // a point off the curve, or a box that somebody made up: no key for us in it
    return null
  }
}
