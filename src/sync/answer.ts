/** Reads the answer of a relay as it arrives: frames go into the inbox together with the cursor behind them [R12]. */

import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { type AnswerMessage, AnswerReader, type RoomResult } from '../../sync-server/protocol/exchange.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ExchangeFailure } from './exchange-failure.ts'

/** What the relay says of each room at the end; a room without a result is as the request said. */
export type Results = Map<RoomName, RoomResult>

export interface AnswerParts {
  database: NetworkDatabase
  /** origin of the relay */
  relay: string
  /** rooms of the request, in its order; those that the answer names are added */
  rooms: RoomName[]
  /** the relay's clock */
  onHeard(timeMs: number): Promise<void>
  onBytes(count: number): void
}

/** Cursors of another relay are no use: a new disk under an old address begins at 0 [R16]. */
const hello = async ({ database, relay, onHeard }: AnswerParts, id: Bytes, timeMs: number): Promise<void> => {
  const relayId = toBase64url(id)
  await onHeard(timeMs)
  await database.transaction('rw', database.meta, database.cursors, async () => {
    const known = await database.meta.get(`relay ${relay}`)
    if (known?.value === relayId) return
    await database.cursors.filter((row) => row.relay === relay).delete()
    await database.meta.put({ key: `relay ${relay}`, value: relayId })
  })
}

const keepFrame = (
  { database, relay }: AnswerParts,
  room: RoomName,
  cursor: number,
  update: Bytes,
): Promise<void> =>
  database.transaction('rw', database.inbox, database.cursors, async () => {
    await database.inbox.add({ room, update, source: relay, parked: 0 })
    if (cursor > 0) await database.cursors.put({ relay, room, cursor })
  })

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
      await hello(parts, message.relayId, message.timeMs)
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
      await keepFrame(parts, room, message.cursor, message.update)
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
