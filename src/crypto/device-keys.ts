/** The two key pairs of a device: one signs, one receives wrapped keys. Neither can leave the phone. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, deviceIdOfKey } from '../../sync-server/protocol/ids.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'

/** Kept in IndexedDB as it is: private keys are CryptoKeys that cannot be exported. */
export interface DeviceKeys {
  device: DeviceId
  signKey: SubtleKey
  /** raw uncompressed point, 65 bytes */
  signPublic: Bytes
  receiveKey: SubtleKey
  receivePublic: Bytes
}

export const rawPublic = async (key: SubtleKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.exportKey('raw', key))

export const createDeviceKeys = async (): Promise<DeviceKeys> => {
  const sign = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  const receive = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ])
  const signPublic = await rawPublic(sign.publicKey)
  return {
    device: await deviceIdOfKey(signPublic),
    signKey: sign.privateKey,
    signPublic,
    receiveKey: receive.privateKey,
    receivePublic: await rawPublic(receive.publicKey),
  }
}
