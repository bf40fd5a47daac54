/** Which network is on the screen, and its open database: known from the phone alone, before the engine is awake. */

import { effect, type ReadonlySignal, signal } from '@preact/signals'
import { liveQuery } from 'dexie'
import type { EngineStatus } from '../engine/api.ts'
import { rowFormat } from '../records/row-format.ts'
import { type AppDatabase, type NetworkDatabase, openNetworkDatabase } from '../storage/database.ts'
import type { NetworkRow } from '../storage/schema.ts'
import { followCategories } from './own-categories.ts'

export interface CurrentNetwork {
  /** undefined until read, null when there is none */
  network: ReadonlySignal<NetworkRow | null | undefined>
  database: ReadonlySignal<NetworkDatabase | null>
}

const sameRow = (one: NetworkRow | null | undefined, other: NetworkRow | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The engine's choice; until it has said one, the one that was in use last. */
export const followNetwork = (
  app: AppDatabase,
  status: ReadonlySignal<EngineStatus>,
  onFailure: (reason: unknown) => void,
): CurrentNetwork => {
  const rows = signal<readonly NetworkRow[] | undefined>(undefined)
  const network = signal<NetworkRow | null | undefined>(undefined)
  const database = signal<NetworkDatabase | null>(null)

  liveQuery(() => app.networks.toArray()).subscribe({
    next: (found) => {
      rows.value = found
    },
    error: onFailure,
  })
  effect(() => {
    if (rows.value === undefined) return
    const lastFirst = [...rows.value].sort((one, other) => other.usedAt - one.usedAt)
    const chosen = lastFirst.find((row) => row.networkId === status.value.network) ?? lastFirst[0] ?? null
    if (sameRow(network.peek(), chosen)) return
    const before = network.peek()
    // let in anew, this phone has another place in the same network
    if (before?.networkId !== chosen?.networkId || before?.deviceId !== chosen?.deviceId) {
      database.peek()?.close()
      const opened = chosen && openNetworkDatabase(chosen, rowFormat)
      // while the screen is being fetched; where it fails, what reads says so
      opened?.open().catch((reason: unknown) => console.warn(reason))
      database.value = opened
    }
    network.value = chosen
  })
  followCategories(database)
  return { network, database }
}
