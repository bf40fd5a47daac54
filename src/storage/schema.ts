/** Names and shapes of everything kept on the phone. No Dexie here: the service worker reads this too. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId, ListName, NetworkId, RoomName } from '../../sync-server/protocol/ids.ts'

/** Database of the app itself: which networks there are, settings, drafts. */
export const appDatabaseName = (prefix: string): string => `${prefix}tadamun`
/**
 * This phone's part in one network. Its databases and its mirror are named after both, so that a second try to join
 * never meets what the first one left.
 */
export interface Place {
  networkId: NetworkId
  deviceId: DeviceId
}

/** What all names of one place have in common. */
export const placeName = ({ networkId, deviceId }: Place): string => `${networkId}-${deviceId}`

/** Dexie database of one network. */
export const networkDatabaseName = (prefix: string, place: Place): string =>
  `${prefix}tadamun-${placeName(place)}`
/** y-indexeddb database of one room. */
export const roomDatabaseName = (prefix: string, place: Place, room: RoomName): string =>
  `${networkDatabaseName(prefix, place)}-room-${room}`

/** Cache of files that another app shared: each under `sharedFilePath` and a name, until a form has taken it. */
export const sharedFilesCache = 'shared-files'
/** Before the moment in ms at which it came, and its number. */
export const sharedFilePath = '/shared-file/'
/** Whoever has not come for them in that time does not want them. */
export const sharedFileDaysMs = 3 * 24 * 60 * 60_000

/** Web Lock of whoever exchanges on this phone: the engine, or the service worker while no page is open. */
export const exchangeLock = 'tadamun-exchange'
/** BroadcastChannel on which the service worker says that it wrote into the tables of a network. */
export const backgroundChannel = 'tadamun-background'
/** Tag of background sync and of periodic background sync. */
export const backgroundTag = 'tadamun-exchange'

/** Cache for a packet that another app shared, until the screen for it has taken it: one at a time, the newest. */
export const receivedPacketCache = 'received-packet'
export const receivedPacketPath = '/received-packet'

/** Cache of what the places that a start leads to looked like when they were last seen: a {@link LastView} as JSON for each. */
export const lastViewCache = 'last-view'
export type FirstPlace = 'today' | 'board'
export const firstPlaceAt: Readonly<Record<string, FirstPlace>> = {
  '/': 'today',
  '/today': 'today',
  '/board': 'board',
}
export const lastViewPath = (place: FirstPlace): string => `/last-view/${place}`

/** The service worker puts it into the page, so that a start shows it before any script has run (docs/decisions/0037). */
export interface LastView {
  /** {@link placeName} of whose it is */
  of: string
  /** attributes of the page's root: language, direction, colours, size of the text */
  root: Record<string, string>
  /** what index.html need not name: styles, the letters, the place's own scripts; `attributes` as they stand in a tag */
  links: { attributes: string; href: string }[]
  /** drawings by the `id` of their `symbol` */
  icons: Record<string, string>
  html: string
}

/** Dexie index strings; the tables of record types are added from `records/row-format.ts`. */
export const appTables = {
  networks: 'networkId',
  settings: 'key',
  drafts: 'key',
} as const

export const networkTables = {
  meta: 'key',
  keys: 'keyId, audience',
  contentKeys: 'keyId',
  lists: '[room+list], room',
  ownLists: 'room',
  outbox: '++id, room, *recordIds',
  inbox: '++id',
  cursors: '[relay+room], room',
  statements: '[list+index]',
  operations: '[room+list+index+position], recordId, author',
  waiting: '[room+list+index], keyId, isOthers',
  members: 'deviceId',
  invites: 'inviteId',
  requests: 'deviceId',
  blobs: 'id, state',
  arrivals: '++n',
} as const

/** One network that this phone takes part in. */
export interface NetworkRow {
  networkId: NetworkId
  deviceId: DeviceId
  /** whose phone this is: `creator` of what he wrote on any of his phones; absent while it is his first, `deviceId` */
  memberId?: DeviceId
  /** this phone's place that was over before it asked again: it can be read again where the ask comes to nothing */
  before?: DeviceId
  /** as last read from the roster, or from the invite while nothing has arrived */
  name: string
  nickname: string
  createdAt: number
  /** ms since 1970; the network with the greatest is the one in use */
  usedAt: number
  /** origin of its relay, '' for the one that serves the app */
  relay: string
}

export interface SettingRow {
  key: string
  value: unknown
}

/** What a form holds, kept on every keystroke. */
export interface DraftRow {
  key: string
  value: unknown
  savedAt: number
}

/** The row of `meta` that says what the network has decided for itself: {@link NetworkSettings}. */
export const networkSettingsKey = 'network-settings'

/** The row of `meta` in a place that came out of a backup: it is read, until this phone is let in anew. */
export const restoredKey = 'restored'

export interface NetworkSettings {
  /** not coordinators alone; what members invite needs approval */
  membersMayInvite: boolean
}

export interface MetaRow {
  key: string
  value: unknown
}

/** An audience key that this phone holds. */
export interface KeyRow {
  /** base64url of the 8-byte key id */
  keyId: string
  audience: string
  bytes: Bytes
}

/** The key of one confidential record, which this phone made or was given. */
export interface ContentKeyRow {
  /** base64url of the 8-byte key id */
  keyId: string
  bytes: Bytes
}

/** How much of a list went through the gate into the room's log. */
export interface ListRow {
  room: RoomName
  list: ListName
  length: number
  /** head hash of the last entry */
  head: Bytes
}

/** Where the next own entry in a room goes. Sealing reads this, never the log: the log may have lost its end. */
export interface OwnListRow {
  room: RoomName
  list: ListName
  nextIndex: number
  /** head hash of the entry before */
  head: Bytes
}

/** An own entry that must not be forgotten: it leaves after the room's barrier and a relay's receipt. */
export interface OutboxRow {
  id?: number
  room: RoomName
  list: ListName
  index: number
  entry: Bytes
  /** head hash after this entry */
  head: Bytes
  /** what it says, so that a screen can name it */
  recordIds: string[]
  savedAt: number
  /** 1 once it is in the room's log behind a strict barrier */
  logged: 0 | 1
  /** what was sealed: needed to seal it again where a relay refuses its room [R30] */
  again: { kind: number; audience: string; plaintext: Bytes } | null
  /** 1 once a relay has said that it is durable there */
  delivered: 0 | 1
  /** why a relay refused it, if one did */
  refused?: string
}

/** An update as it came, before the gate. */
export interface InboxRow {
  id?: number
  room: RoomName
  update: Bytes
  source: string
  /** 1 while it waits for a gap or an author [R3] */
  parked: 0 | 1
}

/** How far this phone has read one room on one relay. */
export interface CursorRow {
  relay: string
  room: RoomName
  cursor: number
}

/** A roster entry that was taken in; the roster is reduced from these. */
export interface StatementRow {
  list: ListName
  index: number
  entry: Bytes
  head: Bytes
}

/** One opened operation; the rows of its record are reduced from these. */
export interface OperationRow {
  room: RoomName
  list: ListName
  index: number
  /** place within its entry */
  position: number
  recordId: string
  type: string
  author: DeviceId
  /** base64url id of the key that opened it; says for whom it was sealed */
  keyId: string
  audience: string
  at: [count: number, wallMs: number]
  op: 'create' | 'set' | 'erase'
  nonce?: Bytes
  fields?: Record<string, unknown>
}

/** What an operation of another person did here; `n` grows in the order of arrival. */
export interface ArrivalRow {
  n?: number
  recordId: string
  type: string
  op: 'create' | 'set' | 'erase'
  /** the person */
  by: DeviceId
  /** the writer's clock, ms */
  at: number
  /** what a `set` wrote */
  fields: string[]
  /** what this phone's owner wrote at the same time, neither knowing of the other */
  beside?: string[]
}

/** How far this person has looked at what arrived: in `meta` under {@link seenKey}, never sent. */
export interface Seen {
  /** greatest `n` that was looked at */
  n: number
  /** place of the newest member in the order of admission */
  seniority: number
  /** where the look before that ended */
  before: { n: number; seniority: number }
}

export const seenKey = 'seen'

/** An entry that cannot be opened yet: its key is not here. */
export interface WaitingRow {
  room: RoomName
  list: ListName
  index: number
  entry: Bytes
  /** base64url id of the key that it was sealed under */
  keyId: string
  /** head hash of the entry before it: part of the place it was sealed for */
  previous: Bytes
  /** 1 once a grant has named its key: it may be meant for others, and is not counted as unread */
  isOthers?: 1
}

/** A sealed picture or voice note. */
export interface BlobRow {
  /** SHA-256 of the sealed bytes, base64url */
  id: string
  kind: 'photo' | 'voice'
  /** sealed; of one that is `coming` what came so far */
  bytes: Bytes
  /** of all of it */
  size: number
  /**
   * `draft`: made here, in a form that was not saved. `unsent`: made here and saved. `sent`: at the relay, as a relay said.
   * `coming`: fetched in part. `fetched`: its hash is right.
   */
  state: 'draft' | 'unsent' | 'sent' | 'coming' | 'fetched'
  /** how much of an `unsent` one is at the relay */
  sentBytes: number
  /** when it was made or last looked at, ms since 1970 */
  usedAt: number
  /** why a relay does not take it, if it said so */
  refused?: string
}

type RoleName = 'coordinator' | 'member' | 'follower'

/** A person of this network, as the roster says; who was removed or has left stays: names stand on old things. */
export interface MemberRow {
  /** the person's first device: the id of the person, and `creator` of what he wrote on any of his phones */
  deviceId: DeviceId
  name: string
  /** the last one of who is not in any more */
  role: RoleName
  languages: string[]
  /** place in the order of admission, 0 for the founder */
  seniority: number
  joinedAt: number
  /** person who made the invite or let him in; null for the founder */
  invitedBy: DeviceId | null
  isMe: 0 | 1
  /** active phones; those of a former person that he had at the end */
  devices: { id: DeviceId; joinedAt: number; isThis: boolean }[]
  /** null while he is in */
  end: 'removed' | 'left' | null
  /** person who removed him */
  endedBy: DeviceId | null
  /** what coordinators want to change about him and needs one more: `by` are persons */
  votes: { by: DeviceId; change: 'remove' | RoleName }[]
}

/** An invite, open or over. */
export interface InviteRow {
  inviteId: string
  role: RoleName
  /** ms since 1970 */
  expiresAt: number
  uses: number
  used: number
  approval: boolean
  cancelled: boolean
  /** person who made it */
  by: DeviceId
  /** ms since 1970; null where this phone did not see it being made */
  madeAt: number | null
  /** only where this phone made it */
  link?: string
  /** short code to read out or type, as it is shown; only where this phone made it and a relay took it */
  code?: string
}

/** Somebody who asks to be let in, for a coordinator's eyes. */
export interface RequestRow {
  deviceId: DeviceId
  /** '' while the key of the invite is not here */
  name: string
  languages: string[]
  askedAt: number
  inviteId: string
  /** person who made the invite; null when it is not known */
  invitedBy: DeviceId | null
  /** the role that the invite was made for */
  role: RoleName
  /** four numbers, 0-255: the words that the asker sees as well; none for who was in already and was pushed out */
  words: number[]
  reason: 'approval' | 'used' | 'expired' | 'cancelled' | 'noInvite'
  /** 1: «not now» was said on this phone */
  declined: 0 | 1
}
