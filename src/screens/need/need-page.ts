/** What every part of a need's page knows: the need, who looks, and what he may do. */

import type { Unsent } from '../../hooks/unsent.ts'
import { type CommandRunner, useCommand } from '../../hooks/use-command.ts'
import { useIsHidden } from '../../hooks/use-hidings.ts'
import { useMe } from '../../hooks/use-network.ts'
import { useNoted } from '../../hooks/use-noted.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { isOver } from '../../records/claim/claim-order.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { type MyClaim, myClaim, noToTurn } from '../claim-view.ts'
import { type ContactSight, contactSight } from '../contact-sight.ts'
import { type Names, useNames } from '../names.ts'

export interface NeedPage {
  view: NeedView
  names: Names
  unsent: Unsent
  now: number
  /** this person's claim that counts */
  mine: MyClaim | undefined
  /** neither done nor cancelled */
  isOpen: boolean
  isAuthor: boolean
  isCoordinator: boolean
  /** no follower, and still in the network */
  mayWrite: boolean
  mayEdit: boolean
  /** somebody wanted it hidden, or this person is one of those who judge that */
  isJudged: boolean
  /** `mine` is to be carried out, or reserve */
  isPromise: boolean
  /** `mine` is said to be done, whatever others say of it */
  isSaid: boolean
  /** it is this person's turn, and he has said no: known to this phone alone */
  saidNo: boolean
  sayNo: () => Promise<void>
  sight: ContactSight
  /** one for the whole page: while one act runs no other begins */
  runner: CommandRunner
}

const isSaidDone = ({ state }: MyClaim): boolean =>
  state === 'done' || state === 'arrived' || state === 'missed'

/** Undefined until `view` and `unsent` are read; `need` is known before. */
export const useNeedPage = (
  need: { id: string; creator: string },
  view: NeedView | undefined,
  unsent: Unsent | undefined,
): NeedPage | undefined => {
  const names = useNames()
  const now = useNow()
  const role = useMe()?.role
  const isIn = useMayWrite()
  const runner = useCommand()
  const isMarked = useIsHidden(need) !== null
  const { notes, note } = useNoted()
  if (!view || !unsent) return undefined
  const mine = myClaim(view, names.me, unsent, now)
  const isSaid = mine !== undefined && isSaidDone(mine)
  const isOpen = !isOver(view.status)
  const isAuthor = view.need.creator === names.me
  const isCoordinator = role === 'coordinator'
  const viewer = { me: names.me, isAuthor, isCoordinator, mine, isOpen, claims: view.claims }
  return {
    view,
    names,
    unsent,
    now,
    mine,
    isOpen,
    isAuthor,
    isCoordinator,
    mayWrite: isIn && role !== 'follower',
    mayEdit: isIn && (isAuthor || isCoordinator),
    isJudged: isCoordinator || isMarked,
    isPromise: mine !== undefined && isOpen && mine.state !== 'expired' && !isSaid,
    isSaid,
    saidNo: mine !== undefined && (notes?.has(noToTurn(mine.claim)) ?? false),
    sayNo: async () => mine && note(noToTurn(mine.claim)),
    sight: contactSight(view.contact, viewer),
    runner,
  }
}
