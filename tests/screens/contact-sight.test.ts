import { describe, expect, test } from 'vitest'
import type { ContactRow } from '../../src/records/contact/contact.ts'
import type { ContactView } from '../../src/records/contact/contact-of.ts'
import type { GrantRow } from '../../src/records/grant/grant.ts'
import type { MyClaim, MyClaimState } from '../../src/screens/claim-view.ts'
import { contactSight, offerContactSight } from '../../src/screens/contact-sight.ts'
import { claimRow, now } from '../support/claims.ts'
import { deviceOf } from '../support/notebook.ts'

const me = deviceOf(1)
const row = { address: 'خلف الجامع' } as ContactRow
const sealed: ContactView = { exists: true, row: undefined, isConfidential: true, grants: [] }
const held = { ...sealed, row }
const open = { ...held, isConfidential: false }
const nobody = { me, isAuthor: false, isCoordinator: false, mine: undefined, isOpen: true, claims: [] }

const mine = (state: MyClaimState, acceptedAt: number | null = null): MyClaim => ({
  claim: claimRow(1, 1, { acceptedAt }),
  state,
  covers: state === 'reserve' || state === 'expired' ? 0 : 1,
  before: undefined,
  after: undefined,
  leftMs: 1,
})
const kindFor = (view: ContactView, viewer: object) => contactSight(view, { ...nobody, ...viewer }).kind

describe('an address that needs an approval', () => {
  test('is shown to its author and to coordinators, also when all is over; where its key is missing they are told', () => {
    expect(kindFor(held, { isAuthor: true, isOpen: false })).toBe('shown')
    expect(kindFor(held, { isCoordinator: true, isOpen: false })).toBe('shown')
    expect(kindFor(sealed, { isCoordinator: true })).toBe('elsewhere')
  })

  test('tells its taker where it stands, from the promise that has not left the phone to the address', () => {
    expect(kindFor(sealed, { mine: mine('local') })).toBe('unsent')
    expect(kindFor(sealed, { mine: mine('mine') })).toBe('waiting')
    expect(kindFor(sealed, { mine: mine('reserve') })).toBe('reserve')
    expect(kindFor(sealed, { mine: mine('mine', now) })).toBe('coming')
    expect(kindFor(held, { mine: mine('mine', now) })).toBe('shown')
  })

  test('is hidden again when the promise or the need has ended, and says so to who had it', () => {
    const grants = [{ claimId: 'claim-1' } as GrantRow]
    const claims = [claimRow(1, 1, { state: 'released' })]
    const had = { ...held, grants }
    expect(kindFor(had, { claims })).toBe('over')
    for (const state of ['done', 'expired'] as const)
      expect(kindFor(had, { mine: mine(state, now), claims })).toBe('over')
    expect(kindFor(had, { mine: mine('mine', now), claims, isOpen: false })).toBe('over')
    expect(contactSight(had, { ...nobody, claims })).not.toHaveProperty('row')
  })

  test('of others is nobody’s business, even where the row is on this phone', () => {
    expect(contactSight(held, nobody)).toEqual({ kind: 'hidden', isConfidential: true })
  })
})

test('an address for whoever takes the need is shown while he carries it, as before', () => {
  expect(kindFor(open, { mine: mine('local') })).toBe('shown')
  expect(kindFor(open, { mine: mine('reserve') })).toBe('hidden')
  expect(kindFor(open, {})).toBe('hidden')
})

test('an offer’s contact is for members while it stands, or for coordinators alone', () => {
  const viewer = { isAuthor: false, isCoordinator: false, isOpen: true }
  expect(offerContactSight(open, viewer).kind).toBe('shown')
  expect(offerContactSight(open, { ...viewer, isOpen: false }).kind).toBe('hidden')
  expect(offerContactSight(held, viewer).kind).toBe('hidden')
  expect(offerContactSight(held, { ...viewer, isCoordinator: true }).kind).toBe('shown')
})
