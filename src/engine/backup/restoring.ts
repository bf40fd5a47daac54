/** What stands between a backup and a place where one can write again: carried into a new place, or begun anew. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import type { NetworkRow } from '../../storage/schema.ts'
import type { CommandError, CommandResult } from '../api.ts'
import type { LocalNetwork } from '../local-network.ts'
import { fetchRareActs } from '../people/fetch-rare-acts.ts'
import type { Places } from '../places.ts'
import { copyOf, type Filling, fillingOf } from './filling.ts'
import { withMediaAnew } from './media-anew.ts'
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

export interface AnewParts {
  places: Places
  /** the restored one */
  local: LocalNetwork | null
  create(name: string, nickname: string, language: string): Promise<LocalNetwork | CommandError>
}

/** Where nobody is left who could let this phone in: a new network with what its owner wrote. */
export const beginAnew = async (
  { nickname, language }: { nickname: string; language: string },
  { places, local: old, create }: AnewParts,
): Promise<CommandResult> => {
  const acts = await fetchRareActs()
  if (!acts.ok) return acts
  const restored = old && (await readRestored(old.database))
  if (!old || !restored) return fail({ code: 'noNetwork' })
  const { row, replica } = old
  const { devices, former } = replica.book.roster
  const mine = [...devices.values(), ...former.values()].filter(({ member }) => member === restored.member)
  const made = await create(row.name, nickname, language)
  if ('code' in made) return fail(made)
  const { sayHere, network, database: own } = made
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
  return ok({ networkId: network, networkName: row.name })
}
