/** What others wrote is noted as it comes: two whole phones and a relay. */
import { afterEach, expect, test } from 'vitest'
import { keepArrivals, keptArrivals } from '../../src/engine/arrivals.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { encodeOperations } from '../../src/records/operation-codec.ts'
import type { ArrivalRow } from '../../src/storage/schema.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { monthRoom } from '../../sync-server/protocol/ids.ts'
import { Neighbourhood } from '../support/neighbourhood.ts'
import type { Phone } from '../support/phone.ts'

let street: Neighbourhood | undefined
afterEach(async () => street?.end())

const arrivalsOn = (phone: Phone): Promise<ArrivalRow[]> => phone.local.database.arrivals.toArray()

const openStreet = async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const ahmad = await street.joiner('أحمد', salma, 'coordinator')
  await street.settle(salma, ahmad)
  return { street, salma, ahmad }
}

test('an edit that others made is noted once, with who wrote what; what one writes oneself is not', async () => {
  const { street, salma, ahmad } = await openStreet()
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  await street.settle(salma, ahmad)
  await ahmad.run({ type: 'need.edit', id, changes: { area: 'الساحة', urgency: 'today' } })
  await street.settle(ahmad, salma)
  expect(await arrivalsOn(salma)).toMatchObject([
    { recordId: id, type: 'need', op: 'set', by: ahmad.local.keys.device, fields: ['urgency', 'area'] },
  ])
  expect(await arrivalsOn(ahmad)).toMatchObject([{ recordId: id, op: 'create', fields: [] }])
})

test('what both wrote at the same time stands beside it', async () => {
  const { street, salma, ahmad } = await openStreet()
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  await street.settle(salma, ahmad)
  await salma.run({ type: 'need.edit', id, changes: { details: 'أنسولين' } })
  await ahmad.run({ type: 'need.edit', id, changes: { area: 'الساحة' } })
  await street.settle(salma, ahmad, salma)
  expect((await arrivalsOn(salma)).at(-1)).toMatchObject({ fields: ['area'], beside: ['details'] })
  await ahmad.run({ type: 'need.edit', id, changes: { area: 'السوق' } })
  await street.settle(ahmad, salma)
  const [last] = (await arrivalsOn(salma)).slice(-1)
  expect(last?.beside).toBeUndefined()
})

test('what the rules refuse is no news', async () => {
  const { street, salma, ahmad } = await openStreet()
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  await street.settle(salma, ahmad)
  const before = await arrivalsOn(salma)
  const member = await street.joiner('مازن', salma)
  const { replica, keys } = member.local
  const key = replica.keyring.current('members', replica.book.roster)
  if (!key) throw new Error('the member has no key')
  const at: [number, number] = [1, street.time.ms]
  const edit = { at, op: 'set', type: 'need', id: id as RecordId, fields: { title: 'خبز' } } as const
  const secret = { key, plaintext: encodeOperations([edit]) }
  const entry = { room: monthRoom(street.time.ms), kind: entryKind.record, publicPart: new Uint8Array() }
  await replica.write([{ ...entry, secret, recordIds: [id] }])
  await street.settle(member, salma)
  const held = await salma.local.database.operations.where({ author: keys.device }).count()
  expect({ held, came: await arrivalsOn(salma) }).toEqual({ held: 1, came: before })
})

test('only so many are kept as anybody reads up on', async () => {
  const { salma } = await openStreet()
  const { database } = salma.local
  const one = (): ArrivalRow => ({
    ...{ recordId: 'a', type: 'need', op: 'create', by: salma.local.keys.device, at: 1, fields: [] },
  })
  await keepArrivals(database, Array.from({ length: keptArrivals }, one))
  await keepArrivals(database, Array.from({ length: 40 }, one))
  expect(await database.arrivals.count()).toBe(keptArrivals)
  const last = await database.arrivals.orderBy('n').last()
  expect(last?.n).toBeGreaterThanOrEqual(keptArrivals + 40)
})
