/** The key of an invite: whoever holds the link signs an ask with it and, without approval, opens wraps with it. */

import { type Bytes, concatBytes, fromBase64url, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'

/** P-256 key as it stands in a link, 32 bytes each; WebCrypto does not import d alone. */
export interface InviteKeyParts {
  d: Bytes
  x: Bytes
  y: Bytes
}

export interface InviteKeys {
  signKey: SubtleKey
  receiveKey: SubtleKey
  /** raw uncompressed point, 65 bytes */
  receivePublic: Bytes
}

const part = (text: string | undefined): Bytes => {
  const bytes = fromBase64url(text ?? '')
  if (bytes?.length !== 32) throw new Error('a P-256 key has parts of 32 bytes')
  return bytes
}

export const createInviteKey = async (): Promise<InviteKeyParts> => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { d, x, y } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  return { d: part(d), x: part(x), y: part(y) }
}

export const invitePublic = ({ x, y }: InviteKeyParts): Bytes => concatBytes(Uint8Array.of(4), x, y)

/** Null where the parts are no key: the link was made up. */
export const importInviteKeys = async (parts: InviteKeyParts): Promise<InviteKeys | null> => {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: toBase64url(parts.d),
    x: toBase64url(parts.x),
    y: toBase64url(parts.y),
  }
  try {
    return {
      signKey: await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
        'sign',
      ]),
      receiveKey: await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
        'deriveBits',
      ]),
      receivePublic: invitePublic(parts),
    }
  } catch {
    // DataError: not a point of the curve, or d and (x, y) do not belong together
    return null
  }
}
