/** Who may open a live socket, and for which room: the same token and the same roster as for a POST. */

import { isPrivateRoom } from '../intake.ts'
import type { Rosters } from '../network-roster.ts'
import type { Bytes } from '../protocol/bytes.ts'
import { type DeviceId, type NetworkId, type RoomName, rosterRoom } from '../protocol/ids.ts'
import type { LiveCloseReason } from '../protocol/live.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { Roster } from '../protocol/roster.ts'
import { checkToken, parseToken } from '../protocol/token.ts'

/** What somebody asks for who opens a socket. */
export interface LiveVisit {
  readonly network: NetworkId
  readonly room: RoomName
  readonly token: Bytes
  /** those under which phones may know this relay */
  readonly origins: readonly string[]
}

export interface LiveRefusal {
  readonly reason: LiveCloseReason
  /** as `liveCloseCodes` explains it */
  readonly amount?: number
}

/** Members read and write every room; who waits for approval the roster alone [R5]. */
export const mayBeLive = (roster: Roster, device: DeviceId, room: RoomName): boolean => {
  if (roster.devices.has(device)) return !isPrivateRoom(room)
  return room === rosterRoom && roster.askers.get(device)?.mayReadRoster === true
}

/** The device that the token proves. Whether it may is asked again whenever the roster grows. */
export const admitLive = async (
  { rosters, now }: { readonly rosters: Rosters; readonly now: () => number },
  visit: LiveVisit,
): Promise<Result<DeviceId, LiveRefusal>> => {
  const token = parseToken(visit.token)
  if (!token.ok || token.value.network !== visit.network) return fail({ reason: 'token' })
  const held = await rosters.get(visit.network)
  if (held.entries.length === 0) return fail({ reason: 'unknownNetwork' })
  const { device } = token.value
  const key = await held.keyOf(device)
  if (!key) return fail({ reason: 'notMember' })
  const verdict = await checkToken(token.value, key, visit.origins, now())
  if (verdict === 'clock') return fail({ reason: 'clock', amount: now() })
  if (verdict !== 'ok') return fail({ reason: 'token' })
  return mayBeLive(held.roster, device, visit.room) ? ok(device) : fail({ reason: 'notMember' })
}
