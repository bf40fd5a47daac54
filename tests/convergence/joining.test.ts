/** Joining when it does not go well: each way has its sentence, and the next link works. */

import { beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let relay: Relay
let zeinab: Phone

beforeEach(async () => {
  time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  await zeinab.addNeed('سلة غذائية')
})

const tryToJoin = (phone: Phone, link: string) =>
  phone.engine.run({ type: 'network.join', link, nickname: phone.name, language: 'ar' })

describe('joining', () => {
  test('a cut link, and one that ran out, are refused before anything is made', async () => {
    const link = await zeinab.invite()
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    expect(await tryToJoin(ahmad, link.slice(0, -9))).toEqual({ ok: false, error: { code: 'linkBroken' } })
    time.ms += 73 * 3600 * 1000
    expect(await tryToJoin(ahmad, link)).toEqual({ ok: false, error: { code: 'inviteExpired' } })
    expect(ahmad.engine.local).toBeNull()
  })

  test('an invite that somebody else used up is said to be, and another link then works', async () => {
    const link = await zeinab.invite(1)
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(link)
    const soran = await Phone.start('Soran', time, lineTo(relay))
    await soran.join(link)
    expect(soran.engine.status.joining).toMatchObject({ problem: 'inviteUsed' })
    expect(await soran.rows('needs')).toEqual([])
    await soran.join(await zeinab.invite(1))
    expect(soran.engine.status.joining).toBeNull()
    expect(await soran.rows('needs')).toHaveLength(1)
  })

  test('a join that began offline is completed by the next exchange, also by the same link again', async () => {
    const link = await zeinab.invite(1)
    const ahmad = await Phone.start('أحمد', time, noLine)
    await ahmad.join(link)
    expect(ahmad.engine.status.joining).toEqual({ networkName: 'شبكة حي الحرية', problem: null })
    const command = { type: 'need.cancel', id: 'A'.repeat(22), reason: '' } as const
    expect(await ahmad.engine.run(command)).toMatchObject({ ok: false })
    await ahmad.restart()
    ahmad.line = lineTo(relay)
    await ahmad.join(link)
    expect(ahmad.engine.status.joining).toBeNull()
    expect(await ahmad.rows('needs')).toHaveLength(1)
    expect(await tryToJoin(ahmad, link)).toEqual({ ok: false, error: { code: 'alreadyMember' } })
  })
})
