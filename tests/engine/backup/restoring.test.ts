/** A phone is lost; its backup opens on another one, which is let in anew, and nothing that was written is missing. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealBackup } from '../../../src/crypto/seal-backup.ts'
import { copyOf } from '../../../src/engine/backup/filling.ts'
import { encodeCopy, type NetworkCopy } from '../../../src/engine/backup/network-copy.ts'
import { randomBytes } from '../../../sync-server/protocol/bytes.ts'
import { membersOn, Neighbourhood, refusalOf, removeOn, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone, testOrigin } from '../../support/phone.ts'

const passphrase = 'زيتون قنديل نافذة سلّم'

let all: Neighbourhood
let zeinab: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  await zeinab.addNeed('دواء')
})
afterEach(() => all.end())

/** As the command makes it, but for what a guess costs; `change` is done to it before it is sealed. */
const backupOf = async (
  phone: Phone,
  change: (copy: NetworkCopy) => NetworkCopy = (copy) => copy,
): Promise<Uint8Array> => {
  const copy = change(await copyOf(phone.local, testOrigin))
  return sealBackup(passphrase, encodeCopy(copy), { memoryKiB: 64, passes: 1, lanes: 1 })
}
const restore = async (name: string, file: Uint8Array): Promise<Phone> => {
  const phone = await all.phone(name)
  await phone.run({ type: 'backup.restore', file, passphrase })
  return phone
}

test('a restored phone shows everything, writes nothing, and sends nothing', async () => {
  const soran = await all.joiner('Soran', zeinab)
  const contact = { address: 'الطابق الثالث', phone: '', name: '', reach: 'approved' } as const
  await soran.run({ type: 'need.add', category: 'water', title: 'خزان ماء', quantity: 2, contact })
  await all.settle(soran, zeinab)
  const again = await restore('Soran', await backupOf(soran))
  expect(await titlesOn(again)).toEqual(['خزان ماء', 'دواء'].sort())
  expect(await again.rows('contacts')).toMatchObject([{ address: 'الطابق الثالث' }])
  expect((await membersOn(again)).map(({ name }) => name)).toEqual(['زينب', 'Soran'])
  expect(again.engine.status.ended).toBe('restored')
  expect(await refusalOf(again, { type: 'need.add', category: 'food', title: 'خبز' })).toBe('ended')
  expect(await again.exchange()).toBeNull()
  await again.restart()
  expect(again.engine.status.ended).toBe('restored')
  expect(await titlesOn(again)).toHaveLength(2)
})

test('let in anew, it is another phone and has all that the backup had, also what no relay knew', async () => {
  const soran = await all.joiner('Soran', zeinab)
  await soran.addNeed('خبز')
  await all.settle(soran, zeinab)
  soran.line = noLine
  await soran.addNeed('خزان ماء')
  const file = await backupOf(soran)
  const again = await restore('Soran', file)
  // what had not left is not said to have
  expect(await again.unsent()).toBe(1)
  await again.join(await zeinab.invite())
  await all.settle(again, zeinab, again, zeinab)
  expect(await again.unsent()).toBe(0)
  for (const phone of [again, zeinab])
    expect(await titlesOn(phone)).toEqual(['خبز', 'خزان ماء', 'دواء'].sort())
  expect(again.engine.status.ended).toBeNull()
  expect(again.place.deviceId).not.toBe(soran.place.deviceId)
  await again.addNeed('شمع')
  await all.settle(again, zeinab)
  expect(await titlesOn(zeinab)).toContain('شمع')
  // the old phone turns up again: nobody sees two histories of it
  soran.line = all.line
  await soran.addNeed('حليب')
  await all.settle(soran, zeinab, again)
  for (const phone of [soran, zeinab, again]) {
    expect(await titlesOn(phone)).toHaveLength(5)
    expect(phone.local.replica.book.roster.cuts.size).toBe(0)
  }
})

test('where the lost phone was removed meanwhile, what it had not sent is said again, once', async () => {
  const soran = await all.joiner('Soran', zeinab)
  await all.settle(soran, zeinab)
  soran.line = noLine
  await soran.addNeed('خزان ماء')
  const file = await backupOf(soran)
  await removeOn(zeinab, 'Soran')
  await all.settle(zeinab)
  const again = await restore('Soran', file)
  await again.join(await zeinab.invite())
  await all.settle(again, zeinab, again, zeinab)
  for (const phone of [again, zeinab]) expect(await titlesOn(phone)).toEqual(['خزان ماء', 'دواء'].sort())
})

test('an empty phone empties no full one: what is there stays, and what the backup knows more comes beside it', async () => {
  const soran = await all.joiner('Soran', zeinab)
  await all.settle(soran, zeinab)
  const old = await backupOf(soran)
  await zeinab.addNeed('خبز')
  await all.settle(zeinab, soran)
  await soran.run({ type: 'backup.restore', file: old, passphrase })
  expect(await titlesOn(soran)).toEqual(['خبز', 'دواء'])
  expect(soran.engine.status.ended).toBeNull()
  await soran.addNeed('شمع')
  expect(await titlesOn(soran)).toHaveLength(3)
})

test('a key that no statement names is taken from no backup, and what is no entry goes through no gate', async () => {
  const made = randomBytes(32)
  const file = await backupOf(zeinab, (copy) => ({
    ...copy,
    keys: [made, ...copy.keys],
    rooms: copy.rooms.map(({ room, updates }) => ({ room, updates: [randomBytes(60), ...updates] })),
  }))
  const again = await restore('زينب', file)
  expect(await titlesOn(again)).toEqual(['دواء'])
  const held = await again.local.database.keys.toArray()
  expect(held).toHaveLength((await zeinab.local.database.keys.toArray()).length)
})

test('a notebook into which nobody could let anybody begins anew with what its owner wrote', async () => {
  await zeinab.addNeed('خبز')
  const cancelled = await zeinab.addNeed('شمع')
  const done = await zeinab.addNeed('ماء')
  const { recordId } = await zeinab.run({ type: 'claim.take', needId: done })
  await zeinab.run({ type: 'claim.done', id: String(recordId) })
  const content = randomBytes(900)
  const { media } = await zeinab.run({ type: 'media.keep', kind: 'photo', content })
  const photo = { id: media?.id, key: media?.key, thumb: new Uint8Array(), w: 40, h: 30, bytes: 900 }
  await zeinab.addNeed('صورة', { photos: [photo] })
  await zeinab.run({ type: 'need.cancel', id: cancelled, reason: '' })
  const again = await restore('زينب', await backupOf(zeinab))
  await again.run({ type: 'backup.begin-anew', nickname: 'زينب', language: 'ar' })
  expect(again.engine.status.ended).toBeNull()
  expect(again.place.networkId).not.toBe(zeinab.place.networkId)
  expect(await titlesOn(again)).toEqual(['خبز', 'دواء', 'صورة'].sort())
  const [seen] = (await again.rows('needs')).filter(({ title }) => title === 'صورة')
  const [shown] = (seen?.photos ?? []) as { id: string; key: Uint8Array<ArrayBuffer> }[]
  if (!shown) throw new Error('the picture goes with its need')
  const opened = await again.run({ type: 'media.open', kind: 'photo', ...shown, wanted: true })
  expect(opened.content).toEqual(content)
  await again.addNeed('حليب')
  expect(await titlesOn(again)).toHaveLength(4)
})

test('a rehearsal says what is in the file and changes nothing; a wrong passphrase or a damaged file is told as such', async () => {
  const { file } = await zeinab.run({ type: 'backup.make', passphrase })
  if (!file) throw new Error('a backup is a file')
  const empty = await all.phone('فارغ')
  const { backup } = await empty.run({ type: 'backup.check', file, passphrase: 'زيتون  قنديل نافذة سلم ' })
  expect(backup).toMatchObject({ networkName: 'شبكة حي الحرية', nickname: 'زينب', entries: 1, readable: 1 })
  expect(empty.engine.local).toBeNull()
  const wrong = await empty.engine.run({ type: 'backup.restore', file, passphrase: 'قنديل زيتون' })
  expect(wrong).toEqual({ ok: false, error: { code: 'backup', problem: 'wrongPassphrase' } })
  const cut = await empty.engine.run({ type: 'backup.restore', file: file.slice(0, -9), passphrase })
  expect(cut).toEqual({ ok: false, error: { code: 'backup', problem: 'broken' } })
  expect(empty.engine.local).toBeNull()
})
