/** What every act about people is given, and who this device is at the moment. */

import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { Device } from '../../../sync-server/protocol/roster.ts'
import type { CommandError } from '../api.ts'
import type { ActParts, ActWriter } from './act-writer.ts'

export interface Acting extends ActParts {
  network: NetworkId
  acts: ActWriter
  /** corrected clock, seconds since 1970 */
  nowS(): number
}

/** This device as it is in the network, or why it may change nothing there. */
export const meIn = ({ replica, keys }: Acting): Result<Device, CommandError> => {
  const { devices, former } = replica.book.roster
  const me = devices.get(keys.device)
  if (me) return ok(me)
  return fail({ code: former.has(keys.device) ? 'ended' : 'notYetMember' })
}
