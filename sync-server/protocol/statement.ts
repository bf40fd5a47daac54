/** Roster statements: who may come, who is in, in which role, with which keys. What each of them says. */

import { type Bytes, toBase64url } from './bytes.ts'
import type { DeviceId, ListName, RoomName } from './ids.ts'

export const roles = ['follower', 'member', 'coordinator'] as const
export type Role = (typeof roles)[number]
export const audiences = ['all', 'members', 'coordinators'] as const
export type AudienceName = (typeof audiences)[number]

/** The chains of keys that a role holds. */
export const audiencesOfRole: Readonly<Record<Role, readonly AudienceName[]>> = {
  follower: ['all'],
  member: ['all', 'members'],
  coordinator: ['all', 'members', 'coordinators'],
}

/** Roster lists that grew since the author's last statement, each with the length that the author had applied. */
export type After = readonly (readonly [list: ListName, length: number])[]

/** SHA-256 of the next key of some chains. */
export type NewKeys = Readonly<Partial<Record<AudienceName, Bytes>>>

/** How far a list counts; `head` is the head hash of its last entry that does. */
export interface Pin {
  length: number
  head: Bytes
}
/** A room that is here was held whole by the author: a list of the pinned devices that is not named in it counts for 0. */
export type Pins = ReadonlyMap<RoomName, ReadonlyMap<ListName, Pin>>

export interface Genesis {
  type: 'genesis'
  /** raw public keys, 65 bytes each */
  signKey: Bytes
  receiveKey: Bytes
  /** 16 random bytes */
  nonce: Bytes
  /** SHA-256 of the first key of each chain */
  keys: Readonly<Record<AudienceName, Bytes>>
  /** seconds since 1970 by the founder's clock */
  atS: number
}

export interface Ask {
  type: 'ask'
  signKey: Bytes
  receiveKey: Bytes
  /** the invite's raw public key; the invite is what this statement comes after */
  inviteKey: Bytes
  /** by the invite key over `askProof` */
  proof: Bytes
  atS: number
}

export interface Invite {
  type: 'invite'
  after: After
  key: Bytes
  role: Role
  expiresS: number
  uses: number
  approval: boolean
  /** 16 bytes that are computed from its short code; absent where it has none */
  codeId?: Bytes
}

export interface Cancel {
  type: 'cancel'
  after: After
  /** raw public key of the invite */
  key: Bytes
}

/** The name itself is in the entry's sealed part: {@link SealedName}. */
export interface Name {
  type: 'name'
  after: After
}

/** What a joiner shows face to face: keys, and their signature over `cardProof`. */
export interface Card {
  signKey: Bytes
  receiveKey: Bytes
  proof: Bytes
}

/** A coordinator lets somebody in: one who asked, or face to face one who showed a card. */
export interface Admit {
  type: 'admit'
  after: After
  device: DeviceId
  role: Role
  /** null for one who asked */
  card: Card | null
}

/** A coordinator gives a person another role, named by any of its devices. */
export interface RoleChange {
  type: 'role'
  after: After
  device: DeviceId
  role: Role
}

/** A coordinator ends a person's membership. */
export interface Remove {
  type: 'remove'
  after: After
  /** the person's devices as far as the author knows them, 1 to 16 */
  devices: readonly DeviceId[]
  pins: Pins
  /** the newest month room that the author held whole: what the removed wrote into later ones never counts */
  newestMonth: RoomName | null
  keys: NewKeys
}

export interface Rotate {
  type: 'rotate'
  after: After
  keys: NewKeys
}

/** Rooms that the remover did not hold. */
export interface PinLater {
  type: 'pin'
  after: After
  devices: readonly DeviceId[]
  pins: Pins
}

/** Another phone of the author's own person. */
export interface AddDevice {
  type: 'device'
  after: After
  device: DeviceId
  card: Card
}

/** A phone of the author's own person is lost or laid aside. */
export interface Retire {
  type: 'retire'
  after: After
  device: DeviceId
}

export interface Leave {
  type: 'leave'
  after: After
}

export interface Settings {
  type: 'settings'
  after: After
  /** may members invite too (with approval, members and followers)? */
  membersMayInvite: boolean
}

/** Two entries that one device signed for one place: its list counts up to there only. */
export interface Fork {
  type: 'fork'
  after: After
  room: RoomName
  list: ListName
  index: number
  /** head hash of the entry before */
  previous: Bytes
  /** the key of the list's device */
  signKey: Bytes
  entries: readonly [Bytes, Bytes]
}

/** What this version does not know: it has its place in the order, is kept and carried, and changes nothing. */
export interface Carried {
  type: 'carried'
  after: After
}

export type Statement =
  | Genesis
  | Ask
  | Invite
  | Cancel
  | Name
  | Admit
  | RoleChange
  | Remove
  | Rotate
  | PinLater
  | AddDevice
  | Retire
  | Leave
  | Settings
  | Fork
  | Carried

/** Sealed part of genesis, under `all`. */
export interface SealedNetwork {
  name: string
  kind: string
  area: string
}
/** Sealed part of a name statement, under `all`. */
export interface SealedName {
  name: string
  languages: string[]
}

/** Raw public key of an invite as a key of maps. */
export const inviteIdOf = (rawPublicKey: Uint8Array): string => toBase64url(rawPublicKey)
