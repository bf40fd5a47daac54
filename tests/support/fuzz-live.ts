/** Fuzz target of the live socket's messages: what is taken reads back, and costs no more steps than it has bytes. */
import { isDeepStrictEqual } from 'node:util'
import { type Bytes, equalBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  encodeReceipt,
  encodeRefusals,
  encodeStep1,
  encodeSync,
  type LiveMessage,
  parseLiveMessage,
} from '../../sync-server/protocol/live.ts'
import { parseWithin } from './decoder-bounds.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { fillBytes } from './mutations.ts'

const encoded = (message: Exclude<LiveMessage, { type: 'passed' }>): Bytes => {
  switch (message.type) {
    case 'step1':
      return encodeStep1(message.lengths)
    case 'step2':
    case 'update':
      return encodeSync(message.type, message.update)
    case 'receipt':
      return encodeReceipt(message)
    case 'refusals':
      return encodeRefusals(message)
  }
}

const corpus = (): Bytes[] => {
  const relayId = toBase64url(fillBytes(16, 1))
  const lengths = new Map([
    [2 ** 53 - 1, 4],
    [2 ** 40, 2 ** 31],
    [3, 0],
  ])
  const durable = Array.from(lengths, ([client, length]) => ({ client, length, head: fillBytes(32, 3) }))
  return [
    encodeStep1(new Map()),
    encodeStep1(lengths),
    encodeSync('step2', Uint8Array.of(0, 0)),
    encodeSync('update', fillBytes(60, 2)),
    encodeReceipt({ relayId, seq: 2 ** 33, durable }),
    encodeRefusals({
      refused: [
        { client: 7, index: 2, reason: 'fork' },
        { client: 2 ** 50, index: 0, reason: 'tooFast' },
      ],
      needs: [{ client: 9, from: 3 }],
    }),
    Uint8Array.of(1, 3, 1, 2, 3),
  ]
}

/** Step 1 may name its lists in any order: equal is what it says, not how. */
export const liveTarget = (): FuzzTarget => ({
  name: 'live',
  inputs: 100_000,
  corpus: corpus(),
  judge(bytes) {
    const { result, reads, copied } = parseWithin(bytes, parseLiveMessage)
    promise(reads + copied <= bytes.length, `${reads} reads and ${copied} bytes copied of ${bytes.length}`)
    if (!result.ok) return false
    const message = result.value
    if (message.type === 'passed')
      return message.number > 0 && message.number !== 120 && message.number !== 121
    const again = encoded(message)
    const isFree = message.type === 'step1' || message.type === 'receipt'
    promise(isFree ? again.length === bytes.length : equalBytes(again, bytes), 'not canonical')
    const back = parseLiveMessage(again)
    const sorted = (read: LiveMessage): unknown =>
      read.type === 'receipt'
        ? { ...read, durable: new Map(read.durable.map((own) => [own.client, own])) }
        : read
    promise(back.ok && isDeepStrictEqual(sorted(back.value), sorted(message)), 'it does not read back')
    return true
  },
})
