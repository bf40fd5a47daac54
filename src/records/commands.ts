/** A person's intent about a record, and the one door by which it becomes operations. */

import type { Result } from '../../sync-server/protocol/result.ts'
import { type ClaimCommand, claimDrafts } from './claim/commands.ts'
import { type ContactCommand, contactCommandDrafts } from './contact/commands.ts'
import type { Drafted } from './draft.ts'
import type { LaterCommand } from './later-records.ts'
import { type NeedCommand, needDrafts } from './need/commands.ts'
import { type OfferCommand, offerDrafts } from './offer/commands.ts'
import { type ProfileCommand, profileDrafts } from './profile/commands.ts'
import type { RecordError } from './record-error.ts'
import type { CommandContext } from './record-type.ts'

export type RecordCommand =
  | NeedCommand
  | OfferCommand
  | ClaimCommand
  | ContactCommand
  | ProfileCommand
  | LaterCommand

type LaterRecords = typeof import('./later-records.ts')

/**
 * Validates, reads what it must from `context`, and checks the rules of every type as each phone will. `fetchLater`:
 * the code of types that came to the app later, or why it is not here.
 */
export const draftsFor = async <E>(
  command: RecordCommand,
  context: CommandContext,
  fetchLater: () => Promise<Result<LaterRecords, E>>,
): Promise<Result<Drafted, RecordError | E>> => {
  switch (command.type) {
    case 'need.add':
    case 'need.edit':
    case 'need.cancel':
      return needDrafts(command, context)
    case 'offer.add':
    case 'offer.edit':
    case 'offer.end':
      return offerDrafts(command, context)
    case 'claim.take':
    case 'claim.onWay':
    case 'claim.still':
    case 'claim.done':
    case 'claim.release':
      return claimDrafts(command, context)
    case 'profile.save':
      return profileDrafts(command, context)
    case 'contact.give':
      return contactCommandDrafts(command, context)
    default: {
      const later = await fetchLater()
      return later.ok ? later.value.laterDrafts(command, context) : later
    }
  }
}
