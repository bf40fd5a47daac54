/** The four words that an asker and a coordinator compare by voice, as numbers; the lists of words are the screens'. */

import { type Bytes, concatBytes, sha256, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { idBytes, type NetworkId } from '../../../sync-server/protocol/ids.ts'

/**
 * First 4 bytes of SHA-256(`tadamun/words/1` ‖ network id ‖ asker's signing key ‖ asker's receive key ‖ invite's key),
 * each 0-255: a relay or a thief of the link that puts other keys in their place shows other words.
 */
export const joiningWords = async (
  network: NetworkId,
  asker: { signKey: Bytes; receiveKey: Bytes },
  inviteKey: Bytes,
): Promise<number[]> => {
  const { signKey, receiveKey } = asker
  const text = concatBytes(utf8('tadamun/words/1'), idBytes(network), signKey, receiveKey, inviteKey)
  return [...(await sha256(text)).slice(0, 4)]
}
