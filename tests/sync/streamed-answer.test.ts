/** A long answer is shown while it arrives, the newest first, and what a cut leaves of it stays. */

import { beforeEach, expect, test, vi } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let relay: Relay
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  for (const phone of [zeinab, ahmad]) await phone.exchange()
  return async () => {
    await zeinab.end()
    await ahmad.end()
  }
})

test('[R12] rows are there before the answer has ended, and a line that breaks then takes nothing away', async () => {
  const needs = 160
  for (let i = 0; i < needs; i++) await zeinab.addNeed(`حاجة ${i}`, { details: 'تفاصيل '.repeat(140) })
  await zeinab.exchange()
  const broken = Promise.withResolvers<void>()
  const hangsAfter = async function* (pieces: AsyncIterable<Uint8Array>, bytes: number) {
    let left = bytes
    for await (const piece of pieces) {
      yield piece
      left -= piece.length
      if (left > 0) continue
      await broken.promise
      throw new Error('the line broke')
    }
  }
  const whole = lineTo(relay)
  ahmad.line = {
    post: async (body, closing) => {
      const posted = await whole.post(body, closing)
      return posted.ok ? { ok: true, value: hangsAfter(posted.value, 290 * 1024) } : posted
    },
  }
  const exchange = ahmad.exchange()
  await vi.waitFor(async () => expect((await ahmad.rows('needs')).length).toBeGreaterThan(needs / 2), 10_000)
  broken.resolve()
  expect(await exchange).toBeNull()
  const held = (await ahmad.rows('needs')).length
  expect(held).toBeLessThan(needs)
  ahmad.line = whole
  const rest = await ahmad.exchange()
  expect(await ahmad.rows('needs')).toHaveLength(needs)
  // what had come does not come again, but for a frame
  expect(rest?.bytesReceived).toBeLessThan((needs - held) * 2600 + 40 * 1024)
})
