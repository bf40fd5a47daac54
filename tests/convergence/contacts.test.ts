/** Addresses that are given and not shown: real phones and a real relay; who can open them, looked up byte by byte. */

import { beforeEach, describe, expect, test } from 'vitest'
import type { Command } from '../../src/engine/api.ts'
import { type ContactView, contactOf } from '../../src/records/contact/contact-of.ts'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { entryKind, parseEntry } from '../../sync-server/protocol/entry.ts'
import { monthRoom } from '../../sync-server/protocol/ids.ts'
import { parseWraps } from '../../sync-server/protocol/wraps.ts'
import { createRelay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { removeOn } from '../support/neighbourhood.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

const address = 'خلف-جامع-النور-الباب-الأزرق'
const home = { name: 'أم سعيد', address, phone: '0770123', reach: 'approved' }
const hourMs = 3600 * 1000

let time: { ms: number }
let store: MemoryStore
/** coordinator, who wrote the need, who takes it, and a member whom it does not concern */
let zeinab: Phone
let asker: Phone
let taker: Phone
let other: Phone
let needId: string

const everybody = () => [zeinab, asker, taker, other]
const exchangeAll = async () => {
  for (let round = 0; round < 3; round++) for (const phone of everybody()) await phone.exchange()
}

beforeEach(async () => {
  time = { ms: testStartMs }
  store = openMemoryStore()
  const line = lineTo(createRelay({ store, now: () => time.ms }))
  zeinab = await Phone.start('زينب', time, line)
  await zeinab.found()
  const link = await zeinab.invite()
  const join = async (name: string) => {
    const phone = await Phone.start(name, time, line)
    await phone.join(link)
    return phone
  }
  asker = await join('أم سعيد')
  taker = await join('هيوا')
  other = await join('أحمد')
  await exchangeAll()
  needId = await asker.addNeed('دواء للسكري', { contact: home })
  await exchangeAll()
  return async () => {
    for (const phone of everybody()) await phone.end()
  }
})

const contactOn = async (phone: Phone): Promise<ContactView> => {
  const { database } = phone.local
  const need = await database.table('needs').get(needId)
  return contactOf(await database.table('contacts').toArray(), await database.table('grants').toArray(), need)
}

const utf8 = new TextEncoder()
/** Whether the text stands in anything that the phone holds, as text or as bytes. */
const canRead = async (phone: Phone, text: string): Promise<boolean> => {
  const needle = Buffer.from(utf8.encode(text))
  const found = (value: unknown): boolean => {
    if (typeof value === 'string') return value.includes(text)
    if (value instanceof Uint8Array) return Buffer.from(value).includes(needle)
    if (typeof value !== 'object' || value === null) return false
    return Object.values(value).some(found)
  }
  for (const table of phone.local.database.tables) if (found(await table.toArray())) return true
  return false
}

/** A wraps entry whose boxes are for nobody. */
const forNobody = (entry: Bytes): Bytes => {
  const parsed = parseEntry(entry)
  if (!parsed.ok) throw new Error('it was taken in')
  const { publicPart } = parsed.value
  const from = Buffer.from(entry).indexOf(publicPart)
  // key id, ephemeral key and their number stay
  return entry.slice().fill(1, from + 8 + 65 + 1, from + publicPart.length)
}

const readers = async (text = address): Promise<string[]> => {
  const names: string[] = []
  for (const phone of everybody()) if (await canRead(phone, text)) names.push(phone.name)
  return names
}

const take = async (phone = taker): Promise<string> =>
  (await phone.run({ type: 'claim.take', needId })).recordId ?? ''

describe('an address that is shown once somebody is accepted', () => {
  test('stands on its author’s and the coordinator’s phone, and on no other', async () => {
    expect(await readers()).toEqual(['زينب', 'أم سعيد'])
    expect(await contactOn(other)).toMatchObject({ exists: true, row: undefined })
  })

  test('is not counted as something that this phone cannot read', async () => {
    expect(await other.local.database.waiting.count()).toBe(1)
    expect(other.engine.status.waiting).toBe(0)
  })

  test('taking the need opens nothing; giving opens it for the taker alone and makes the claim firm', async () => {
    const claimId = await take()
    await exchangeAll()
    expect(await readers()).not.toContain('هيوا')
    time.ms += hourMs
    await asker.run({ type: 'contact.give', claimId })
    await exchangeAll()
    expect(await readers()).toEqual(['زينب', 'أم سعيد', 'هيوا'])
    expect((await contactOn(taker)).row).toMatchObject({ address })
  })

  test('a coordinator gives it while its author is away; a claim that did not leave its phone is given nothing', async () => {
    taker.line = noLine
    const claimId = await take()
    await exchangeAll()
    const given = await zeinab.engine.run({ type: 'contact.give', claimId })
    expect(given).toEqual({ ok: false, error: { code: 'notFound' } })
    taker.line = zeinab.line
    await taker.exchange()
    asker.line = noLine
    await zeinab.exchange()
    await zeinab.run({ type: 'contact.give', claimId })
    await exchangeAll()
    expect((await contactOn(taker)).row).toMatchObject({ address })
  })

  test('stays readable after restarts, corrections reach who was given it, and nobody else', async () => {
    const claimId = await take()
    await exchangeAll()
    await asker.run({ type: 'contact.give', claimId })
    await exchangeAll()
    await asker.restart()
    await taker.restart()
    const moved = 'انتقلنا-إلى-الطابق-الثاني'
    await asker.run({ type: 'need.edit', id: needId, changes: {}, contact: { address: moved } } as Command)
    await exchangeAll()
    expect(await readers(moved)).toEqual(['زينب', 'أم سعيد', 'هيوا'])
  })

  test('is opened also where the grant could not be read when it came', async () => {
    const claimId = await take()
    await exchangeAll()
    await asker.run({ type: 'contact.give', claimId })
    await asker.exchange()
    // the members' key is gone from this phone until its wraps are read again
    const { database, replica } = taker.local
    const { members } = replica.book.roster.chains
    const keyIds = members.map((hash) => toBase64url(hash.subarray(0, 8)))
    await database.keys.bulkDelete(keyIds)
    const wraps = (await database.statements.toArray()).filter(({ entry }) => entry[1] === entryKind.wraps)
    await database.statements.bulkPut(wraps.map((row) => ({ ...row, entry: forNobody(row.entry) })))
    await taker.restart()
    await taker.exchange()
    expect((await taker.local.database.waiting.toArray()).length).toBeGreaterThan(1)
    await taker.local.database.statements.bulkPut(wraps)
    await taker.restart()
    expect((await contactOn(taker)).row).toMatchObject({ address })
  })

  test('[R30] keeps its key when a wrong clock makes it be sealed again for another month', async () => {
    asker.clockErrorMs = 40 * 24 * hourMs
    const late = 'عنوان-بساعة-خاطئة'
    await asker.addNeed('ماء', { contact: { ...home, address: late } })
    await exchangeAll()
    expect(await asker.unsent()).toBe(0)
    expect(await readers(late)).toEqual(['زينب', 'أم سعيد'])
  })

  test('the battery taken out at any write while the need is saved leaves both or neither, and never a fork', async () => {
    for (let writes = 1; writes <= 6; writes++) {
      const text = `عنوان-${writes}`
      await asker.killDuring(
        () => asker.addNeed(`حاجة ${writes}`, { contact: { ...home, address: text } }),
        writes,
      )
      await exchangeAll()
      const { database } = asker.local
      const need = (await database.table('needs').toArray()).find(({ title }) => title === `حاجة ${writes}`)
      expect(await readers(text)).toEqual(need ? ['زينب', 'أم سعيد'] : [])
      const grants = await other.local.database
        .table('grants')
        .where('aboutId')
        .equals(need?.id ?? '')
        .count()
      expect(grants).toBe(need ? 1 : 0)
    }
  })
})

describe('who coordinates from now on', () => {
  test('is given the addresses of open needs by a phone that holds them, and of cancelled ones not', async () => {
    const gone = 'عنوان-حاجة-ملغاة'
    const cancelled = await asker.addNeed('ماء', { contact: { ...home, address: gone } })
    await asker.run({ type: 'need.cancel', id: cancelled, reason: '' })
    await exchangeAll()
    const link = await zeinab.invite(1, 'coordinator')
    const newcomer = await Phone.start('سارة', time, zeinab.line)
    await newcomer.join(link)
    for (let round = 0; round < 3; round++) for (const phone of [asker, newcomer]) await phone.exchange()
    expect(await canRead(newcomer, address)).toBe(true)
    expect(await canRead(newcomer, gone)).toBe(false)
    await exchangeAll()
    const before = (await asker.rows('grants')).length
    await exchangeAll()
    expect(await asker.rows('grants')).toHaveLength(before)
    await newcomer.end()
  })
})

describe('who is not in any more', () => {
  test('is given no address for the claim that he still had', async () => {
    const claimId = await take()
    await exchangeAll()
    await removeOn(zeinab, 'هيوا')
    for (const phone of [zeinab, asker]) await phone.exchange()
    const given = await asker.engine.run({ type: 'contact.give', claimId })
    expect(given).toEqual({ ok: false, error: { code: 'notAllowed' } })
  })

  test('reads no address that is written after he coordinated, though he has what he had', async () => {
    const newcomer = await Phone.start('سارة', time, zeinab.line)
    await newcomer.join(await zeinab.invite(1, 'coordinator'))
    for (let round = 0; round < 3; round++)
      for (const phone of [asker, zeinab, newcomer]) await phone.exchange()
    expect(await canRead(newcomer, address)).toBe(true)
    await removeOn(zeinab, 'سارة')
    await exchangeAll()
    const later = 'عنوان-بعد-الخروج'
    await asker.addNeed('حليب', { contact: { ...home, address: later } })
    await exchangeAll()
    newcomer.line = zeinab.line
    await newcomer.exchange()
    expect(await canRead(newcomer, address)).toBe(true)
    expect(await canRead(newcomer, later)).toBe(false)
    await newcomer.end()
  })
})

describe('another phone of the same person', () => {
  const secondPhoneOf = async (phone: Phone): Promise<Phone> => {
    const second = await Phone.start(phone.name, time, phone.line)
    const { card } = await second.run({ type: 'network.meet', nickname: phone.name, language: 'ar' })
    const { welcome } = await phone.run({ type: 'member.admit-card', card: card ?? '', as: 'myDevice' })
    await second.run({ type: 'network.enter', welcome: welcome ?? new Uint8Array() })
    return second
  }

  test('is given what its owner wrote, and what he was given', async () => {
    const claimId = await take()
    await exchangeAll()
    await asker.run({ type: 'contact.give', claimId })
    const seconds = [await secondPhoneOf(asker), await secondPhoneOf(taker)]
    for (let round = 0; round < 4; round++)
      for (const phone of [asker, taker, zeinab, ...seconds]) await phone.exchange()
    for (const second of seconds) expect((await contactOn(second)).row).toMatchObject({ address })
    const [own] = seconds
    await own?.run({ type: 'need.edit', id: needId, changes: {}, contact: { phone: '0790' } })
    await own?.exchange()
    await exchangeAll()
    expect((await contactOn(taker)).row).toMatchObject({ address, phone: '0790' })
    for (const second of seconds) await second.end()
  })
})

describe('a grant by somebody who may not', () => {
  /** A grant as a changed app would write it: any fields, under the members' key. */
  const forge = async (phone: Phone, fields: Record<string, unknown>): Promise<void> => {
    const { replica } = phone.local
    const now = phone.local.now()
    const key = replica.keyring.current('members', replica.book.roster)
    if (!key) throw new Error('a member holds the key')
    const { id, nonce } = await newRecordId(phone.local.keys.device)
    const plaintext = encodeOperations([{ at: [0, now], op: 'create', type: 'grant', id, nonce, fields }])
    await replica.write([
      {
        room: monthRoom(now),
        kind: entryKind.record,
        publicPart: new Uint8Array(),
        secret: { key, plaintext },
        recordIds: [id],
      },
    ])
  }

  test('accepts no claim and puts no key on anybody’s phone', async () => {
    const claimId = await take()
    await exchangeAll()
    const [founding] = (await contactOn(other)).grants
    const keyId = await other.local.replica.content.create()
    const wraps = await other.local.replica.content.wrapFor(keyId, [taker.local.keys.device])
    const fields = { contactId: founding?.contactId, aboutId: needId, claimId, keyId, wraps }
    await forge(other, fields)
    await forge(other, { ...fields, asCoordinator: true })
    await forge(other, { ...fields, founds: true })
    await exchangeAll()
    expect(await taker.local.database.contentKeys.count()).toBe(0)
    expect((await contactOn(asker)).grants).toHaveLength(1)
  })
})

test('the relay sees neither the address nor for whom a key is wrapped', async () => {
  const claimId = await take()
  await exchangeAll()
  await asker.run({ type: 'contact.give', claimId })
  await exchangeAll()
  const seen: Uint8Array[] = []
  const { network } = asker.local
  for (const { room } of await store.rooms(network)) {
    const { entries } = await store.readSince(network, room, 0, 1e9)
    if (room !== 'roster') seen.push(...entries.map(({ entry }) => entry))
  }
  const bytes = Buffer.concat(seen)
  const grants = (await contactOn(asker)).grants
  expect(grants).toHaveLength(2)
  for (const { wraps } of grants) {
    const parsed = parseWraps(wraps)
    if (!parsed.ok) throw new Error('wraps can be read')
    for (const { receiver } of parsed.value.wraps) expect(bytes.includes(Buffer.from(receiver))).toBe(false)
  }
  expect(bytes.includes(Buffer.from(utf8.encode(address)))).toBe(false)
})
