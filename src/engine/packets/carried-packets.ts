/** Packets of networks that this phone is not in: kept closed as they came, until somebody they are meant for takes them. */

import { sha256, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import type { ReadPacket } from '../../../sync-server/protocol/packet.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import { type CarriedPacket, carriedKey } from '../../storage/carried.ts'
import type { AppDatabase } from '../../storage/database.ts'
import type { CommandResult } from '../api.ts'

/** A favour to others may not fill a phone. */
const maxCarried = 8
const maxCarriedBytes = 16 * 1024 * 1024

export const carriedPackets = async ({ drafts }: AppDatabase): Promise<CarriedPacket[]> =>
  (await drafts.where('key').startsWith(carriedKey).toArray()).map(({ value }) => value as CarriedPacket)

/** The same packet twice is kept once. */
export const carry = async (
  app: AppDatabase,
  { network, atMs, relay }: ReadPacket,
  packet: CarriedPacket['packet'],
): Promise<CommandResult> => {
  const id = toBase64url((await sha256(packet)).subarray(0, 16))
  const others = (await carriedPackets(app)).filter((one) => one.id !== id)
  const bytes = others.reduce((sum, one) => sum + one.packet.length, packet.length)
  if (others.length >= maxCarried || bytes > maxCarriedBytes)
    return fail({ code: 'packet', problem: 'tooMany' })
  const value: CarriedPacket = { id, networkId: network, packet, atMs, relay }
  await app.drafts.put({ key: `${carriedKey}${id}`, value, savedAt: Date.now() })
  return ok({})
}

export const forgetCarried = async (app: AppDatabase, id: string): Promise<CommandResult> => {
  await app.drafts.delete(`${carriedKey}${id}`)
  return ok({})
}
