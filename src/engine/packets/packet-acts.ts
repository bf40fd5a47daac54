/** Commands about packets: one chunk, which the engine fetches by `packet-door.ts` when the first of them comes. */

import { type Bytes, copyBytes } from '../../../sync-server/protocol/bytes.ts'
import { decodePacket, type ReadPacket } from '../../../sync-server/protocol/packet.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import type { AppDatabase } from '../../storage/database.ts'
import type { CommandResult } from '../api.ts'
import type { LocalNetwork } from '../local-network.ts'
import { carry, forgetCarried } from './carried-packets.ts'
import { broughtNothing, lookInto, senderOf } from './look-into-packet.ts'
import { countLacked, makePacket, type PacketParts } from './make-packet.ts'
import type { PacketCommand, PacketProblem, PacketView } from './packet-api.ts'
import { takePacket } from './take-packet.ts'

export interface PacketActParts {
  app: AppDatabase
  /** null where this phone is in no network: it may still carry */
  local: LocalNetwork | null
  /** the relay of networks without one of their own */
  appOrigin: string
}

const partsOf = (local: LocalNetwork, appOrigin: string): PacketParts => ({
  database: local.database,
  replica: local.replica,
  network: local.network,
  keys: local.keys,
  relay: local.row.relay || appOrigin,
  nowMs: local.now(),
})

const problem = (what: PacketProblem): CommandResult => fail({ code: 'packet', problem: what })

/** Of another network nothing is looked into: it is closed for this phone. */
const view = async (
  packet: ReadPacket,
  bytes: number,
  { app, local, appOrigin }: PacketActParts,
): Promise<PacketView> => {
  const { network, sender, atMs, has, isPartial } = packet
  const said = { networkId: network, bytes, atMs, isPartial }
  if (local?.network !== network) {
    const row = await app.networks.get(network)
    return {
      ...said,
      network: row ? 'elsewhere' : 'foreign',
      networkName: row?.name ?? '',
      from: { memberId: sender, standing: 'unknown' },
      brings: broughtNothing(),
      lacks: 0,
    }
  }
  const parts = partsOf(local, appOrigin)
  return {
    ...said,
    network: 'here',
    networkName: '',
    from: await senderOf(packet, parts),
    brings: await lookInto(packet, parts),
    lacks: await countLacked(parts.database, has),
  }
}

/** With a packet of the network on the screen only. */
const withOwn = async (
  bytes: Bytes,
  { local, appOrigin }: PacketActParts,
  act: (packet: ReadPacket, parts: PacketParts) => Promise<CommandResult>,
): Promise<CommandResult> => {
  const packet = await decodePacket(bytes)
  if (!packet.ok) return problem(packet.error)
  if (local?.network !== packet.value.network) return problem('elsewhere')
  return act(packet.value, partsOf(local, appOrigin))
}

const carryOne = async (bytes: Bytes, { app }: PacketActParts): Promise<CommandResult> => {
  const packet = await decodePacket(bytes)
  if (!packet.ok) return problem(packet.error)
  if (await app.networks.get(packet.value.network)) return problem('own')
  return carry(app, packet.value, bytes)
}

export const runPacketCommand = async (
  command: PacketCommand,
  parts: PacketActParts,
): Promise<CommandResult> => {
  const { local, app, appOrigin } = parts
  switch (command.type) {
    case 'packet.make':
      if (!local) return fail({ code: 'noNetwork' })
      return ok({ packet: await makePacket(partsOf(local, appOrigin), command.whole ? new Map() : null) })
    case 'packet.look': {
      const packet = await decodePacket(command.packet)
      if (!packet.ok) return problem(packet.error)
      return ok({ view: await view(packet.value, command.packet.length, parts) })
    }
    case 'packet.take':
      return withOwn(copyBytes(command.packet), parts, async (packet, own) =>
        ok({ brought: await takePacket(packet, own), lacks: await countLacked(own.database, packet.has) }),
      )
    case 'packet.answer':
      return withOwn(copyBytes(command.packet), parts, async ({ has }, own) => {
        const asked = new Map(has.map(({ room, lists }) => [room, lists]))
        return ok({ packet: await makePacket(own, asked) })
      })
    case 'packet.carry':
      return carryOne(copyBytes(command.packet), parts)
    case 'packet.forget':
      return forgetCarried(app, command.id)
  }
}
