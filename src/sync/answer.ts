/** Reads the answer of a relay as it arrives: frames go into the inbox together with the cursor behind them [R12]. */

import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { type AnswerMessage, AnswerReader, type RoomResult } from '../../sync-server/protocol/exchange.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { ExchangeFailure } from './exchange-failure.ts'

/** What the relay says of each room at the end; a room without a result is as the request said. */
export type Results = Map<RoomName, RoomResult>

/** Where an answer is kept while it arrives: the engine's tables, or the same ones as the service worker reaches them. */
export interface AnswerStore {
  /** cursors of another relay are no use: a new disk under an old address begins at 0 [R16] */
  meetRelay(relayId: string): Promise<void>
  /** into the inbox, together with the cursor behind it; cursor 0 moves none */
  keepFrame(room: RoomName, cursor: number, update: Bytes): Promise<void>
}

export interface AnswerParts {
  store: AnswerStore
  /** rooms of the request, in its order; those that the answer names are added */
  rooms: RoomName[]
  /** the relay's clock */
  onHeard(timeMs: number): Promise<void>
  onBytes(count: number): void
}

const nonsense: ExchangeFailure = { code: 'nonsense' }

/** Later than this no month has a name: a phone that took such a time for its own would not start any more. */
const lastTimeMs = Date.UTC(9000, 0)

/** Gives the failure that a message means, if it means one. */
const takeMessage = async (
  message: AnswerMessage,
  parts: AnswerParts,
  results: Results,
): Promise<ExchangeFailure | null> => {
  if ('timeMs' in message && message.timeMs > lastTimeMs) return nonsense
  switch (message.type) {
    case 'hello':
      await parts.onHeard(message.timeMs)
      await parts.store.meetRelay(toBase64url(message.relayId))
      return null
    case 'refused':
      await parts.onHeard(message.timeMs)
      return { code: 'refused', reason: message.reason, retryAfterS: message.retryAfterS }
    case 'room':
      parts.rooms.push(message.room)
      return null
    case 'frame': {
      const room = parts.rooms[message.roomRef]
      if (!room) return nonsense
      await parts.store.keepFrame(room, message.cursor, message.update)
      return null
    }
    case 'result': {
      const room = parts.rooms[message.roomRef]
      if (!room) return nonsense
      results.set(room, message.result)
      return null
    }
    case 'end':
      return null
  }
}

/** Rejects only when the disk does: a line that breaks is `offline`, and what came before it is kept. */
export const readAnswer = async (
  pieces: AsyncIterable<Uint8Array>,
  parts: AnswerParts,
): Promise<Result<Results, ExchangeFailure>> => {
  const reader = new AnswerReader()
  const results: Results = new Map()
  const iterator = pieces[Symbol.asyncIterator]()
  let isWhole = false
  let hasBegun = false
  for (;;) {
    // the reason does not matter: the line broke
    const next = await iterator.next().catch(() => null)
    if (!next) return fail({ code: 'offline' })
    if (next.done) break
    parts.onBytes(next.value.length)
    const messages = reader.push(next.value)
    if (!messages.ok) return fail(nonsense)
    for (const message of messages.value) {
      if (!hasBegun && message.type !== 'hello' && message.type !== 'refused') return fail(nonsense)
      hasBegun = true
      const failure = await takeMessage(message, parts, results)
      if (failure) return fail(failure)
      isWhole = message.type === 'end'
    }
  }
  if (isWhole) return ok(results)
  return fail(hasBegun ? { code: 'offline' } : nonsense)
}
