/** This phone's places in networks, on disk: made with their keys, opened under a new lease, asked how they stand. */

import { Dexie } from 'dexie'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { rowFormat } from '../records/row-format.ts'
import { type AppDatabase, type NetworkDatabase, openNetworkDatabase } from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import { type NetworkRow, networkDatabaseName, type Place, placeName } from '../storage/schema.ts'
import type { SparePlace, SparePlaces } from '../storage/spare-places.ts'
import { readRestored } from './backup/restored-place.ts'
import { introduceKey, type KeptInvite, keepInvite, keptInvite, type NewMembership } from './joining.ts'
import { endedKey, LocalNetwork, type LocalNetworkParts } from './local-network.ts'

export interface PlacesParts
  extends Omit<LocalNetworkParts, 'database' | 'row' | 'keys' | 'mirror' | 'lease' | 'restoredOf'> {
  /** `folder` is of one place */
  openMirror(folder: string, lease: number): Promise<Mirror>
  /** without it what the browser loses with its database is lost */
  spare?: SparePlaces
}

class KeysMissing extends Error {}

export class Places {
  readonly #parts: PlacesParts

  constructor(parts: PlacesParts) {
    this.#parts = parts
  }

  /** Keys and, face to face, the roster: nothing shows it yet. */
  async make(made: NewMembership, language: string, updates: readonly Bytes[]): Promise<void> {
    const { network, keys, invite } = made
    const database = this.#database({ networkId: network, deviceId: keys.device })
    await database.transaction('rw', database.meta, database.inbox, async () => {
      await database.meta.bulkPut([
        { key: 'device', value: keys },
        { key: 'language', value: language },
        ...(updates.length > 0 ? [{ key: introduceKey, value: true }] : []),
      ])
      if (invite) await keepInvite(database, invite)
      const rows = updates.map((update) => ({
        room: rosterRoom,
        update,
        source: 'welcome',
        parked: 0 as const,
      }))
      await database.inbox.bulkAdd(rows)
    })
    database.close()
  }

  async open(row: NetworkRow): Promise<LocalNetwork> {
    const database = this.#database(row)
    const keys = (await database.meta.get('device'))?.value as DeviceKeys | undefined
    if (!keys) {
      database.close()
      throw new KeysMissing('the keys of this network are not on this phone')
    }
    const lease = await takeLease(database)
    const mirror = await this.#parts.openMirror(placeName(row), lease)
    const restoredOf = (await readRestored(database))?.member ?? null
    return LocalNetwork.open({ ...this.#parts, database, row, keys, lease, mirror, restoredOf })
  }

  /** Puts back what the browser has lost with its database; the number of places. A failure keeps nobody from the rest. */
  async putBack(app: AppDatabase): Promise<number> {
    const { spare, prefix } = this.#parts
    if (!spare) return 0
    try {
      const names = await Dexie.getDatabaseNames()
      const rows = await app.networks.toArray()
      const isLost = ({ networkId, row }: SparePlace): boolean =>
        !names.includes(networkDatabaseName(prefix, row)) ||
        !rows.some((each) => each.networkId === networkId)
      if (!(await spare.all()).some(isLost)) return 0
      // hardly ever needed: it does not make the start wait
      const { putBackPlaces } = await import('./lost-places.ts')
      return await putBackPlaces(app, spare, prefix)
    } catch (error) {
      console.warn('lost places were not put back', error)
      return 0
    }
  }

  /** An ask that came to nothing is not to come back. */
  async forget({ networkId }: NetworkRow): Promise<void> {
    await this.#parts.spare?.drop(networkId)
  }

  /** Null for a network whose database the browser has cleared away: it keeps nobody from the others. */
  async openIfHeld(row: NetworkRow): Promise<LocalNetwork | null> {
    try {
      return await this.open(row)
    } catch (error) {
      if (error instanceof KeysMissing) return null
      throw error
    }
  }

  /** Of a network that is not in use: the invite with which this phone still asks to join, and whether its place is over. */
  async standing(row: NetworkRow): Promise<{ invite: KeptInvite | null; isOver: boolean }> {
    const database = this.#database(row)
    const invite = await keptInvite(database)
    const ended = await database.meta.get(endedKey)
    database.close()
    return { invite, isOver: ended !== undefined }
  }

  /** Before a place is opened, or where only its database is asked. */
  async within<Value>(place: Place, job: (database: NetworkDatabase) => Promise<Value>): Promise<Value> {
    const database = this.#database(place)
    try {
      return await job(database)
    } finally {
      database.close()
    }
  }

  #database(place: Place): NetworkDatabase {
    return openNetworkDatabase(place, rowFormat, this.#parts.prefix)
  }
}

/** A number that grows each time somebody takes the network over: it fences the writes of who had it before. */
const takeLease = (database: NetworkDatabase): Promise<number> =>
  database.transaction('rw', database.meta, async () => {
    const lease = Number((await database.meta.get('lease'))?.value ?? 0) + 1
    await database.meta.put({ key: 'lease', value: lease })
    return lease
  })
