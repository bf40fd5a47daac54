/** What stands between a backup and a place where one can write again: carried into a new place, or begun anew. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail } from '../../../sync-server/protocol/result.ts'
import type { NetworkRow } from '../../storage/schema.ts'
import type { CommandResult } from '../api.ts'
import type { LocalNetwork } from '../local-network.ts'
import { fetchRareActs } from '../people/fetch-rare-acts.ts'
import type { Places } from '../places.ts'
import { fetchBackupActs } from './backup-door.ts'
import type { Filling } from './filling.ts'
import { withMediaAnew } from './media-anew.ts'
import { readRestored } from './restored-place.ts'

/**
 * What a place that came out of a backup holds, for the one that this phone asks to be let into; null where it came out of
 * none. `current`: the network in use. Without the code for it nothing is begun: the one copy would stay behind.
 */
export const carriedFilling = async (
  places: Places,
  row: NetworkRow,
  before: DeviceId,
  current: LocalNetwork | null,
  relay: string,
): Promise<Filling | null> => {
  const place = { ...row, deviceId: before }
  if (!(await places.within(place, readRestored))) return null
  const acts = await fetchBackupActs()
  if (!acts.ok) throw new Error('the code that carries a backup over did not come')
  if (current?.keys.device === before) return acts.value.fillingOf(await acts.value.copyOf(current, relay))
  const local = await places.open(place)
  try {
    return acts.value.fillingOf(await acts.value.copyOf(local, relay))
  } finally {
    await local.close()
  }
}

/** Where nobody is left who could let this phone in: a new network, which `create` makes, with what its owner wrote. */
export const beginAnew = async (
  places: Places,
  old: LocalNetwork | null,
  create: (name: string) => Promise<{ created: CommandResult; local: LocalNetwork | null }>,
): Promise<CommandResult> => {
  const acts = await fetchRareActs()
  if (!acts.ok) return acts
  const restored = old && (await readRestored(old.database))
  if (!old || !restored) return fail({ code: 'noNetwork' })
  const { row, replica } = old
  const { devices, former } = replica.book.roster
  const mine = [...devices.values(), ...former.values()].filter(({ member }) => member === restored.member)
  const { created, local } = await create(row.name)
  if (!created.ok || !local) return created
  const { sayHere, network, database: own } = local
  await places.within(row, (database) => {
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
  return created
}
