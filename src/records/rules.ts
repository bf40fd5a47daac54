/** Who may write: the rules that several types have in common, as pure functions. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { Operation } from './operation.ts'
import type { Membership, RecordState } from './record-type.ts'

/** Members and coordinators write records; followers and strangers do not. */
export const isWriter = (author: DeviceId, members: Membership): boolean => {
  const role = members.roleOf(author)
  return role === 'member' || role === 'coordinator'
}

/** A writer creates, and the same person alone, by any of his phones, changes or erases it. */
export const creatorOnly = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (!isWriter(author, members)) return false
  return before === undefined ? operation.op === 'create' : before.creator === members.memberOf(author)
}

/** Any coordinator creates and changes; nobody erases. */
export const coordinatorsOnly = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean =>
  members.roleOf(author) === 'coordinator' && operation.op === (before === undefined ? 'create' : 'set')

/** As {@link creatorOnly}, and a coordinator may change it; erasing stays with the creator. */
export const creatorOrCoordinator = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (creatorOnly(author, before, operation, members)) return true
  return before !== undefined && operation.op === 'set' && members.roleOf(author) === 'coordinator'
}
