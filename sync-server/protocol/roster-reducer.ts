/**
 * The roster: who we are, reduced from signed statements by one pure function that phones and relay share. The same
 * set gives the same roster, in whatever order and however often its entries come.
 *
 * Input are entries of the room `roster` whose signatures were checked, and the proofs of those that carry any
 * (`statement-proof.ts`). Genesis and ask count only at index 0.
 *
 * 1. Order: causal (own list, then `after`; an ask comes after its invite), then seniority of the person, then of the
 *    device, then head hash (`roster-order.ts`). A statement whose causes are not here waits. One that its author may not
 *    make, or of a type of a later version, keeps its place and changes nothing.
 * 2. A person is its first device and those that it added (at most four in use), all of one role.
 * 3. An invite is a coordinator's; a member's only where the settings allow it, for members and followers, with
 *    approval. An ask by an invite without approval is its own admission; any other waits for `admit`. A coordinator
 *    also admits face to face, by a card.
 * 4. Coordinators act alone on members and followers. A coordinator is made alone, and unmade alone by a senior, while
 *    there are fewer than three; with three or more, or by a junior, it takes two persons: the first statement is a
 *    vote, the second for the same change makes it. Who votes somebody in as a coordinator admits a member (`roster-roles.ts`).
 * 5. Stepping down is one's own, but for the last coordinator; leaving, and laying a phone aside, always.
 * 6. A removal that is made ends all devices of the person, cancels every open invite, and adds its keys and pins. One
 *    of somebody who is out already adds keys and pins too: others may have sealed under them; and phones that he left
 *    with, or laid aside, unseen by it are removed ones (`roster-ending.ts`). Who leaves, or coordinates no more, takes
 *    his own open invites with him.
 * 7. A removal voids what the removed one said at the same time (`roster-cuts.ts`); a proven fork voids its list from that
 *    index on (`roster-forks.ts`). A cut list satisfies any `after`.
 * 8. Current is the last key of a chain whose maker had seen every end and demotion that took the chain from somebody,
 *    else the last; a chain without such a key is stale (`roster-keys.ts`).
 * 9. A name counts of who is in or waits to be let in; what somebody calls himself after his end, or
 *    unseen by those who removed him, changes nothing (`roster-names.ts`).
 */

import { type ListName, rosterRoom } from './ids.ts'
import { cutId, type Roster } from './roster.ts'
import { cardsIn } from './roster-cards.ts'
import { entriesByList } from './roster-causes.ts'
import { cutWorldOf } from './roster-cuts.ts'
import { forkCuts } from './roster-forks.ts'
import { namesThatCount } from './roster-names.ts'
import type { RosterEntry } from './roster-order.ts'

/** `entries` in any order, any of them more than once. */
export const reduceRoster = (entries: readonly RosterEntry[]): Roster => {
  const lists = entriesByList(entries)
  const cuts = forkCuts(lists)
  const forked = new Map<ListName, number>()
  for (const list of lists.keys()) {
    const end = cuts.get(cutId(rosterRoom, list))
    if (end !== undefined) forked.set(list, end)
  }
  const { world, cuts: ends } = cutWorldOf(lists, forked)
  for (const [list, end] of ends) cuts.set(cutId(rosterRoom, list), end)
  const { state, lengths, applied, waiting, refused } = world
  const { devices, former, askers, invites, keys, votes, membersMayInvite } = state
  return {
    devices,
    former,
    askers,
    cards: cardsIn(lists, state),
    invites,
    chains: keys.hashes(),
    current: keys.current(),
    stale: keys.stale(),
    votes: votes.all(),
    cuts,
    settings: { membersMayInvite },
    names: namesThatCount(lists, state),
    lengths,
    applied,
    waiting,
    refused,
  }
}

export const emptyRoster = (): Roster => reduceRoster([])
