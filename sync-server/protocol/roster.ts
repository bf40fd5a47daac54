/** The roster: who we are. What the reducer (`roster-reducer.ts`) makes of signed statements. */

import type { Bytes } from './bytes.ts'
import type { DeviceId, ListName, RoomName } from './ids.ts'
import type { AudienceName, Pins, Role } from './statement.ts'

export interface Device {
  id: DeviceId
  /** the person: its first device */
  member: DeviceId
  /** raw public keys */
  signKey: Bytes
  receiveKey: Bytes
  role: Role
  /**
   * As what its records are judged. Who coordinates no more by his own wish goes on to count as one: what he settled
   * stays settled. Who was made a follower counts as a member: what is sealed for members he sealed as one, for he is
   * given no later key. Else the role.
   */
  writesAs: Role
  /** place in the order of admission, 0 for the founder */
  seniority: number
  /** seconds since 1970, as claimed by the device when it asked; 0 for one that was let in face to face */
  joinedS: number
  /** who made the invite or showed the way in; null for the founder */
  invitedBy: DeviceId | null
}

/** A device whose place in the network is over; `role` is the last one it had. */
export interface FormerDevice extends Device {
  end: 'removed' | 'left' | 'retired'
  /** whose statement ended it */
  by: DeviceId
  /** keys that each chain had before the end: entries sealed under one of them may be from before */
  chainLengths: Readonly<Record<AudienceName, number>>
  /** how far its lists count, by room; a room that is not here has not been pinned (yet) */
  pins: Pins
  /** the newest month room at its removal; null where the remover named none, or nobody removed it */
  newestMonth: RoomName | null
}

/** Asked with a valid proof and is not admitted (yet): may write a few entries [R5]. */
export interface Asker {
  id: DeviceId
  signKey: Bytes
  receiveKey: Bytes
  /** raw public key of the invite, of which words to compare are made */
  inviteKey: Bytes
  /** seconds since 1970, as claimed */
  askedS: number
  reason: 'noInvite' | 'expired' | 'used' | 'cancelled' | 'approval' | 'idTaken'
  /**
   * Waits for a coordinator, who compares words with him. By an invite without approval nobody is let near the roster
   * but who it admits: the roster holds keys wrapped for that invite, and its link opens them.
   */
  mayReadRoster: boolean
}

export interface OpenInvite {
  key: Bytes
  role: Role
  expiresS: number
  uses: number
  used: number
  approval: boolean
  /** 16 bytes computed from its short code, under which its maker lays a box down at the relay [R34] */
  codeId?: Bytes
  cancelled: boolean
  by: DeviceId
}

/** A change that one coordinator wants and that takes a second one. */
export interface Vote {
  /** persons */
  by: DeviceId
  member: DeviceId
  change: 'remove' | Role
}

export interface Roster {
  devices: ReadonlyMap<DeviceId, Device>
  former: ReadonlyMap<DeviceId, FormerDevice>
  askers: ReadonlyMap<DeviceId, Asker>
  /**
   * Sign keys by the cards of everybody whom somebody let in, also where that is void: others may have named what he wrote
   * in the roster, and theirs would wait for it for ever.
   */
  cards: ReadonlyMap<DeviceId, Bytes>
  /** by `inviteIdOf` */
  invites: ReadonlyMap<string, OpenInvite>
  /** SHA-256 of each chain's keys, oldest first; empty before genesis */
  chains: Readonly<Record<AudienceName, readonly Bytes[]>>
  /** index in its chain of the key to seal under; -1 before genesis */
  current: Readonly<Record<AudienceName, number>>
  /** chains whose current key somebody may hold who should not: a coordinator's phone rotates them */
  stale: readonly AudienceName[]
  votes: readonly Vote[]
  /** lists that count up to an index only, by {@link cutId} */
  cuts: ReadonlyMap<string, number>
  settings: { readonly membersMayInvite: boolean }
  /** up to which index of a list its name statements count: of who is not in any more none that came after the end */
  names: ReadonlyMap<ListName, number>
  /** entries of each list that are in the order: what a new statement may name as its `after` */
  lengths: ReadonlyMap<ListName, number>
  /** statements that found their place in the order, and those whose causes are not here */
  applied: number
  waiting: number
  /** statements in order that changed nothing because of a rule */
  refused: number
}

/** A list of a room as a key of maps. */
export const cutId = (room: RoomName, list: ListName): string => `${room} ${list}`
