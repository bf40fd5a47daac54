/** What all phones together have said: the roster of both relays' statements, and what of it is power. */

import { rosterEntryOf } from '../../sync-server/network-roster.ts'
import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { Resident, Village } from './village.ts'

export const truthOf = async ({ relays, network }: Village): Promise<Roster> => {
  const held = await Promise.all(relays.map(({ store }) => store.readSince(network, rosterRoom, 0, 1e9)))
  return reduceRoster(
    held.flatMap(({ entries }) => entries.map((row) => rosterEntryOf(row.list, row.index, row))),
  )
}

/** Who may do what, in which keys; nothing of how it came about. */
export const powerOf = (roster: Roster): Record<string, unknown> => {
  const { devices, former, invites, chains, current, stale, settings, votes } = roster
  return {
    devices: [...devices.values()].map(({ id, member, role }) => `${id} ${member} ${role}`).sort(),
    former: [...former.values()].map(({ id, end }) => `${id} ${end}`).sort(),
    invites: [...invites].flatMap(([id, { cancelled, used }]) => (cancelled ? [] : [`${id} ${used}`])).sort(),
    chains: Object.values(chains).map((keys) => keys.map(toBase64url)),
    keys: [current, stale],
    settings,
    votes: votes.map(({ by, member, change }) => `${by} ${member} ${change}`).sort(),
  }
}

/** Null while this phone is in no network. */
export const deviceOf = ({ phone }: Resident): DeviceId | null => phone.engine.local?.keys.device ?? null

/** Residents whose phones are in by this roster. */
export const insidersOf = ({ residents }: Village, { devices }: Roster): Resident[] =>
  residents.filter((resident) => devices.has(deviceOf(resident) as DeviceId))

/** Those of them who read what members write. */
export const readersOf = (village: Village, roster: Roster): Resident[] =>
  insidersOf(village, roster).filter(
    (resident) => roster.devices.get(deviceOf(resident) as DeviceId)?.role !== 'follower',
  )

/** Null when nobody coordinates any more. */
export const coordinatorOf = (village: Village, roster: Roster): Resident | null =>
  insidersOf(village, roster).find(
    (resident) => roster.devices.get(deviceOf(resident) as DeviceId)?.role === 'coordinator',
  ) ?? null
