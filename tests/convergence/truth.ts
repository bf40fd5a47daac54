/** What all phones together have said: the roster of both relays' statements, and what of it is power. */

import { rosterEntryOf } from '../../sync-server/network-roster.ts'
import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, type NetworkId, parseListName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { SimRelay } from './sim-relay.ts'
import type { Resident, Village } from './village.ts'

const saidIn = async ({
  relays,
  network,
}: {
  relays: readonly SimRelay[]
  network: NetworkId
}): Promise<RosterEntry[]> => {
  const held = await Promise.all(relays.map(({ store }) => store.readSince(network, rosterRoom, 0, 1e9)))
  return held.flatMap(({ entries }) => entries.map((row) => rosterEntryOf(row.list, row.index, row)))
}

export const truthOf = async (village: Village): Promise<Roster> => reduceRoster(await saidIn(village))

/** What one relay knows of it. */
export const rosterAt = async ({ network }: Village, relay: SimRelay): Promise<Roster> =>
  reduceRoster(await saidIn({ network, relays: [relay] }))

export interface Wish {
  by: DeviceId
  devices: readonly DeviceId[]
}

/** Who ever said that whom should go, whether or not it counts. */
export const wishesIn = async (village: Village): Promise<Wish[]> =>
  (await saidIn(village)).flatMap(({ list, statement }) => {
    const by = parseListName(list)?.device
    return by && statement?.type === 'remove' ? [{ by, devices: statement.devices }] : []
  })

/**
 * Who may do what, in which keys; nothing of how it came about. What became of phones of `besides` is left out, and the
 * keys with it: a phone that turns out to have been laid aside before has them changed once more.
 */
export const powerOf = (
  roster: Roster,
  besides: ReadonlySet<DeviceId> = new Set(),
): Record<string, unknown> => {
  const { devices, former, invites, chains, current, stale, settings, votes } = roster
  const ends = [...former.values()].filter(({ member }) => !besides.has(member))
  const keys = {
    chains: Object.values(chains).map((hashes) => hashes.map(toBase64url)),
    keys: [current, stale],
  }
  return {
    devices: [...devices.values()].map(({ id, member, role }) => `${id} ${member} ${role}`).sort(),
    former: ends.map(({ id, end }) => `${id} ${end}`).sort(),
    invites: [...invites].flatMap(([id, { cancelled, used }]) => (cancelled ? [] : [`${id} ${used}`])).sort(),
    ...(besides.size === 0 ? keys : {}),
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
