/** Reports on whole phones: who holds them, and what a phone does not take for one. */
import { afterEach, expect, test } from 'vitest'
import type { RecordId } from '../../src/records/operation.ts'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { monthRoom } from '../../sync-server/protocol/ids.ts'
import { Neighbourhood } from '../support/neighbourhood.ts'

let street: Neighbourhood | undefined
afterEach(async () => street?.end())

const openStreet = async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const ahmad = await street.joiner('أحمد', salma)
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  await street.settle(salma, ahmad)
  return { street, salma, ahmad, id }
}

test('a report reaches the coordinators, those who coordinate later too, and nobody else', async () => {
  const { street, salma, ahmad, id } = await openStreet()
  const hiwa = await street.joiner('هيوا', salma, 'coordinator')
  await street.settle(salma, ahmad, hiwa)
  await ahmad.run({ type: 'report.add', aboutId: id, aboutType: 'need', reason: 'wrong' })
  await street.settle(ahmad, hiwa, salma)
  // the need is hers: the other coordinator judges it
  const counts = [ahmad, hiwa, salma].map(async (phone) => (await phone.rows('reports')).length)
  expect(await Promise.all(counts)).toEqual([1, 1, 0])
  const later = await street.joiner('زينب', hiwa, 'coordinator')
  await street.settle(hiwa, later, salma, hiwa, later)
  expect(await later.rows('reports')).toMatchObject([{ aboutId: id, reason: 'wrong' }])
  expect(await salma.rows('reports')).toEqual([])
})

test('what is written as a report under a key of all is no report: nobody tells a network that he reports somebody', async () => {
  const { street, salma, ahmad, id: aboutId } = await openStreet()
  const { replica, keys } = ahmad.local
  const key = replica.keyring.current('members', replica.book.roster)
  if (!key) throw new Error('the member has no key')
  const { id, nonce } = await newRecordId(keys.device)
  const fields = { aboutId: aboutId as RecordId, aboutType: 'need', reason: 'spam' }
  const plaintext = encodeOperations([
    { at: [0, street.time.ms], op: 'create', type: 'report', id, nonce, fields },
  ])
  const entry = { room: monthRoom(street.time.ms), kind: entryKind.record, publicPart: new Uint8Array() }
  await replica.write([{ ...entry, secret: { key, plaintext }, recordIds: [id] }])
  await street.settle(ahmad, salma)
  expect([await ahmad.rows('reports'), await salma.rows('reports')]).toEqual([[], []])
})
