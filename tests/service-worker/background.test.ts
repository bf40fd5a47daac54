/** The service worker exchanges while no page is open: on the tables that the engine has left, and the engine goes on from there. */

import { beforeEach, expect, test } from 'vitest'
import { type ExchangeAllParts, exchangeAll } from '../../src/service-worker/exchange-all.ts'
import { openExisting } from '../../src/service-worker/raw-database.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { type Line, lineTo, noLine, Phone, testOrigin, testStartMs } from '../support/phone.ts'

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
  for (const phone of [zeinab, ahmad, zeinab]) await phone.exchange()
  return async () => {
    await zeinab.end()
    await ahmad.end()
  }
})

/** About 100 kB. */
const writeMuch = async (): Promise<void> => {
  for (let i = 0; i < 50; i++) await zeinab.addNeed(`حاجة ${i}`, { details: 'تفاصيل '.repeat(140) })
  await zeinab.exchange()
}

/** Nobody else exchanges on this phone, or somebody does. */
const locks = (isFree: boolean) => ({
  request: (async (_name: string, _options: LockOptions, job: (lock: Lock | null) => Promise<unknown>) =>
    job(isFree ? ({} as Lock) : null)) as unknown as LockManager['request'],
})

interface Sent {
  bodies: number
  bytes: number
  answered: number
}

/** What the service worker of a phone whose app is closed does. */
const inBackground = async (
  phone: Phone,
  line: Line,
  more: Partial<ExchangeAllParts> = {},
  isAsking = false,
) => {
  const sent: Sent = { bodies: 0, bytes: 0, answered: 0 }
  const parts: ExchangeAllParts = {
    prefix: phone.prefix,
    appOrigin: testOrigin,
    buildMs: 0,
    phoneNow: () => time.ms + phone.clockErrorMs,
    isSlowLink: () => false,
    locks: locks(true),
    post: async (_relay, body, signal) => {
      sent.bodies++
      sent.bytes += body.length
      const posted = await line.post(body, signal)
      return posted.ok ? { ok: true, value: counted(posted.value, sent) } : posted
    },
    ...more,
  }
  const isDone = await exchangeAll(parts, isAsking)
  return { isDone, ...sent }
}

async function* counted(pieces: AsyncIterable<Uint8Array>, sent: Sent) {
  for await (const piece of pieces) {
    sent.answered += piece.length
    yield piece
  }
}

const titles = async (phone: Phone): Promise<string[]> =>
  (await phone.rows('needs')).map(({ title }) => String(title)).sort()

test('what was saved without a link leaves with the app closed, and comes to the neighbours', async () => {
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
  await ahmad.engine.close()
  expect(await inBackground(ahmad, noLine)).toMatchObject({ isDone: false })
  expect(await inBackground(ahmad, lineTo(relay))).toMatchObject({ isDone: true, bodies: 1 })
  await zeinab.exchange()
  expect(await titles(zeinab)).toEqual(['حليب أطفال'])

  // nothing waits any more, and nothing is sent twice
  expect(await inBackground(ahmad, lineTo(relay))).toMatchObject({ isDone: true, bodies: 0 })
  await ahmad.restart()
  expect(await ahmad.unsent()).toBe(0)
  expect(await ahmad.local.database.outbox.count()).toBe(0)
})

test('what neighbours wrote meanwhile is there at the next start, without a link', async () => {
  await ahmad.engine.close()
  await zeinab.addNeed('بطانية')
  await zeinab.exchange()
  expect(await inBackground(ahmad, lineTo(relay), {}, true)).toMatchObject({ isDone: true, bodies: 1 })
  ahmad.line = noLine
  await ahmad.restart()
  expect(await titles(ahmad)).toEqual(['بطانية'])
  ahmad.line = lineTo(relay)
  expect(await ahmad.exchange()).toMatchObject({ roundTrips: 1 })
})

test('asked again and again before the app is opened, it costs no more than asking once', async () => {
  await ahmad.engine.close()
  for (let i = 0; i < 5; i++) await zeinab.addNeed(`حاجة ${i}`)
  await zeinab.exchange()
  await inBackground(ahmad, lineTo(relay), {}, true)
  const again = await inBackground(ahmad, lineTo(relay), {}, true)
  // hello and end: no list of the relay
  expect(again.answered).toBeLessThan(60)
})

test('a phone that joins by a link asks with the app closed, and is in when it is opened', async () => {
  const link = await zeinab.invite()
  const layla = await Phone.start('ليلى', time, noLine)
  await layla.join(link)
  await layla.engine.close()
  expect(await inBackground(layla, lineTo(relay))).toMatchObject({ isDone: true })
  await layla.restart()
  expect(layla.local.isIn).toBe(true)
  await layla.end()
})

test('[R12] an answer that is cut is kept as far as it came, and the next one goes on from there', async () => {
  await writeMuch()
  await ahmad.engine.close()
  const whole = lineTo(relay)
  let cutAt = 60_000
  const cut: Line = {
    post: async (body, closing) => {
      const posted = await whole.post(body, closing)
      return posted.ok ? { ok: true, value: cutAfter(posted.value, cutAt) } : posted
    },
  }
  const first = await inBackground(ahmad, cut, {}, true)
  expect(first.answered).toBeGreaterThan(32 * 1024)
  cutAt = Number.POSITIVE_INFINITY
  const rest = await inBackground(ahmad, cut, {}, true)
  expect(rest.answered).toBeGreaterThan(32 * 1024)
  ahmad.line = noLine
  await ahmad.restart()
  expect(await titles(ahmad)).toHaveLength(50)
})

async function* cutAfter(pieces: AsyncIterable<Uint8Array>, bytes: number) {
  let left = bytes
  for await (const piece of pieces) {
    yield piece.subarray(0, left)
    left -= piece.length
    if (left <= 0) throw new Error('the line broke')
  }
}

test('a slow link asks for little at a time and gets all of it', async () => {
  await writeMuch()
  await ahmad.engine.close()
  const { bodies } = await inBackground(ahmad, lineTo(relay), { isSlowLink: () => true }, true)
  expect(bodies).toBeGreaterThan(1)
  ahmad.line = noLine
  await ahmad.restart()
  expect(await titles(ahmad)).toHaveLength(50)
})

test('a clock that is days ahead is right after one answer', async () => {
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
  await ahmad.engine.close()
  ahmad.clockErrorMs = 5 * 24 * 3600 * 1000
  expect(await inBackground(ahmad, lineTo(relay))).toMatchObject({ isDone: true, bodies: 2 })
  await zeinab.exchange()
  expect(await titles(zeinab)).toEqual(['حليب أطفال'])
})

test('[R16] under an old address a new relay is read from its beginning, and the engine fills it', async () => {
  await zeinab.addNeed('بطانية')
  for (const phone of [zeinab, ahmad]) await phone.exchange()
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
  await ahmad.engine.close()
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  await inBackground(ahmad, lineTo(relay))
  ahmad.line = lineTo(relay)
  await ahmad.restart()
  await ahmad.exchange()
  zeinab.line = lineTo(relay)
  await zeinab.exchange()
  expect(await titles(zeinab)).toEqual(['بطانية', 'حليب أطفال'])
  expect(await ahmad.unsent()).toBe(0)
})

test('[R16] what was read of an old relay is not said to a new one, also where its answer breaks off at once', async () => {
  // the old log is longer than the new one will be
  for (let i = 0; i < 3; i++) await ahmad.addNeed(`حاجة ${i}`)
  await ahmad.exchange()
  await ahmad.engine.close()
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab.line = lineTo(relay)
  await zeinab.addNeed('حليب أطفال')
  await zeinab.exchange()
  const whole = lineTo(relay)
  const hello: Line = {
    post: async (body, closing) => {
      const posted = await whole.post(body, closing)
      return posted.ok ? { ok: true, value: cutAfter(posted.value, 30) } : posted
    },
  }
  await inBackground(ahmad, hello, {}, true)
  await inBackground(ahmad, whole, {}, true)
  ahmad.line = noLine
  await ahmad.restart()
  expect(await titles(ahmad)).toContain('حليب أطفال')
})

test('while a page exchanges it waits for another time, and where no app was ever opened it makes no database', async () => {
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
  await ahmad.engine.close()
  const busy = await inBackground(ahmad, lineTo(relay), { locks: locks(false) })
  expect(busy).toMatchObject({ isDone: false, bodies: 0 })
  expect(await inBackground(ahmad, lineTo(relay), { prefix: 'nobody-' })).toMatchObject({ bodies: 0 })
  expect(await openExisting('nobody-tadamun')).toBeNull()
  expect((await indexedDB.databases()).filter(({ name }) => name?.startsWith('nobody-'))).toEqual([])
})

test('an engine that begins an exchange takes the lock away, and the background breaks off', async () => {
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
  await ahmad.engine.close()
  const took = Promise.withResolvers<never>()
  let seen: AbortSignal | null = null
  const stolen = {
    request: ((_name: string, _options: LockOptions, job: (lock: Lock | null) => Promise<unknown>) =>
      Promise.race([job({} as Lock), took.promise])) as unknown as LockManager['request'],
  }
  const running = inBackground(
    ahmad,
    {
      post: async (_body, signal) => {
        seen = signal
        took.reject(new DOMException('taken', 'AbortError'))
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        return { ok: false, error: { code: 'offline' } }
      },
    },
    { locks: stolen },
  )
  expect(await running).toMatchObject({ isDone: true, bodies: 1 })
  expect((seen as AbortSignal | null)?.aborted).toBe(true)
})
