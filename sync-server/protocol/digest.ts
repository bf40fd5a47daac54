/** The digest of a room [R16]: two sides with equal digests hold the same entries. */

import { type Bytes, sha256 } from './bytes.ts'
import { Writer } from './writer.ts'

/** What is held of one list. */
export interface ListState {
  client: number
  length: number
  /** head hash of the last entry */
  head: Bytes
}

export const digestLength = 8

/** First 8 bytes of SHA-256 over (client, length, head) of every list that is not empty, lowest client first. */
export const roomDigest = async (lists: readonly ListState[]): Promise<Bytes> => {
  const writer = new Writer()
  for (const { client, length, head } of [...lists].sort((a, b) => a.client - b.client)) {
    if (length > 0) writer.varUint(client).varUint(length).raw(head)
  }
  return (await sha256(writer.bytes())).slice(0, digestLength)
}
