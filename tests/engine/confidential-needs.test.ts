/** Needs for the coordinators alone, on whole phones: who holds them, and what a phone does not take for one. */
import { afterEach, expect, test } from 'vitest'
import { countWaiting } from '../../src/engine/count-waiting.ts'
import { contactAbout } from '../../src/records/contact/contact-about.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { type DeviceId, monthRoom } from '../../sync-server/protocol/ids.ts'
import { memberOn, Neighbourhood, refusalOf, removeOn, titlesOn } from '../support/neighbourhood.ts'
import type { Phone } from '../support/phone.ts'

let street: Neighbourhood | undefined
afterEach(async () => street?.end())

const secret = 'لا ينام منذ شهر'

/** Salma coordinates, Ahmad wrote it, Hiwa is a neighbour. */
const openStreet = async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const ahmad = await street.joiner('أحمد', salma)
  const hiwa = await street.joiner('هيوا', salma)
  await street.settle(salma, ahmad, hiwa)
  const contact = { name: 'أم عمر', address: 'الزقاق ٣', reach: 'members' as const }
  const said = { type: 'need.add', category: 'mental', title: secret, confidential: true, contact } as const
  const { recordId: id = '' } = await ahmad.run(said)
  await street.settle(ahmad, salma, hiwa)
  return { street, salma, ahmad, hiwa, id }
}

/** Whatever lies in any table that words can be read from. */
const everythingOn = async (phone: Phone): Promise<string> => {
  const rows = await Promise.all(
    phone.local.database.tables.map(async (table) => [table.name, await table.toArray()] as const),
  )
  return JSON.stringify(rows.filter(([name]) => name !== 'outbox'))
}

test('its author and the coordinators read it with its address; the phones of others hold no word of it', async () => {
  const { salma, ahmad, hiwa, id } = await openStreet()
  expect(await titlesOn(ahmad)).toEqual([secret])
  expect(await salma.rows('needs')).toMatchObject([{ id, confidential: true }])
  expect(await salma.rows('contacts')).toMatchObject([{ name: 'أم عمر', confidential: true }])
  expect(await titlesOn(hiwa)).toEqual([])
  expect(await everythingOn(hiwa)).not.toMatch(/شهر|الزقاق|أم عمر/)
  // what is meant for others is not counted as unread
  expect(await countWaiting(hiwa.local.database)).toBe(0)
})

test('the grant of its key is not taken for an address', async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: secret, confidential: true })
  const { database, keys } = salma.local
  const view = await contactAbout(database, { id: id as RecordId, creator: keys.device })
  expect(view).toMatchObject({ exists: false, grants: [] })
})

test('who coordinates later reads it too', async () => {
  const { street, salma, ahmad } = await openStreet()
  const zeinab = await street.joiner('زينب', salma, 'coordinator')
  await street.settle(salma, zeinab, ahmad, salma, zeinab)
  expect(await titlesOn(zeinab)).toEqual([secret])
})

test('a correction and a step undone are sealed like the need itself', async () => {
  const { street, salma, ahmad, hiwa, id } = await openStreet()
  await ahmad.run({ type: 'need.edit', id, changes: { title: 'يحتاج طبيباً' } })
  const places = await ahmad.local.database.operations.where({ recordId: id }).toArray()
  const edit = places.find(({ op }) => op === 'set')
  if (!edit) throw new Error('the edit is not in the log')
  const place = `${edit.room} ${edit.list} ${edit.index} ${edit.position}`
  await ahmad.run({ type: 'history.undo', recordId: id, place })
  await salma.exchange()
  await salma.run({ type: 'need.edit', id, changes: { details: 'يتصل به سعيد' } })
  await street.settle(ahmad, salma, hiwa)
  expect(await ahmad.rows('needs')).toMatchObject([{ title: secret, details: 'يتصل به سعيد' }])
  expect(await hiwa.local.database.operations.where({ recordId: id }).count()).toBe(0)
  expect(await everythingOn(hiwa)).not.toMatch(/طبيب|سعيد/)
})

test('whom a coordinator hands it to reads it and takes it; he does not hand it on', async () => {
  const { street, salma, ahmad, hiwa, id } = await openStreet()
  const to = (await memberOn(salma, 'هيوا')).deviceId as DeviceId
  await salma.run({ type: 'need.hand', id, to })
  await street.settle(salma, hiwa, ahmad)
  expect(await titlesOn(hiwa)).toEqual([secret])
  // the address comes when his promise is accepted, as ever
  expect(await hiwa.rows('contacts')).toEqual([])
  const { recordId: claimId = '' } = await hiwa.run({ type: 'claim.take', needId: id })
  await street.settle(hiwa, salma)
  await salma.run({ type: 'contact.give', claimId })
  await street.settle(salma, hiwa)
  expect(await hiwa.rows('contacts')).toMatchObject([{ name: 'أم عمر' }])
  const other = (await memberOn(hiwa, 'أحمد')).deviceId as DeviceId
  expect(await refusalOf(hiwa, { type: 'need.hand', id, to: other })).toBe('notAllowed')
})

test('what is written after somebody was removed is under a key that he does not hold', async () => {
  const { street, salma, ahmad, hiwa, id } = await openStreet()
  const to = (await memberOn(salma, 'هيوا')).deviceId as DeviceId
  await salma.run({ type: 'need.hand', id, to })
  await street.settle(salma, hiwa, ahmad)
  await removeOn(salma, 'هيوا')
  await street.settle(salma, ahmad)
  await ahmad.run({ type: 'need.edit', id, changes: { title: 'عنوان جديد' } })
  await street.settle(ahmad, salma)
  expect(await titlesOn(salma)).toEqual(['عنوان جديد'])
  const held = (await hiwa.local.database.contentKeys.toArray()).map(({ keyId }) => keyId)
  const written = await ahmad.local.database.operations.where({ recordId: id }).toArray()
  expect(held).toContain(written.find(({ op }) => op === 'create')?.keyId)
  expect(held).not.toContain(written.find(({ op }) => op === 'set')?.keyId)
})

test('opened to all it is written anew, and the first one ends', async () => {
  const { street, salma, ahmad, hiwa, id } = await openStreet()
  const { recordId } = await salma.run({ type: 'need.open', id, reason: 'فُتحت للجميع' })
  await street.settle(salma, hiwa, ahmad)
  expect(await hiwa.rows('needs')).toMatchObject([{ id: recordId, title: secret, confidential: false }])
  expect(await hiwa.rows('contacts')).toEqual([])
  const first = (await ahmad.rows('needs')).find((need) => need.id === id)
  expect(first).toMatchObject({ confidential: true, cancelled: true, cancelReason: 'فُتحت للجميع' })
})

test('words beside it that all would read are refused or left out', async () => {
  const { salma, ahmad, id } = await openStreet()
  const comment = { type: 'comment.add', aboutId: id, aboutType: 'need', text: secret } as const
  expect(await refusalOf(ahmad, comment)).toBe('notAllowed')
  const hiding = { type: 'hiding.add', aboutId: id, aboutType: 'need', note: secret } as const
  expect(await refusalOf(salma, hiding)).toBe('notAllowed')
  const { recordId: claimId = '' } = await salma.run({ type: 'claim.take', needId: id })
  await salma.run({ type: 'claim.done', id: claimId, note: secret })
  await ahmad.exchange()
  await salma.exchange()
  await ahmad.exchange()
  await ahmad.run({ type: 'confirmation.say', claimId, received: true, thanks: secret })
  expect([await ahmad.rows('claims'), await ahmad.rows('confirmations')]).toMatchObject([
    [{ note: '' }],
    [{ received: true, thanks: '' }],
  ])
})

/** Writes operations on a need as no command would: under the members' key, or under a key of its own. */
const write = async (
  phone: Phone,
  operation: Omit<Parameters<typeof encodeOperations>[0][number], 'at' | 'type'> & { count: number },
  isApart: boolean,
) => {
  const { replica } = phone.local
  const { count, ...rest } = operation
  const key = isApart
    ? replica.content.byId(await replica.content.create())
    : replica.keyring.current('members', replica.book.roster)
  if (!key) throw new Error('the phone has no key')
  const now = street?.time.ms ?? 0
  const plaintext = encodeOperations([{ at: [count, now], type: 'need', ...rest }])
  const entry = { room: monthRoom(now), kind: entryKind.record, publicPart: new Uint8Array() }
  await replica.write([{ ...entry, secret: { key, plaintext }, recordIds: [rest.id] }])
}

test.each([
  [false, true],
  [true, false],
])('a need that says confidential: %s and is sealed apart: %s is none', async (confidential, isApart) => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const { id, nonce } = await newRecordId(salma.local.keys.device)
  await write(salma, { op: 'create', id, nonce, count: 0, fields: { confidential, title: 'x' } }, isApart)
  expect(await salma.rows('needs')).toEqual([])
})

test('nobody changes on few phones what stands on all, nor shows all what is for few', async () => {
  const { salma, ahmad, id } = await openStreet()
  const { recordId: open = '' } = await ahmad.run({ type: 'need.add', title: 'ماء' })
  const set = { op: 'set', count: 1, fields: { title: 'x' } } as const
  await write(ahmad, { ...set, id: open as RecordId }, true)
  await write(ahmad, { ...set, id: id as RecordId }, false)
  expect(await titlesOn(ahmad)).toEqual([secret, 'ماء'].sort())
  expect(await refusalOf(salma, { type: 'need.edit', id, changes: { confidential: false } })).toBe(
    'notAllowed',
  )
})
