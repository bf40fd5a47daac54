/** What stands between a backup and a place where one can write again: carried into a new place, or begun anew. */

import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import { createDeviceKeys } from '../../crypto/device-keys.ts'
import type { NetworkRow } from '../../storage/schema.ts'
import type { CommandResult, NetworkCommand } from '../api.ts'
import type { NewMembership } from '../joining.ts'
import type { LocalNetwork } from '../local-network.ts'
import { fetchRareActs } from '../people/fetch-rare-acts.ts'
import type { Places } from '../places.ts'
import { copyOf, type Filling, fillingOf } from './filling.ts'
import { withMediaAnew } from './media-anew.ts'
import type { NetworkCopy } from './network-copy.ts'
import { readRestored } from './restored-place.ts'

/** What a place that came out of a backup holds, for the one that this phone asks to be let into. `current`: the network in use. */
export const carriedFilling = async (
  places: Places,
  row: NetworkRow,
  before: DeviceId,
  current: LocalNetwork | null,
  relay: string,
): Promise<Filling> => {
  if (current?.keys.device === before) return fillingOf(await copyOf(current, relay))
  const local = await places.open({ ...row, deviceId: before })
  try {
    return fillingOf(await copyOf(local, relay))
  } finally {
    await local.close()
  }
}

/** The networks of this phone, as restoring changes them. */
export interface RestoringNetworks {
  places: Places
  /** of the relay of networks without one of their own */
  appOrigin: string
  /** the one in use */
  local(): LocalNetwork | null
  row(network: NetworkId): Promise<NetworkRow | undefined>
  use(network: NetworkId): Promise<CommandResult>
  create(about: Omit<NetworkCommand & { type: 'network.create' }, 'type'>): Promise<CommandResult>
  /** a new place, which is in use then */
  begin(
    place: { made: NewMembership; nickname: string; language: string },
    filling: Filling,
  ): Promise<CommandResult>
}

/** What a network that is here lacks comes beside what it has. */
const addTo = async (
  row: NetworkRow,
  copy: NetworkCopy,
  networks: RestoringNetworks,
): Promise<CommandResult> => {
  await networks.places.within(row, fillingOf(copy).pour)
  const used = await networks.use(row.networkId)
  const local = networks.local()
  if (!used.ok || !local) return used
  await local.replica.drain()
  await local.replica.adopt(copy.keys, copy.contentKeys)
  return ok({ networkId: row.networkId, networkName: row.name })
}

/** Beside what is here, never in its stead: a network that is here gets what it lacks, another is there to be read. */
export const restore = async (copy: NetworkCopy, networks: RestoringNetworks): Promise<CommandResult> => {
  const { network, networkName, nickname, language, member, madeAt } = copy
  const existing = await networks.row(network)
  if (existing) return addTo(existing, copy, networks)
  const relay = copy.relay === networks.appOrigin ? '' : copy.relay
  const made = { network, keys: await createDeviceKeys(), relay, networkName, invite: null, drafts: [] }
  return networks.begin({ made, nickname, language }, fillingOf(copy, { member, madeAt }))
}

/** Where nobody is left who could let this phone in: a new network with what its owner wrote. */
export const beginAnew = async (
  { nickname, language }: { nickname: string; language: string },
  networks: RestoringNetworks,
): Promise<CommandResult> => {
  const old = networks.local()
  const acts = await fetchRareActs()
  if (!acts.ok) return acts
  const restored = old && (await readRestored(old.database))
  if (!old || !restored) return fail({ code: 'noNetwork' })
  const { row, replica } = old
  const { devices, former } = replica.book.roster
  const mine = [...devices.values(), ...former.values()].filter(({ member }) => member === restored.member)
  const created = await networks.create({ name: row.name, kind: 'other', area: '', nickname, language })
  const made = networks.local()
  if (!created.ok || !made) return created
  const { sayHere, network, database: own } = made
  await networks.places.within(row, (database) => {
    const [from, to] = [
      { database, network: row.networkId },
      { database: own, network },
    ]
    return acts.value.retellAll(database, new Set(mine.map(({ id }) => id)), {
      isThere: sayHere.isThere,
      run: async (command) =>
        sayHere.run(command.type === 'need.add' ? await withMediaAnew(from, to, command) : command),
    })
  })
  return ok({ networkId: network, networkName: row.name })
}
