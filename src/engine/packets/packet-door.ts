/** The way to packets: their code is fetched when somebody gives or takes the first one. */

import { fail } from '../../../sync-server/protocol/result.ts'
import type { CommandResult } from '../api.ts'
import type { PacketActParts } from './packet-acts.ts'
import type { PacketCommand } from './packet-api.ts'

/** As in `people/fetch-rare-acts.ts`. */
export const runPacket = async (command: PacketCommand, parts: PacketActParts): Promise<CommandResult> => {
  const acts = await import('./packet-acts.ts').catch((error: unknown) => ({ error }))
  if (!('error' in acts)) return acts.runPacketCommand(command, parts)
  return fail(navigator.onLine ? { code: 'unexpected', detail: String(acts.error) } : { code: 'offline' })
}
