/** Taking back a need just written: with its address, by its author alone, and only while nobody has answered it. */

import { expect, test } from 'vitest'
import type { ContactRow } from '../../src/records/contact/contact.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'

const zeinab = deviceOf(1)
const ahmad = deviceOf(2)
const members = membersWith({ [zeinab]: 'member', [ahmad]: 'coordinator' })
const now = 5_000_000

const written = async (reach: 'members' | 'approved') => {
  const phone = createNotebook(zeinab, members, [ahmad])
  const contact = { name: 'أم عمر', phone: '0770123456', reach }
  const id = idOf(await phone.run({ type: 'need.add', category: 'water', contact }, now))
  return { phone, id }
}

test.each(['members', 'approved'] as const)(
  'nothing of it stays, nor of an address for %s',
  async (reach) => {
    const { phone, id } = await written(reach)
    expect((await phone.run({ type: 'need.takeBack', id }, now + 1)).ok).toBe(true)
    expect(phone.rows<NeedRow>('needs')).toEqual([])
    const left = phone.rows<ContactRow>('contacts').map(({ name, phone: number }) => name + number)
    expect(left.join('')).toBe('')
  },
)

test('nobody else takes it back, a coordinator neither', async () => {
  const { phone, id } = await written('members')
  const other = createNotebook(ahmad, members, [ahmad])
  other.receive(phone)
  expect(await other.run({ type: 'need.takeBack', id }, now + 1)).toMatchObject({
    error: { code: 'notAllowed' },
  })
})

test('once somebody has taken it, it stays', async () => {
  const { phone, id } = await written('members')
  const other = createNotebook(ahmad, members, [ahmad])
  other.receive(phone)
  await other.run({ type: 'claim.take', needId: id }, now + 1)
  phone.receive(other)
  expect(await phone.run({ type: 'need.takeBack', id }, now + 2)).toMatchObject({
    error: { code: 'notAllowed' },
  })
})
