/** The four words that an asker and a coordinator compare by voice, as numbers; the lists of words are the screens'. */

import { type Bytes, concatBytes, toBase64url, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { idBytes, type NetworkId } from '../../../sync-server/protocol/ids.ts'

/**
 * 32 bits are soon guessed by who holds link and relay and looks for keys of his own with the same words: each try costs
 * him this many rounds, and an honest phone a tenth of a second for each request.
 */
const rounds = 100_000
/** A phone asks for the words of the same request again whenever something arrives. */
const maxKept = 500
const wordsByText = new Map<string, Promise<number[]>>()

const derive = async (text: Bytes): Promise<number[]> => {
  const key = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8('tadamun/words/1'), iterations: rounds }
  return [...new Uint8Array(await crypto.subtle.deriveBits(how, key, 32))]
}

/**
 * 4 bytes of PBKDF2-SHA-256 (100,000 rounds, salt `tadamun/words/1`) over network id ‖ asker's signing key ‖ asker's
 * receive key ‖ invite's key, each 0-255: a relay or a thief of the link that puts other keys in their place shows other
 * words.
 */
export const joiningWords = (
  network: NetworkId,
  asker: { signKey: Bytes; receiveKey: Bytes },
  inviteKey: Bytes,
): Promise<number[]> => {
  const text = concatBytes(idBytes(network), asker.signKey, asker.receiveKey, inviteKey)
  const place = toBase64url(text)
  const words = wordsByText.get(place) ?? derive(text)
  if (wordsByText.size >= maxKept) wordsByText.clear()
  wordsByText.set(place, words)
  return words
}
