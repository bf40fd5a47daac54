/** A line that breaks at any byte of an exchange, on the way to the relay or back: what was whole stays, and the next one goes on. */

import { beforeEach, expect, test } from 'vitest'
import { type Bytes, concatBytes } from '../../sync-server/protocol/bytes.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { type Line, lineTo, Phone, testOrigin, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let store: MemoryStore
let relay: Relay
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  time = { ms: testStartMs }
  store = openMemoryStore()
  relay = createRelay({ store, now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  for (const phone of [zeinab, ahmad, zeinab]) await phone.exchange()
})

const answerTo = async (body: Bytes): Promise<Bytes> => {
  const pieces: Uint8Array[] = []
  for await (const piece of (await relay.exchange(body, [testOrigin])).messages) pieces.push(piece)
  return concatBytes(...pieces)
}

async function* brokenAt(answer: Bytes, length: number): AsyncGenerator<Bytes> {
  // in two pieces: what was read before the break is not read at once
  const half = length >> 1
  if (half > 0) yield answer.slice(0, half)
  yield answer.slice(half, length)
  throw new TypeError('network error')
}

async function* whole(answer: Bytes): AsyncGenerator<Bytes> {
  yield answer
}

/** Breaks the answer to the first request behind `length` bytes; `seen` hears how long it would have been. */
const brokenLine = (length: number, seen: (bytes: number) => void): Line => {
  let isBroken = false
  return {
    async post(body) {
      const answer = await answerTo(body)
      if (isBroken) return { ok: true, value: whole(answer) }
      isBroken = true
      seen(answer.length)
      return { ok: true, value: brokenAt(answer, length) }
    },
  }
}

const titles = async (phone: Phone) => (await phone.rows('needs')).map(({ title }) => title).sort()

test('an answer cut behind any of its bytes loses nothing, and costs what was whole only once', async () => {
  let answerBytes = Number.POSITIVE_INFINITY
  let cut = 0
  for (; cut <= answerBytes; cut++) {
    await zeinab.addNeed(`لأحمد ${cut}`)
    await zeinab.exchange()
    await ahmad.addNeed(`من أحمد ${cut}`)
    ahmad.line = brokenLine(cut, (bytes) => {
      answerBytes = Math.min(answerBytes, bytes)
    })
    await ahmad.exchange()
    ahmad.line = lineTo(relay)
    await ahmad.exchange()
    expect([cut, await ahmad.unsent()]).toEqual([cut, 0])
    expect([cut, await ahmad.local.database.table('needs').count()]).toEqual([cut, 2 * (cut + 1)])
  }
  expect(cut).toBeGreaterThan(200)
  await zeinab.exchange()
  expect(await titles(zeinab)).toEqual(await titles(ahmad))
}, 300_000)

test('a request cut behind any of its bytes is refused whole: the relay keeps nothing of it', async () => {
  const bodies: Bytes[] = []
  ahmad.line = {
    async post(body) {
      bodies.push(body)
      return { ok: false, error: { code: 'offline' } }
    },
  }
  for (const title of ['خبز', 'ماء', 'دواء']) await ahmad.addNeed(title)
  await ahmad.exchange()
  const [body] = bodies
  if (!body) throw new Error('an exchange sends a request')
  const held = () => store.lengths(ahmad.local.network, '2026-11' as never)
  const before = await held()
  for (let cut = 0; cut < body.length; cut++) {
    await answerTo(body.slice(0, cut))
    expect([cut, await held()]).toEqual([cut, before])
  }
  await answerTo(body)
  expect((await held()).lists).toHaveLength(before.lists.length + 1)
})
