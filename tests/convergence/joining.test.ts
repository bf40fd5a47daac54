/** Joining when it does not go well: each way has its sentence, leaves nothing in the way, and the next link works. */

import { beforeEach, describe, expect, test, vi } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

const hourMs = 3600 * 1000

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

describe('a link that cannot be used', () => {
  test('is refused when it was cut, before anything is made', async () => {
    const link = await zeinab.invite()
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    expect(await tryToJoin(ahmad, link.slice(0, -9))).toEqual({ ok: false, error: { code: 'linkBroken' } })
    expect(ahmad.engine.local).toBeNull()
  })

  test('is refused when it ran out, and the phone is in no network as before', async () => {
    const link = await zeinab.invite()
    time.ms += 73 * hourMs
    for (const line of [lineTo(relay), noLine]) {
      const ahmad = await Phone.start('أحمد', time, line)
      expect(await tryToJoin(ahmad, link)).toEqual({ ok: false, error: { code: 'inviteExpired' } })
      expect(ahmad.engine.local).toBeNull()
      expect(ahmad.engine.status).toMatchObject({ network: null, joining: null })
    }
  })

  test('is refused when somebody else used it up, and another link then works', async () => {
    const link = await zeinab.invite(1)
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(link)
    const soran = await Phone.start('Soran', time, lineTo(relay))
    expect(await tryToJoin(soran, link)).toEqual({ ok: false, error: { code: 'inviteUsed' } })
    await soran.join(await zeinab.invite(1))
    expect(await soran.rows('needs')).toHaveLength(1)
  })

  test('leaves the network that was on the screen before', async () => {
    const link = await zeinab.invite(1)
    await (await Phone.start('أحمد', time, lineTo(relay))).join(link)
    const soran = await Phone.start('Soran', time, lineTo(relay))
    await soran.found('دفتري')
    await soran.addNeed('كتب')
    expect(await tryToJoin(soran, link)).toMatchObject({ ok: false })
    expect(await soran.rows('needs')).toMatchObject([{ title: 'كتب' }])
    await soran.restart()
    expect(await soran.rows('needs')).toMatchObject([{ title: 'كتب' }])
  })
})

describe('a clock that is wrong', () => {
  test('keeps nobody out who is in time by the relay, though by his phone the link is over', async () => {
    const link = await zeinab.invite()
    for (const days of [5, 400, -5]) {
      const phone = await Phone.start(`عضو ${days}`, time, lineTo(relay))
      phone.clockErrorMs = days * 24 * hourMs
      await phone.join(link)
      expect(phone.engine.status).toMatchObject({ joining: null, problem: null })
      expect(await phone.rows('needs')).toHaveLength(1)
    }
  })

  test('gives up no ask that a relay may be granting on a slow line', async () => {
    const link = await zeinab.invite()
    const ahmad = await Phone.start('أحمد', time)
    ahmad.clockErrorMs = 80 * hourMs
    const asked = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    ahmad.line = {
      post: async (body, closing) => {
        asked.resolve()
        await arrived.promise
        return lineTo(relay).post(body, closing)
      },
    }
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const joining = tryToJoin(ahmad, link)
    await asked.promise
    vi.advanceTimersByTime(10_000)
    vi.useRealTimers()
    expect(await joining).toMatchObject({ ok: true })
    arrived.resolve()
    await ahmad.exchange()
    expect(ahmad.engine.status.joining).toBeNull()
    await zeinab.exchange()
    expect(await ahmad.rows('needs')).toEqual(await zeinab.rows('needs'))
  })

  test('does not let in who is late by the relay, though by his phone the link is good', async () => {
    const link = await zeinab.invite()
    time.ms += 80 * hourMs
    const late = await Phone.start('متأخر', time, lineTo(relay))
    late.clockErrorMs = -80 * hourMs
    expect(await tryToJoin(late, link)).toEqual({ ok: false, error: { code: 'inviteExpired' } })
  })
})

describe('a join that began offline', () => {
  test('is completed by the next exchange, also by the same link again', async () => {
    const link = await zeinab.invite(1)
    const ahmad = await Phone.start('أحمد', time, noLine)
    await ahmad.join(link)
    expect(ahmad.engine.status.joining).toMatchObject({ networkName: 'شبكة حي الحرية', problem: null })
    const command = { type: 'need.cancel', id: 'A'.repeat(22), reason: '' } as const
    expect(await ahmad.engine.run(command)).toMatchObject({ ok: false })
    await ahmad.restart()
    ahmad.line = lineTo(relay)
    await ahmad.join(link)
    expect(ahmad.engine.status.joining).toBeNull()
    expect(await ahmad.rows('needs')).toHaveLength(1)
    expect(await tryToJoin(ahmad, link)).toEqual({ ok: false, error: { code: 'alreadyMember' } })
  })

  test('and is refused later says so, until a fresh link takes its place; what it left is cleared away', async () => {
    const link = await zeinab.invite(1)
    const soran = await Phone.start('Soran', time, noLine)
    await soran.join(link)
    await (await Phone.start('أحمد', time, lineTo(relay))).join(link)
    soran.line = lineTo(relay)
    await soran.exchange()
    expect(soran.engine.status.joining).toMatchObject({ problem: 'inviteUsed' })
    await soran.join(await zeinab.invite(1))
    expect(await soran.rows('needs')).toHaveLength(1)
    await soran.restart()
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const ofNetwork = names.filter((name) => name.startsWith(`${soran.prefix}tadamun-`))
    expect(ofNetwork.every((name) => name.includes(soran.place.deviceId))).toBe(true)
  })
})
