/** The live socket's codec: addresses, close codes, and messages that read back as they were written. */
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { boardRoom, type NetworkId } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import {
  closeText,
  encodeReceipt,
  encodeRefusals,
  encodeStep1,
  encodeSync,
  type LiveCloseReason,
  liveCloseCodes,
  livePath,
  liveProtocols,
  parseClose,
  parseLiveMessage,
  parseLivePath,
  tokenOfProtocols,
} from '../../../sync-server/protocol/live.ts'
import { fillBytes, fillId } from '../../support/mutations.ts'

const network = fillId(1) as NetworkId
const relayId = fillId(2)
const parsed = (bytes: Uint8Array) => {
  const message = parseLiveMessage(bytes)
  return message.ok ? message.value : message.error
}

describe('the address', () => {
  it('names a network and a room, and reads back', () => {
    const path = livePath(network, boardRoom)
    expect(path).toBe(`/v1/live/${network}/board`)
    expect(parseLivePath(path)).toEqual({ network, room: 'board' })
  })

  it('is nothing else', () => {
    const others = ['/v1/live/', `/v1/live/${network}`, `/v1/live/${network}/x`, `/v1/live/${network}/board/`]
    for (const path of [...others, `/v1/sync`, `/v1/live/short/board`, `/x/v1/live/${network}/board`])
      expect(parseLivePath(path)).toBe(null)
  })

  it('takes the token as second subprotocol', () => {
    const token = fillBytes(120, 3)
    expect(tokenOfProtocols(liveProtocols(token))).toEqual(token)
    const [name, text] = liveProtocols(token)
    for (const offered of [[], [name], [text, name], ['tadamun.2', text], [name, text, 'x'], [name, 'a=b']])
      expect(tokenOfProtocols(offered)).toBe(null)
  })
})

describe('[R23] a close', () => {
  it('says its reason and amount within the 123 bytes that a close may hold', () => {
    for (const reason of Object.keys(liveCloseCodes) as LiveCloseReason[]) {
      const text = closeText(reason, 8_640_000_000_000)
      expect(text.length).toBeLessThan(124)
      expect(parseClose(liveCloseCodes[reason], text)).toEqual({ reason, amount: 8_640_000_000_000 })
      expect(parseClose(liveCloseCodes[reason], closeText(reason))).toEqual({ reason, amount: null })
    }
  })

  it('is known by its code where the words are lost, and is nothing of ours otherwise', () => {
    expect(parseClose(4403, '')).toEqual({ reason: 'notMember', amount: null })
    expect(parseClose(4401, 'rubbish -1')).toEqual({ reason: 'token', amount: null })
    expect([1000, 1006, 4999].map((code) => parseClose(code, 'token'))).toEqual([null, null, null])
  })
})

describe('[R20] messages', () => {
  it('read back', () => {
    const durable = [
      { client: 2 ** 53 - 1, length: 3, head: new Uint8Array(32).fill(1) },
      { client: 5, length: 2 ** 31, head: new Uint8Array(32).fill(2) },
    ]
    expect(parsed(encodeReceipt({ relayId, seq: 7, durable }))).toEqual({
      type: 'receipt',
      relayId,
      seq: 7,
      durable,
    })
    const refusals = {
      refused: [{ client: 9, index: 1, reason: 'fork' as const }],
      needs: [{ client: 8, from: 0 }],
    }
    expect(parsed(encodeRefusals(refusals))).toEqual({ type: 'refusals', ...refusals })
    for (const type of ['step2', 'update'] as const) {
      const update = fillBytes(30, 4)
      expect(parsed(encodeSync(type, update))).toEqual({ type, update })
    }
  })

  it('[R21] step 1 is the state vector of Yjs', () => {
    const doc = new Y.Doc()
    doc.getText('a').insert(0, 'abc')
    const lengths = new Map([[doc.clientID, 3]])
    const message = encodeStep1(lengths)
    expect(message.subarray(3)).toEqual(Y.encodeStateVector(doc))
    expect(parsed(message)).toEqual({ type: 'step1', lengths })
    const many = new Map(Array.from({ length: 50 }, (_, i) => [i * 1000, i + 1]))
    expect(parsed(encodeStep1(many))).toEqual({ type: 'step1', lengths: many })
  })

  it('[R22] of other numbers are passed over unread', () => {
    for (const number of [1, 2, 3, 77])
      expect(parsed(Uint8Array.of(number, 255, 255))).toEqual({ type: 'passed', number })
  })

  it('[R2] are malformed when cut, too long, or counting more than they hold', () => {
    const head = new Uint8Array(32)
    const receipt = encodeReceipt({ relayId, seq: 7, durable: [{ client: 5, length: 1, head }] })
    const listsUpTo = (count: number) =>
      Array.from({ length: count }, (_, client) => ({ client, length: 1, head }))
    expect(parsed(encodeReceipt({ relayId, seq: 7, durable: listsUpTo(16) }))).toMatchObject({ seq: 7 })
    const bad = [
      new Uint8Array(),
      receipt.subarray(0, -1),
      Uint8Array.of(...receipt, 0),
      // six bytes that end the stock server
      Uint8Array.of(0, 2, 255, 255, 255, 15),
      // a state vector of 2^32 lists
      Uint8Array.of(0, 0, 5, 255, 255, 255, 255, 15),
      // one list twice
      Uint8Array.of(0, 0, 5, 2, 7, 1, 7, 1),
      Uint8Array.of(0, 3, 0),
      Uint8Array.of(120, 1),
      // a receipt for more lists than a device has
      encodeReceipt({ relayId, seq: 7, durable: listsUpTo(17) }),
      Uint8Array.of(121, 1, 1, 1, 99, 0),
    ]
    for (const bytes of bad) expect(parsed(bytes)).toBe('malformed')
  })

  it('[R2] hold an update of 256 KiB, and no more', () => {
    const largest = encodeSync('update', new Uint8Array(limits.liveUpdateBytes))
    expect(parsed(largest)).toMatchObject({ type: 'update' })
    expect(parsed(encodeSync('update', new Uint8Array(limits.liveUpdateBytes + 1)))).toBe('malformed')
    expect(parsed(new Uint8Array(limits.liveMessageBytes + 1))).toBe('tooLarge')
  })

  it('[R20] a receipt of no relay is never written', () => {
    expect(() => encodeReceipt({ relayId: toBase64url(new Uint8Array(3)), seq: 0, durable: [] })).toThrow()
  })
})
