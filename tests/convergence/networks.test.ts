/** Several networks on one phone, and rows that another version of the app made. */

import { beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, Phone, testStartMs } from '../support/phone.ts'

let relay: Relay
let zeinab: Phone

beforeEach(async () => {
  const time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
})

describe('a phone in two networks', () => {
  test('goes from one to the other and back, with what is in each, also after a restart', async () => {
    const { networkId: quarter } = await zeinab.found('حي الحرية')
    await zeinab.addNeed('سلة غذائية')
    const { networkId: club } = await zeinab.found('نادي القراءة')
    await zeinab.addNeed('كتب')
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'كتب' }])
    await zeinab.run({ type: 'network.use', networkId: quarter ?? '' })
    expect(zeinab.engine.status.network).toBe(quarter)
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'سلة غذائية' }])
    await zeinab.restart()
    expect(zeinab.engine.status.network).toBe(quarter)
    await zeinab.run({ type: 'network.use', networkId: club ?? '' })
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'كتب' }])
  })

  test('does not go to one that is not on this phone', async () => {
    await zeinab.found()
    const result = await zeinab.engine.run({ type: 'network.use', networkId: 'A'.repeat(22) })
    expect(result).toEqual({ ok: false, error: { code: 'notFound' } })
    expect(await zeinab.rows('members')).toHaveLength(1)
  })
})

describe('rows that another version of the app made', () => {
  test('are made again from the operations, also those of a type that it did not know', async () => {
    await zeinab.found()
    await zeinab.addNeed('سلة غذائية')
    const [need] = await zeinab.rows('needs')
    const { database } = zeinab.local
    await database.table('needs').clear()
    await database.meta.put({ key: 'rowFormat', value: 0 })
    await zeinab.restart()
    expect(await zeinab.rows('needs')).toEqual([need])
  })
})
