/** The short code of an invite, from the phone that makes it to the one that types it; and what it is where something is missing. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InviteRow } from '../../../src/storage/schema.ts'
import { codeStatus } from '../../../sync-server/code-handler.ts'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import { parseCodeRequest } from '../../../sync-server/protocol/code-request.ts'
import { decodeInviteLink } from '../../../sync-server/protocol/invite-link.ts'
import { Neighbourhood, refusalOf, titlesOn } from '../../support/neighbourhood.ts'
import { type Line, noLine, type Phone, testOrigin } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
/** every body that was sent about codes */
let sent: Bytes[]
/** answers in place of the relay's, while it is set */
let instead: Awaited<ReturnType<NonNullable<Line['postCode']>>> | undefined

const nothing = new Uint8Array()

const ask = async (body: Bytes) => {
  sent.push(body)
  if (instead !== undefined) return instead
  const answer = await all.relay.codes.answer(body, [testOrigin])
  if (!answer.ok) return { status: codeStatus[answer.error], body: nothing }
  return { status: 200, body: answer.value ?? nothing }
}

const phone = async (name: string): Promise<Phone> => {
  const made = await all.phone(name, { ...all.line, postCode: ask })
  await made.restart()
  return made
}

const make = (approval = false, uses = 5) =>
  zeinab.run({ type: 'invite.make', role: 'member', hours: 24, uses, approval, origin: testOrigin })

const codeOf = (made: { code?: string }): string => {
  if (made.code === undefined) throw new Error('the invite has a code')
  return made.code
}

const invitesOn = (whose: Phone): Promise<InviteRow[]> => whose.local.database.invites.toArray()

beforeEach(async () => {
  sent = []
  instead = undefined
  all = new Neighbourhood()
  zeinab = await phone('زينب')
  await zeinab.found()
  await zeinab.addNeed('إنسولين')
  await zeinab.exchange()
})
afterEach(() => all.end())

describe('a code', () => {
  test('typed by hand on a new phone leads in, like the link beside it', async () => {
    const { code, link } = await make()
    const ahmad = await phone('أحمد')
    const typed = codeOf({ code: code ?? '' })
      .toLowerCase()
      .replaceAll('-', ' ')
      .replaceAll('0', 'o')
    const found = await ahmad.run({ type: 'invite.find', code: typed })
    expect(await decodeInviteLink(found.link ?? '')).toEqual(await decodeInviteLink(link ?? ''))
    await ahmad.join(found.link ?? '')
    await all.settle(zeinab, ahmad)
    expect(await titlesOn(ahmad)).toEqual(['إنسولين'])
  })

  test('stands with the open invite on the phone that made it, also after a restart, and on no other', async () => {
    const made = await make()
    const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
    await zeinab.restart()
    const rowOn = async (whose: Phone) =>
      (await invitesOn(whose)).find(({ inviteId }) => inviteId === made.inviteId)
    expect(await rowOn(zeinab)).toMatchObject({ code: codeOf(made), link: made.link })
    expect(await rowOn(ronahi)).toMatchObject({ uses: 5 })
    expect(await rowOn(ronahi)).not.toHaveProperty('code')
  })

  test('[R34] neither it nor what it opens goes over the wire: the relay cannot read who is invited where', async () => {
    const { code } = await make()
    const text = codeOf({ code: code ?? '' }).replaceAll('-', '')
    expect(sent).toHaveLength(1)
    const [body] = sent
    const request = parseCodeRequest(body ?? nothing)
    const latin = Buffer.from(body ?? nothing).toString('latin1')
    expect(request).toMatchObject({ ok: true, value: { type: 'put' } })
    expect(latin).not.toContain(text)
    expect(Buffer.from(body ?? nothing).toString('utf8')).not.toContain('حي الحرية')
    // every box is as long as any other
    expect(request.ok && request.value.type === 'put' && request.value.box.length).toBe(592)
  })

  test('of a cancelled invite is over, and one that nobody made is unknown', async () => {
    const { code, inviteId } = await make()
    const ahmad = await phone('أحمد')
    await zeinab.run({ type: 'invite.cancel', inviteId: inviteId ?? '' })
    await zeinab.exchange()
    expect(await refusalOf(ahmad, { type: 'invite.find', code: codeOf({ code: code ?? '' }) })).toBe(
      'codeOver',
    )
    expect(await refusalOf(ahmad, { type: 'invite.find', code: '0000-0000-0000' })).toBe('codeUnknown')
  })

  test('that cannot be one asks no relay', async () => {
    const ahmad = await phone('أحمد')
    expect(await refusalOf(ahmad, { type: 'invite.find', code: 'مرحبا' })).toBe('codeUnknown')
    expect(sent).toEqual([])
  })
})

describe('where the relay does not help', () => {
  test('without a line whoever types a code hears that it takes one', async () => {
    const made = await make()
    const ahmad = await phone('أحمد')
    instead = null
    expect(await refusalOf(ahmad, { type: 'invite.find', code: codeOf(made) })).toBe('offline')
  })

  test('the page of a captive portal is no answer, and a box that is not ours opens nothing', async () => {
    const made = await make()
    const ahmad = await phone('أحمد')
    const find = () => refusalOf(ahmad, { type: 'invite.find', code: codeOf(made) })
    instead = { status: 200, body: new TextEncoder().encode('<html>') }
    expect(await find()).toBe('offline')
    instead = { status: 200, body: new Uint8Array(592) }
    expect(await find()).toBe('codeUnknown')
    instead = { status: 429, body: nothing }
    expect(await find()).toBe('codeTooFast')
  })

  test('an invite is made without a code, which comes by itself when the relay takes it', async () => {
    instead = null
    const made = await make()
    expect(made.link).toBeDefined()
    expect(made.code).toBeUndefined()
    instead = undefined
    await zeinab.restart()
    await zeinab.exchange()
    const [row] = await invitesOn(zeinab)
    const ahmad = await phone('أحمد')
    const found = await ahmad.run({ type: 'invite.find', code: row?.code ?? '' })
    expect(await decodeInviteLink(found.link ?? '')).toEqual(await decodeInviteLink(made.link ?? ''))
  })

  test('what it refuses for good is not tried again, and the link stays', async () => {
    instead = { status: 409, body: nothing }
    const made = await make()
    expect(made.link).toBeDefined()
    await zeinab.exchange()
    await zeinab.exchange()
    expect(sent).toHaveLength(1)
    expect((await invitesOn(zeinab))[0]).toMatchObject({ link: made.link })
  })

  test('made with no line at all, invite and code arrive later, and the code opens', async () => {
    const { line } = zeinab
    zeinab.line = { ...noLine, postCode: async () => null }
    await zeinab.engine.run({
      type: 'invite.make',
      role: 'member',
      hours: 24,
      uses: 1,
      approval: false,
      origin: testOrigin,
    })
    zeinab.line = line
    await zeinab.exchange()
    const [row] = await invitesOn(zeinab)
    expect(
      (await (await phone('أحمد')).run({ type: 'invite.find', code: row?.code ?? '' })).link,
    ).toBeDefined()
  })
})
