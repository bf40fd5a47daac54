/** What is said about a claim that is done: pure, so that every phone reads the same need as met. */

import { compareText } from '../compare-text.ts'
import type { ConfirmationRow } from '../confirmation/confirmation.ts'
import type { NeedRow } from '../need/need.ts'
import type { ClaimRow } from './claim.ts'

/** Who asked knows it best, then a coordinator; of several the newest word, then by id. Nobody confirms himself. */
const wordOn = (
  claim: ClaimRow,
  said: readonly ConfirmationRow[],
  need: Pick<NeedRow, 'creator'>,
): ClaimRow['word'] => {
  const isAsker = ({ creator }: ConfirmationRow): number => (creator === need.creator ? 1 : 0)
  const [word] = said
    .filter((one) => one.claimId === claim.id && one.needId === claim.needId)
    .filter((one) => one.creator !== claim.creator && (isAsker(one) || one.asCoordinator))
    .sort((a, b) => isAsker(b) - isAsker(a) || b.saidAt - a.saidAt || compareText(b.id, a.id))
  return word ? { received: word.received, thanks: word.thanks, by: word.creator, at: word.saidAt } : null
}

/** `need` is the one that the claims are on. */
export const withWords = (
  claims: readonly ClaimRow[],
  said: readonly ConfirmationRow[],
  need: Pick<NeedRow, 'creator'>,
): ClaimRow[] =>
  claims.map((claim) => (claim.state === 'done' ? { ...claim, word: wordOn(claim, said, need) } : claim))
