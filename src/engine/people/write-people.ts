/** Writes the rows about people, invites and requests; this and nothing else does. */

import type { DeviceId, NetworkId } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import type { SealedName } from '../../../sync-server/protocol/statement.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { networkSettingsKey } from '../../storage/schema.ts'
import { joiningWords } from './joining-words.ts'
import { madeInvites } from './made-invites.ts'
import { hasWords, inviteRows, memberRows, requestRows, waitingAskers } from './people-rows.ts'

const declinedKey = 'declined'

/** Devices to whose request «not now» was said on this phone. */
export const declinedDevices = async (database: NetworkDatabase): Promise<Set<DeviceId>> =>
  new Set(((await database.meta.get(declinedKey))?.value ?? []) as DeviceId[])

export const decline = (database: NetworkDatabase, device: DeviceId): Promise<void> =>
  database.transaction('rw', database.meta, database.requests, async () => {
    const value = [...(await declinedDevices(database)).add(device)]
    await database.meta.put({ key: declinedKey, value })
    await database.requests.update(device, { declined: 1 })
  })

export interface PeopleView {
  database: NetworkDatabase
  network: NetworkId
  roster: Roster
  /** by person, or device of who asks */
  names: ReadonlyMap<DeviceId, SealedName>
  me: DeviceId
}

export const writePeople = async ({ database, network, roster, names, me }: PeopleView): Promise<void> => {
  const words = new Map<DeviceId, number[]>()
  for (const asker of waitingAskers(roster, names).filter((one) => hasWords(roster, one)))
    words.set(asker.id, await joiningWords(network, asker, asker.inviteKey))
  const { members, invites, requests, meta } = database
  await database.transaction('rw', members, invites, requests, meta, async () => {
    const people = memberRows(roster, names, me)
    await members
      .where('deviceId')
      .noneOf(people.map(({ deviceId }) => deviceId))
      .delete()
    await members.bulkPut(people)
    const open = inviteRows(roster, await madeInvites(database))
    await invites
      .where('inviteId')
      .noneOf(open.map(({ inviteId }) => inviteId))
      .delete()
    await invites.bulkPut(open)
    const asking = requestRows(roster, names, words, await declinedDevices(database))
    await requests
      .where('deviceId')
      .noneOf(asking.map(({ deviceId }) => deviceId))
      .delete()
    await requests.bulkPut(asking)
    await meta.put({ key: networkSettingsKey, value: { ...roster.settings } })
  })
}
