/** Seals and opens a picture or voice note under a key of its own (PROTOCOL.md, "Blobs"). */

import { type Bytes, concatBytes, copyBytes, randomBytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { idBytes, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { read } from '../../sync-server/protocol/reader.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'

const keyLength = 32
const nonceLength = 12
/** Lengths tell less when they come in steps. */
const paddingStep = 1024

const dataOf = (network: NetworkId): Bytes => concatBytes(utf8('tadamun/blob/1'), idBytes(network))

const importKey = (key: Bytes) =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt'])

const pad = (content: Bytes): Bytes => {
  const bytes = new Writer().varBytes(content).bytes()
  const padded = new Uint8Array(Math.ceil(bytes.length / paddingStep) * paddingStep)
  padded.set(bytes)
  return padded
}

/** `sealed` = nonce ‖ ciphertext and tag. */
export const sealBlob = async (
  network: NetworkId,
  content: Bytes,
): Promise<{ key: Bytes; sealed: Bytes }> => {
  const [key, iv] = [randomBytes(keyLength), randomBytes(nonceLength)]
  const parameters = { name: 'AES-GCM', iv, additionalData: dataOf(network) }
  const ciphertext = await crypto.subtle.encrypt(parameters, await importKey(key), pad(content))
  return { key, sealed: concatBytes(iv, new Uint8Array(ciphertext)) }
}

/** Null where key, network or bytes are not those that were sealed. */
export const openBlob = async (network: NetworkId, key: Bytes, sealed: Bytes): Promise<Bytes | null> => {
  const iv = copyBytes(sealed.subarray(0, nonceLength))
  const parameters = { name: 'AES-GCM', iv, additionalData: dataOf(network) }
  try {
    const ciphertext = copyBytes(sealed.subarray(nonceLength))
    const padded = await crypto.subtle.decrypt(parameters, await importKey(key), ciphertext)
    const parsed = read(new Uint8Array(padded), (reader) => {
      const content = reader.varBytes(limits.blobBytes)
      reader.take(reader.left)
      return content
    })
    return parsed.ok ? parsed.value : null
  } catch {
    // WebCrypto throws OperationError when the tag does not fit, DataError for what is no key: the caller says that it is broken
    return null
  }
}
