/** The way to packets: their code is fetched when somebody gives or takes the first one. */

import type { CommandResult } from '../api.ts'
import { fetchCode } from '../fetch-code.ts'
import type { PacketActParts } from './packet-acts.ts'
import type { PacketCommand } from './packet-api.ts'

export const runPacket = async (command: PacketCommand, parts: PacketActParts): Promise<CommandResult> => {
  const acts = await fetchCode(() => import('./packet-acts.ts'))
  return acts.ok ? acts.value.runPacketCommand(command, parts) : acts
}
