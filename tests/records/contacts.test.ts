import { describe, expect, test } from 'vitest'
import { withAcceptances } from '../../src/records/claim/acceptance.ts'
import { type ClaimRow, claimType } from '../../src/records/claim/claim.ts'
import { claimLifetimeMs, needStatus } from '../../src/records/claim/claim-order.ts'
import type { ContactInput, ContactRow } from '../../src/records/contact/contact.ts'
import { type ContactView, contactOf } from '../../src/records/contact/contact-of.ts'
import type { GrantRow } from '../../src/records/grant/grant.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const asker = deviceOf(1)
const coordinator = deviceOf(2)
const taker = deviceOf(3)
const other = deviceOf(4)
const members = membersWith({
  [asker]: 'member',
  [coordinator]: 'coordinator',
  [taker]: 'member',
  [other]: 'member',
})
const open = (device: typeof asker) => createNotebook(device, members, [coordinator])
const now = 1_000_000_000
const hour = 3600 * 1000
const home = { name: 'أم سعيد', address: 'خلف الجامع', phone: '0770123' }

const contactIn = (phone: Notebook, needId: string, creator = asker): ContactView =>
  contactOf(phone.rows<ContactRow>('contacts'), phone.rows<GrantRow>('grants'), {
    id: needId as RecordId,
    creator,
  })

/** A need with an address that is shown once somebody is accepted, on the phones of all four. */
const village = async (contact: ContactInput = { ...home, reach: 'approved' }) => {
  const phones = {
    asker: open(asker),
    coordinator: open(coordinator),
    taker: open(taker),
    other: open(other),
  }
  const needId = idOf(await phones.asker.run({ type: 'need.add', title: 'دواء', contact }, now))
  const all = Object.values(phones)
  const share = () => {
    for (const one of all) for (const from of all) if (one !== from) one.receive(from)
  }
  share()
  return { ...phones, needId, share }
}

const take = async (phone: Notebook, needId: string, at: number) =>
  idOf(await phone.run({ type: 'claim.take', needId }, at))

/** Claims with what their acceptance adds, as every query gives them. */
const claimsIn = (phone: Notebook, needId: string): ClaimRow[] => {
  const need = phone.rows<NeedRow>('needs').find(({ id }) => id === needId)
  if (!need) throw new Error('the need is here')
  return withAcceptances(phone.rows<ClaimRow>(claimType.table), phone.rows<GrantRow>('grants'), need)
}

describe('a confidential contact', () => {
  test('is read by its author and coordinators; others know that there is one', async () => {
    const { needId, ...phones } = await village()
    expect(contactIn(phones.asker, needId).row).toMatchObject(home)
    expect(contactIn(phones.coordinator, needId).row).toMatchObject(home)
    for (const phone of [phones.taker, phones.other])
      expect(contactIn(phone, needId)).toMatchObject({ exists: true, isConfidential: true, row: undefined })
  })

  test('is given to one taker by one tap, and to nobody else', async () => {
    const { needId, share, ...phones } = await village()
    const claimId = await take(phones.taker, needId, now + hour)
    share()
    expect(await phones.asker.run({ type: 'contact.give', claimId }, now + 2 * hour)).toMatchObject({
      ok: true,
    })
    share()
    expect(contactIn(phones.taker, needId).row).toMatchObject(home)
    expect(contactIn(phones.other, needId).row).toBeUndefined()
    expect(claimsIn(phones.other, needId)).toMatchObject([
      { acceptedAt: now + 2 * hour, firmAt: now + 2 * hour },
    ])
  })

  test('can be given by a coordinator while its author is away, and giving it twice writes nothing', async () => {
    const { needId, share, ...phones } = await village()
    const claimId = await take(phones.taker, needId, now)
    share()
    await phones.coordinator.run({ type: 'contact.give', claimId }, now + hour)
    share()
    expect(contactIn(phones.taker, needId).row).toMatchObject(home)
    const again = await phones.asker.run({ type: 'contact.give', claimId }, now + 2 * hour)
    expect(again).toMatchObject({ ok: true, value: { drafts: [] } })
  })

  test('is not given by a member who is neither, nor to oneself, nor for a claim that was released', async () => {
    const { needId, share, ...phones } = await village()
    const claimId = await take(phones.taker, needId, now)
    share()
    for (const phone of [phones.other, phones.taker])
      expect(await phone.run({ type: 'contact.give', claimId }, now)).toMatchObject({ ok: false })
    await phones.taker.run({ type: 'claim.release', id: claimId }, now + hour)
    share()
    expect(await phones.asker.run({ type: 'contact.give', claimId }, now + hour)).toEqual({
      ok: false,
      error: { code: 'notAllowed' },
    })
  })

  test('keeps its key when it is corrected: whoever was given it reads the new one', async () => {
    const { needId, share, ...phones } = await village()
    const claimId = await take(phones.taker, needId, now)
    share()
    await phones.asker.run({ type: 'contact.give', claimId }, now)
    await phones.asker.run(
      { type: 'need.edit', id: needId, changes: {}, contact: { phone: '0780' } },
      now + hour,
    )
    share()
    expect(contactIn(phones.taker, needId).row).toMatchObject({ ...home, phone: '0780' })
    expect(contactIn(phones.other, needId).row).toBeUndefined()
  })

  test('that is corrected after a taker let go is not read by him, and goes on for the one who has it now', async () => {
    const { needId, share, ...phones } = await village()
    const first = await take(phones.taker, needId, now)
    share()
    await phones.asker.run({ type: 'contact.give', claimId: first }, now)
    share()
    await phones.taker.run({ type: 'claim.release', id: first }, now + 1)
    const second = await take(phones.other, needId, now + 2)
    share()
    await phones.asker.run({ type: 'contact.give', claimId: second }, now + 3)
    const contact = { address: 'البيت الجديد' }
    await phones.asker.run({ type: 'need.edit', id: needId, changes: {}, contact }, now + 4)
    share()
    for (const phone of [phones.asker, phones.coordinator, phones.other])
      expect(contactIn(phone, needId)).toMatchObject({ isConfidential: true, row: contact })
    expect(contactIn(phones.taker, needId)).toMatchObject({ exists: true, row: undefined })
    expect(claimsIn(phones.taker, needId).find(({ id }) => id === second)).toMatchObject({ firmAt: now + 3 })
  })

  test('that was emptied is gone on every phone, also where it never could be read', async () => {
    const { needId, share, ...phones } = await village()
    const empty = { name: '', address: '', phone: '' }
    await phones.asker.run({ type: 'need.edit', id: needId, changes: {}, contact: empty }, now + 1)
    share()
    for (const phone of [phones.asker, phones.other])
      expect(contactIn(phone, needId)).toMatchObject({ exists: false, row: undefined })
  })
})

describe('changing for whom a contact is', () => {
  test('from members to those accepted takes the open one back and seals it anew', async () => {
    const { needId, share, ...phones } = await village({ ...home, reach: 'members' })
    expect(contactIn(phones.other, needId)).toMatchObject({ isConfidential: false, row: home })
    const contact: ContactInput = { reach: 'approved' }
    await phones.asker.run({ type: 'need.edit', id: needId, changes: {}, contact }, now + 1)
    share()
    expect(contactIn(phones.asker, needId)).toMatchObject({ isConfidential: true, row: home })
    expect(contactIn(phones.other, needId)).toMatchObject({ exists: true, row: undefined })
  })

  test('from those accepted to members opens it for all', async () => {
    const { needId, share, ...phones } = await village()
    const contact: ContactInput = { reach: 'members' }
    await phones.asker.run({ type: 'need.edit', id: needId, changes: {}, contact }, now + 1)
    share()
    expect(contactIn(phones.other, needId)).toMatchObject({ isConfidential: false, row: home })
  })

  test('a contact without the choice is for members, as it was before there was one', async () => {
    const { needId, ...phones } = await village(home)
    expect(contactIn(phones.other, needId)).toMatchObject({ isConfidential: false, row: home })
  })
})

describe('a grant', () => {
  const grant = (creator: typeof asker, rest: Partial<GrantRow> = {}) =>
    ({
      id: 'g' as RecordId,
      ...{ creator, createdAt: now, updatedAt: now, conflicts: [] },
      ...{ contactId: 'c' as RecordId, aboutId: 'need' as RecordId, claimId: 'claim' as RecordId },
      ...{ keyId: 'A'.repeat(11), wraps: new Uint8Array(), founds: false, asCoordinator: false },
      ...rest,
    }) as GrantRow
  const need = { creator: asker }
  const claim = {
    ...{ id: 'claim', creator: taker, needId: 'need', state: 'taken', firmAt: null, acceptedAt: null },
    ...{ takenAt: now - 5, stateAt: now - 5, amount: 1, hours: 48 },
  } as ClaimRow
  const firmAt = (by: GrantRow) => withAcceptances([claim], [by], need)[0]?.firmAt

  test('makes a claim firm only from the author of the need or as a coordinator', () => {
    expect(firmAt(grant(asker))).toBe(now)
    expect(firmAt(grant(coordinator, { asCoordinator: true }))).toBe(now)
    expect(firmAt(grant(other))).toBeNull()
    expect(firmAt(grant(taker, { asCoordinator: true }))).toBeNull()
    expect(firmAt(grant(asker, { aboutId: 'another' as RecordId }))).toBeNull()
  })

  test('that says it is a coordinator’s counts from a coordinator alone', async () => {
    const { needId, share, ...phones } = await village()
    const claimId = await take(phones.taker, needId, now)
    share()
    const [, founding] = phones.asker.operations.filter(({ op }) => op === 'create')
    const asIf = phones.asker.operations.find(({ type }) => type === 'grant')
    expect(founding).toBeDefined()
    phones.other.operations.push({
      ...(asIf as NonNullable<typeof asIf>),
      ...{ author: other, list: `${other}.0` as never, recordId: 'F'.repeat(22) },
      fields: { ...asIf?.fields, claimId, founds: false, asCoordinator: true },
    })
    share()
    expect(phones.asker.rows<GrantRow>('grants')).toHaveLength(1)
  })

  test('puts its claim before provisional ones, and begins the 48 hours anew', () => {
    const earlier = {
      ...claim,
      id: 'earlier' as RecordId,
      creator: other,
      hours: 48,
      takenAt: now - 9,
      stateAt: now - 9,
    }
    const firm = withAcceptances([earlier, claim], [grant(asker)], need)
    const { places } = needStatus({ quantity: 1, cancelled: false, creator: asker }, firm, now + 1)
    expect(places.map((place) => [place.claim.id, place.place])).toEqual([
      ['claim', 'covering'],
      ['earlier', 'reserve'],
    ])
    const late = needStatus(
      { quantity: 1, cancelled: false, creator: asker },
      firm,
      now - 5 + claimLifetimeMs,
    )
    expect(late.places.map(({ claim: { id }, expired }) => [id, expired])).toEqual([
      ['claim', false],
      ['earlier', true],
    ])
  })
})
