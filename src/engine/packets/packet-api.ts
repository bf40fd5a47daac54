/** What a window may ask of the engine about packets from phone to phone, and what it hears. Types only. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'

export type PacketCommand =
  /** `whole`: all that this phone holds of the network; else only how much that is, for a neighbour to answer */
  | { type: 'packet.make'; whole: boolean }
  /** what the sender of this packet lacks, and how much this phone holds */
  | { type: 'packet.answer'; packet: Bytes }
  /** what is in it; nothing is stored */
  | { type: 'packet.look'; packet: Bytes }
  | { type: 'packet.take'; packet: Bytes }
  /** one of another network: kept closed, until it is handed on */
  | { type: 'packet.carry'; packet: Bytes }
  | { type: 'packet.forget'; id: string }

/** What a packet has that this phone had not. */
export interface Brought {
  /** entries whose signature holds and that count */
  entries: number
  /** of them, by what they begin; the rest are changes and answers */
  needs: number
  offers: number
  /** of them, about who is in the network */
  people: number
  /** whose author is not known here, or which follow something that is not here: judged when the rest has come */
  unjudged: number
  /** runs that somebody made up or damaged: nothing of them is taken */
  bad: number
}

/** `unproven`: the roster knows him, and it is not his signature. */
export type SenderStanding = 'me' | 'in' | 'out' | 'unknown' | 'unproven'

export interface PacketView {
  /** `elsewhere`: of another network of this phone; `foreign`: of one that it is not in */
  network: 'here' | 'elsewhere' | 'foreign'
  networkId: NetworkId
  /** where it is `elsewhere` */
  networkName: string
  bytes: number
  /** the sender's clock, ms */
  atMs: number
  from: { memberId: DeviceId; standing: SenderStanding }
  brings: Brought
  /** entries here that the sender has not: what an answer would bring */
  lacks: number
  /** it was to be more than fits into a packet */
  isPartial: boolean
}

/** Why a packet cannot be used; each has a sentence in `locales` under `packet.<fault>`. */
export type PacketProblem = 'noPacket' | 'newer' | 'broken' | 'tooLarge' | 'tooMany' | 'elsewhere' | 'own'
