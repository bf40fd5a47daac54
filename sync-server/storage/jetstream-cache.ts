/** Messages of rooms that were read or written lately, within a bound of bytes: who is new asks for what just came. */

import type { Bytes } from '../protocol/bytes.ts'

export interface MessageCache {
  get(stream: string, sequence: number): Bytes | undefined
  put(stream: string, sequence: number, bytes: Bytes): void
}

/** What a message costs besides its bytes, roughly. */
const overheadBytes = 200

/** The message that was asked for longest ago goes first. */
export const createMessageCache = (maxBytes: number): MessageCache => {
  const messageByPlace = new Map<string, Bytes>()
  let held = 0
  const placeOf = (stream: string, sequence: number): string => `${stream}/${sequence}`

  return {
    get(stream, sequence) {
      const place = placeOf(stream, sequence)
      const bytes = messageByPlace.get(place)
      if (!bytes) return undefined
      messageByPlace.delete(place)
      messageByPlace.set(place, bytes)
      return bytes
    },
    put(stream, sequence, bytes) {
      const place = placeOf(stream, sequence)
      if (messageByPlace.has(place)) return
      messageByPlace.set(place, bytes)
      held += bytes.length + overheadBytes
      for (const [oldest, { length }] of messageByPlace) {
        if (held <= maxBytes) return
        messageByPlace.delete(oldest)
        held -= length + overheadBytes
      }
    },
  }
}
