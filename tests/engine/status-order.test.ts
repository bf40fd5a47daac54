/** The status tells what was read last, however long an earlier reading takes. */

import { expect, test } from 'vitest'
import { Phone, testStartMs } from '../support/phone.ts'

test('who has been let in is not told again that he waits', async () => {
  const phone = await Phone.start('سعاد', { ms: testStartMs })
  const { engine } = phone
  await phone.found()
  const { local } = phone
  const before = phone.statuses.length
  const slow = Promise.withResolvers<void>()
  const waiting = { networkName: 'الحي', problem: null, reason: null, words: null, isOver: false }
  let reads = 0
  local.joining = async () => {
    reads++
    if (reads > 1) return null
    await slow.promise
    return waiting
  }
  const exchanges = [engine.exchange(), engine.exchange()]
  // as long as others may overtake the first
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  slow.resolve()
  await Promise.all(exchanges)
  const waits = phone.statuses.slice(before).map(({ joining }) => joining !== null)
  expect(waits[0]).toBe(true)
  expect(waits.slice(1)).not.toContain(true)
  expect(waits.length).toBeGreaterThan(1)
  await phone.end()
})
