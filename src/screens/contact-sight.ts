/** What one person may see of an address, and why not more: pure, so that page and list always agree. */

import type { ClaimRow } from '../records/claim/claim.ts'
import type { ContactRow } from '../records/contact/contact.ts'
import type { ContactView } from '../records/contact/contact-of.ts'
import type { MyClaim } from './claim-view.ts'

/**
 * - `none`: nobody wrote one · `shown`: here it is · `hidden`: there is one, for others
 * - of one who takes it: `unsent`: his claim is on his phone only · `reserve` · `waiting` for the one tap · `coming`:
 *   given, and not arrived · `over`: he had it, and his claim or the need has ended
 * - `elsewhere`: his to see, and its key has not come to this phone
 */
export type ContactSight =
  | { kind: 'shown'; row: ContactRow; isConfidential: boolean }
  | {
      kind: 'none' | 'hidden' | 'unsent' | 'reserve' | 'waiting' | 'coming' | 'over' | 'elsewhere'
      isConfidential: boolean
    }

interface Viewer {
  /** the person who looks */
  me: string
  isAuthor: boolean
  isCoordinator: boolean
  /** his claim that counts */
  mine: MyClaim | undefined
  /** the need is neither done nor cancelled; the offer stands */
  isOpen: boolean
  /** all claims on the need, the released too */
  claims: readonly ClaimRow[]
}

const wasGiven = ({ grants }: ContactView, { me, claims }: Viewer): boolean =>
  claims.some(({ id, creator }) => creator === me && grants.some(({ claimId }) => claimId === id))

/** Of a confidential contact, for somebody who is neither its author nor a coordinator. */
const takerKind = (
  view: ContactView,
  viewer: Viewer,
): Exclude<ContactSight['kind'], 'none' | 'elsewhere'> => {
  const { mine, isOpen } = viewer
  const isPromise = isOpen && mine !== undefined && mine.state !== 'done' && mine.state !== 'expired'
  if (!isPromise) return wasGiven(view, viewer) ? 'over' : 'hidden'
  if (mine.state === 'reserve' || mine.state === 'turn') return 'reserve'
  if (mine.claim.acceptedAt !== null) return view.row ? 'shown' : 'coming'
  return mine.state === 'local' ? 'unsent' : 'waiting'
}

const kindOf = (view: ContactView, viewer: Viewer): ContactSight['kind'] => {
  const { isAuthor, isCoordinator, mine, isOpen } = viewer
  if (!view.exists) return 'none'
  if (isAuthor || isCoordinator) return view.row ? 'shown' : 'elsewhere'
  if (view.isConfidential) return takerKind(view, viewer)
  const holds = isOpen && mine !== undefined && mine.covers > 0 && mine.state !== 'done'
  return holds ? 'shown' : 'hidden'
}

/** The row leaves this function only where the person may see it. */
export const contactSight = (view: ContactView, viewer: Viewer): ContactSight => {
  const kind = kindOf(view, viewer)
  const { isConfidential, row } = view
  if (kind !== 'shown') return { kind, isConfidential }
  return row ? { kind, row, isConfidential } : { kind: 'elsewhere', isConfidential }
}

/** Of an offer, which nobody takes: members see what is for members, coordinators and its author the rest. */
export const offerContactSight = (
  view: ContactView,
  { isAuthor, isCoordinator, isOpen }: Pick<Viewer, 'isAuthor' | 'isCoordinator' | 'isOpen'>,
): ContactSight => {
  const { isConfidential, row, exists } = view
  if (!exists) return { kind: 'none', isConfidential }
  const mayRead = isAuthor || (isConfidential ? isCoordinator : isOpen)
  if (!mayRead) return { kind: 'hidden', isConfidential }
  return row ? { kind: 'shown', row, isConfidential } : { kind: 'elsewhere', isConfidential }
}

/** Whether this person can give the address to who made this claim, by one tap. */
export const canGive = (
  { row, isConfidential }: ContactView,
  { claim, covers, expired }: { claim: ClaimRow; covers: number; expired: boolean },
  { me, isAuthor, isCoordinator, isOpen }: Pick<Viewer, 'me' | 'isAuthor' | 'isCoordinator' | 'isOpen'>,
): boolean => {
  const isWaiting = covers > 0 && !expired && claim.acceptedAt === null
  const isPromise = claim.state === 'taken' || claim.state === 'onWay'
  const isMineToGive = isConfidential && row !== undefined && (isAuthor || isCoordinator)
  return isMineToGive && isOpen && isWaiting && isPromise && claim.creator !== me
}
