import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { withWords } from '../../src/records/claim/claim-word.ts'
import type { ConfirmationRow } from '../../src/records/confirmation/confirmation.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const now = 3_600_000_000
const hourMs = 3600 * 1000
const [asker, taker, other, head] = [deviceOf(1), deviceOf(2), deviceOf(3), deviceOf(4)]
const roles = { [asker]: 'member', [taker]: 'member', [other]: 'member', [head]: 'coordinator' } as const
const members = membersWith(roles)

/** The asker's need, which the taker says he has met; all phones know of it. */
const village = async (rolesNow = members) => {
  const phones = {
    asker: createNotebook(asker, rolesNow),
    taker: createNotebook(taker, rolesNow),
    other: createNotebook(other, rolesNow),
    head: createNotebook(head, rolesNow),
  }
  const all = Object.values(phones)
  const share = () => {
    for (const one of all) for (const each of all) one.receive(each)
  }
  const needId = idOf(await phones.asker.run({ type: 'need.add', category: 'food' }, now))
  share()
  const claimId = idOf(await phones.taker.run({ type: 'claim.take', needId }, now))
  await phones.taker.run({ type: 'claim.done', id: claimId }, now + hourMs)
  share()
  return { ...phones, claimId, share }
}

const say = (phone: Notebook, claimId: string, received: boolean, hours: number, thanks?: string) =>
  phone.run(
    { type: 'confirmation.say', claimId, received, ...(thanks === undefined ? {} : { thanks }) },
    now + hours * hourMs,
  )

const wordOn = (phone: Notebook): ClaimRow['word'] | undefined => {
  const [need] = phone.rows<NeedRow>('needs')
  const said = phone.rows<ConfirmationRow>('confirmations')
  return need && withWords(phone.rows<ClaimRow>('claims'), said, need)[0]?.word
}

describe('that something arrived', () => {
  test('is said by who asked, with thanks, and everybody reads it', async () => {
    const { claimId, share, ...phones } = await village()
    await say(phones.asker, claimId, true, 2, ' شكراً من القلب ')
    share()
    for (const phone of [phones.asker, phones.taker, phones.other]) {
      expect(wordOn(phone)).toEqual({
        received: true,
        thanks: 'شكراً من القلب',
        by: asker,
        at: now + 2 * hourMs,
      })
    }
  })

  test('is said again in one record, and the last word counts', async () => {
    const { claimId, share, ...phones } = await village()
    await say(phones.asker, claimId, false, 2)
    await say(phones.asker, claimId, true, 3)
    share()
    expect(phones.taker.rows('confirmations')).toHaveLength(1)
    expect(wordOn(phones.taker)).toMatchObject({ received: true, at: now + 3 * hourMs })
  })

  test('is better known to who asked than to a coordinator, whoever spoke last', async () => {
    const { claimId, share, ...phones } = await village()
    await say(phones.head, claimId, true, 2)
    share()
    expect(wordOn(phones.taker)).toMatchObject({ received: true, by: head })
    await say(phones.asker, claimId, false, 3)
    share()
    await say(phones.head, claimId, true, 4, 'وصلت فعلاً')
    share()
    expect(wordOn(phones.taker)).toMatchObject({ received: false, by: asker })
  })

  test('is not for who brought it, nor for anybody else, nor of what is not done', async () => {
    const { claimId, ...phones } = await village()
    for (const phone of [phones.taker, phones.other]) {
      expect(await say(phone, claimId, true, 2)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    }
    const needId = idOf(await phones.asker.run({ type: 'need.add', category: 'food' }, now))
    phones.other.receive(phones.asker)
    const open = idOf(await phones.other.run({ type: 'claim.take', needId }, now))
    phones.asker.receive(phones.other)
    expect((await say(phones.asker, open, true, 2)).ok).toBe(false)
  })

  test('takes thanks of two hundred characters and no more', async () => {
    const { claimId, ...phones } = await village()
    expect((await say(phones.asker, claimId, true, 2, 'ش'.repeat(200))).ok).toBe(true)
    expect(await say(phones.asker, claimId, true, 3, 'ش'.repeat(201))).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: 'thanks', limit: 200 },
    })
  })
})

describe('a confirmation written past the commands', () => {
  /** The asker's, as if `author` had written it. */
  const forged = async (author: typeof other, fields: object, rolesNow = members) => {
    const { claimId, share, ...phones } = await village(rolesNow)
    await say(phones.asker, claimId, true, 2)
    share()
    const real = phones.asker.operations.find(({ type }) => type === 'confirmation')
    if (!real) throw new Error('the asker has confirmed')
    phones.other.operations.push({
      ...real,
      author,
      list: `${author}.9` as never,
      recordId: 'F'.repeat(22),
      at: [0, now + 9 * hourMs],
      fields: { ...real.fields, received: false, ...fields },
    })
    return { claimId, real, ...phones }
  }
  const rowsOf = ({ other: phone }: { other: Notebook }) => phone.rows<ConfirmationRow>('confirmations')

  /** Only the forged one is left. */
  const forget = (phone: Notebook): void => {
    const first = phone.operations.findIndex(({ type }) => type === 'confirmation')
    phone.operations.splice(first, 1)
  }

  test('by a stranger to the need has no effect', async () => {
    const phones = await forged(other, {})
    forget(phones.other)
    expect(rowsOf(phones)).toHaveLength(1)
    expect(wordOn(phones.other)).toBeNull()
  })

  test('as a coordinator counts from a coordinator alone', async () => {
    expect(rowsOf(await forged(other, { asCoordinator: true }))).toHaveLength(1)
    expect(rowsOf(await forged(head, { asCoordinator: true }))).toHaveLength(2)
  })

  test('by who brought it has no effect, though he coordinates', async () => {
    const bothRoles = membersWith({ ...roles, [taker]: 'coordinator' })
    const phones = await forged(taker, { asCoordinator: true }, bothRoles)
    forget(phones.other)
    expect(rowsOf(phones)).toHaveLength(1)
    expect(wordOn(phones.other)).toBeNull()
  })

  test('cannot be turned to another claim, nor changed by somebody else', async () => {
    const { real, claimId, ...phones } = await forged(head, { asCoordinator: true })
    const set = (author: typeof other, fields: Record<string, unknown>) =>
      phones.other.operations.push({
        ...real,
        ...{ author, op: 'set', at: [1, now + 20 * hourMs], list: `${author}.8` as never, fields },
      })
    set(asker, { claimId: 'C'.repeat(22) })
    set(head, { received: false })
    const own = rowsOf(phones).find(({ creator }) => creator === asker)
    expect(own).toMatchObject({ claimId, received: true })
  })
})
