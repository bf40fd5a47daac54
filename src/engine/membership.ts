/** The roster as records ask of it: roles, persons, and whether what somebody wrote counts. */

import { doesCount } from '../../sync-server/protocol/does-count.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { Membership } from '../records/record-type.ts'

/** The person whose phone this is; the device itself where the roster does not know it. */
export const memberOf = ({ devices, former }: Roster, device: DeviceId): DeviceId =>
  (devices.get(device) ?? former.get(device))?.member ?? device

/** For what a device writes now: it may do what its present role may, whatever its earlier acts count as. */
export const membershipNow = (members: Membership, roster: Roster, me: DeviceId): Membership => ({
  ...members,
  roleOf: (device) => (device === me ? (roster.devices.get(me)?.role ?? null) : members.roleOf(device)),
})

/** `roster` gives the present one: what is asked later is answered by what is known later. */
export const membershipBy = (roster: () => Roster): Membership => ({
  roleOf: (device) => (roster().devices.get(device) ?? roster().former.get(device))?.writesAs ?? null,
  memberOf: (device) => memberOf(roster(), device),
  doesCount: (row) => doesCount(roster(), row),
})
