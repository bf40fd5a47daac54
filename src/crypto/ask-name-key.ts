/** The key under which an asker seals his name: it comes out of his invite, so that who holds the invite reads it. */

import { type Bytes, concatBytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { idBytes, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { importSealingKey, type SealingKey } from './seal.ts'

/** `d`: the private part of the invite key. HKDF-SHA-256, no salt, info = `tadamun/ask-name/1` ‖ network id (PROTOCOL.md, "Keys"). */
export const askNameKey = async (
  network: NetworkId,
  d: Bytes,
): Promise<SealingKey & { audience: string }> => {
  const material = await crypto.subtle.importKey('raw', d, 'HKDF', false, ['deriveBits'])
  const info = concatBytes(utf8('tadamun/ask-name/1'), idBytes(network))
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info } as const
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(hkdf, material, 256))
  return { ...(await importSealingKey(bytes)), audience: 'ask' }
}
