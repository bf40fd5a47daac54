/** What every part of a need's page knows: the need, who looks, and what he may do. */

import type { Unsent } from '../../hooks/unsent.ts'
import { type CommandRunner, useCommand } from '../../hooks/use-command.ts'
import { useMe } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { type MyClaim, myClaim } from '../claim-view.ts'
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
  /** `mine` is to be carried out, or reserve */
  isPromise: boolean
  /** one for the whole page: while one act runs no other begins */
  runner: CommandRunner
}

export const useNeedPage = (view: NeedView, unsent: Unsent): NeedPage => {
  const names = useNames()
  const now = useNow()
  const role = useMe()?.role
  const isIn = useMayWrite()
  const runner = useCommand()
  const mine = myClaim(view, names.me, unsent, now)
  const isOpen = view.status.state === 'open' || view.status.state === 'covered'
  const isAuthor = view.need.creator === names.me
  const isCoordinator = role === 'coordinator'
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
    isPromise: mine !== undefined && isOpen && mine.state !== 'expired' && mine.state !== 'done',
    runner,
  }
}

/** Who looks, as the rules about addresses ask for him. */
export const viewerOf = ({ view, names, mine, isOpen, isAuthor, isCoordinator }: NeedPage) => ({
  me: names.me,
  isAuthor,
  isCoordinator,
  mine,
  isOpen,
  claims: view.claims,
})
