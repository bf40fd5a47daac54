/** Names on the wire: networks, devices, rooms and lists, and how each is computed (PROTOCOL.md, "Names"). */

import { type Bytes, fromBase64url, sha256, toBase64url } from './bytes.ts'

declare const brand: unique symbol
type Branded<Text extends string> = string & { readonly [brand]: Text }

/** 16 bytes as base64url, 22 characters: the first half of SHA-256 of the raw public signing key. */
export type DeviceId = Branded<'DeviceId'>
/** 16 bytes as base64url, 22 characters: the first half of SHA-256 of genesis's public part. */
export type NetworkId = Branded<'NetworkId'>
/** `roster`, `board`, `YYYY-MM`, or `s-<22 characters>-board` and `s-<22 characters>-YYYY-MM`. */
export type RoomName = Branded<'RoomName'>
/** `<deviceId>.<generation>`, generation 0-255 in decimal: the name of a list's root Y.Array. */
export type ListName = Branded<'ListName'>

export const idLength = 16
const isId = (text: string): boolean => text.length === 22 && fromBase64url(text)?.length === idLength

export const isDeviceId = (text: string): text is DeviceId => isId(text)
export const isNetworkId = (text: string): text is NetworkId => isId(text)

const month = '\\d{4}-(?:0[1-9]|1[0-2])'
const roomPattern = new RegExp(`^(?:roster|(?:s-[\\w-]{22}-)?(?:board|${month}))$`)
export const isRoomName = (text: string): text is RoomName => roomPattern.test(text)

export const rosterRoom = 'roster' as RoomName
export const boardRoom = 'board' as RoomName

/** The month room of a time in ms since 1970, UTC, so that every phone names the same room. */
export const monthRoom = (timeMs: number): RoomName => new Date(timeMs).toISOString().slice(0, 7) as RoomName
/** First ms of the month that a room is for, or null for a room that lives long. */
export const monthStartMs = (room: RoomName): number | null => {
  const found = /(\d{4})-(\d{2})$/.exec(room)
  return found ? Date.UTC(Number(found[1]), Number(found[2]) - 1) : null
}

const firstHalf = async (bytes: Bytes): Promise<Bytes> => (await sha256(bytes)).slice(0, idLength)

export const deviceIdOfKey = async (rawPublicKey: Bytes): Promise<DeviceId> =>
  toBase64url(await firstHalf(rawPublicKey)) as DeviceId
export const networkIdOfGenesis = async (publicPart: Bytes): Promise<NetworkId> =>
  toBase64url(await firstHalf(publicPart)) as NetworkId

/** The 16 bytes of a network or device id. */
export const idBytes = (id: DeviceId | NetworkId): Bytes => {
  const bytes = fromBase64url(id)
  if (!bytes) throw new Error('an id is always base64url')
  return bytes
}

export interface ListKey {
  readonly device: DeviceId
  /** 0-255 */
  readonly generation: number
}

export const listNameOf = ({ device, generation }: ListKey): ListName => `${device}.${generation}` as ListName

export const parseListName = (name: string): ListKey | null => {
  const device = name.slice(0, 22)
  const digits = name.slice(23)
  if (name[22] !== '.' || !isDeviceId(device) || !/^(?:0|[1-9]\d{0,2})$/.test(digits)) return null
  const generation = Number(digits)
  return generation <= 255 ? { device, generation } : null
}

/** First 45 bits of a device id as a number: what its Yjs client ids have in common. */
export const clientPrefix = (device: DeviceId): number => {
  const bytes = idBytes(device)
  let prefix = 0
  for (let i = 0; i < 5; i++) prefix = prefix * 256 + (bytes[i] as number)
  return prefix * 32 + ((bytes[5] as number) >> 3)
}

/** The Yjs client id of a list: 45 bits of the device × 256 + generation, at most 2^53 - 1. */
export const clientOfList = ({ device, generation }: ListKey): number =>
  clientPrefix(device) * 256 + generation
/** As {@link clientOfList}, of a name that was checked where it came in. */
export const clientOfName = (list: ListName): number => {
  const key = parseListName(list)
  if (!key) throw new Error('a list name is always device.generation')
  return clientOfList(key)
}
export const prefixOfClient = (client: number): number => Math.floor(client / 256)
export const generationOfClient = (client: number): number => client % 256
