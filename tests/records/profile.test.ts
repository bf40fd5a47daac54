import { expect, test } from 'vitest'
import { oldestProfile } from '../../src/records/profile/oldest-profile.ts'
import type { ProfileRow } from '../../src/records/profile/profile.ts'
import type { Membership } from '../../src/records/record-type.ts'
import { profileValue, saveProfileCommand, toggled } from '../../src/screens/profile-form-value.ts'
import { createNotebook, deviceOf, membersWith } from '../support/notebook.ts'

const sara = deviceOf(1)
const phoneOfSara = deviceOf(2)
const omar = deviceOf(3)
const roles = membersWith({ [sara]: 'member', [phoneOfSara]: 'member', [omar]: 'coordinator' })
const members: Membership = {
  ...roles,
  memberOf: (device) => (device === phoneOfSara ? sara : device),
}
const now = 1_000_000

test('a profile is made by the first save and changed by the next, from any phone of the person', async () => {
  const [first, second] = [createNotebook(sara, members), createNotebook(phoneOfSara, members)]
  await first.run({ type: 'profile.save', skills: ['nursing', 'driving'], hours: '٣' }, now)
  second.receive(first)
  await second.run({ type: 'profile.save', area: 'شارع ١٢', skills: ['driving'] }, now + 1)
  first.receive(second)
  expect(first.rows<ProfileRow>('profiles')).toMatchObject([
    { creator: sara, skills: ['driving'], hours: 3, area: 'شارع ١٢', remote: false },
  ])
})

test('nobody writes the profile of another, a coordinator neither', async () => {
  const [phone, other] = [createNotebook(sara, members), createNotebook(omar, members)]
  await phone.run({ type: 'profile.save', skills: ['sewing'] }, now)
  other.receive(phone)
  const [row] = phone.rows<ProfileRow>('profiles')
  const [create] = phone.operations
  if (!create || !row) throw new Error('it was written')
  const { nonce: _, ...rest } = create
  phone.operations.push({ ...rest, op: 'set', at: [1, now + 1], author: omar, fields: { area: 'آخر' } })
  expect(phone.rows<ProfileRow>('profiles')).toMatchObject([{ area: '' }])
  await other.run({ type: 'profile.save', hours: 2 }, now + 2)
  expect(other.rows<ProfileRow>('profiles').map(({ creator }) => creator)).toEqual([sara, omar])
})

test('two that were begun offline count as the older one; skills of a newer version are passed over', async () => {
  const [first, second] = [createNotebook(sara, members), createNotebook(phoneOfSara, members)]
  await first.run({ type: 'profile.save', skills: ['sewing', 'juggling' as 'sewing'] }, now)
  await second.run({ type: 'profile.save', skills: ['legal'] }, now + 1)
  first.receive(second)
  expect(oldestProfile(first.rows<ProfileRow>('profiles'))).toMatchObject({ skills: ['sewing'] })
})

test('what a form typed is saved as far as it differs; emptied hours are none', () => {
  const row = { ...profileValue(null), skills: ['sewing'], hours: 4 } as unknown as ProfileRow
  expect(saveProfileCommand(row, { skills: ['sewing'] })).toBeNull()
  expect(saveProfileCommand(row, { hours: '' })).toEqual({ type: 'profile.save', hours: null })
  expect(saveProfileCommand(null, { hours: '٥', remote: true })).toEqual({
    type: 'profile.save',
    hours: '٥',
    remote: true,
  })
  expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
})
