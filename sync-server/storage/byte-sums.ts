/** Bytes kept for each network and device [R32]: read from the store once, then counted along with its commits. */

import { type DeviceId, type NetworkId, parseListName } from '../protocol/ids.ts'
import type { LoggedEntry } from './store.ts'

interface NetworkSum {
  bytes: number
  readonly bytesByDevice: Map<DeviceId, number>
}

export interface ByteSums {
  /** What is committed, for a network or one of its devices. */
  of(network: NetworkId, device?: DeviceId): number
  /** These rows are part of the transaction under way. */
  add(network: NetworkId, rows: readonly LoggedEntry[]): void
  /** The transaction is durable: what was added counts. */
  commit(): void
  /** The transaction failed: what was added never was. */
  rollBack(): void
  /** Less is kept than before: read anew. */
  forget(network: NetworkId): void
}

/** Networks whose sums are remembered; the one that was asked for longest ago goes first. */
const maxNetworks = 1000

/** `read` gives the committed bytes of each device of a network; nothing is written between it and its use. */
export const createByteSums = (
  read: (network: NetworkId) => Iterable<readonly [DeviceId, number]>,
): ByteSums => {
  const sums = new Map<NetworkId, NetworkSum>()
  let added: { readonly network: NetworkId; readonly rows: readonly LoggedEntry[] }[] = []

  const sumOf = (network: NetworkId): NetworkSum => {
    const known = sums.get(network)
    sums.delete(network)
    const bytesByDevice = known?.bytesByDevice ?? new Map(read(network))
    const sum = known ?? {
      bytes: bytesByDevice.values().reduce((all, bytes) => all + bytes, 0),
      bytesByDevice,
    }
    sums.set(network, sum)
    const oldest = sums.keys().next()
    if (sums.size > maxNetworks && !oldest.done) sums.delete(oldest.value)
    return sum
  }

  const count = (sum: NetworkSum, { list, entry }: LoggedEntry): void => {
    const device = parseListName(list)?.device
    if (!device) throw new Error('a list name is checked at the edge')
    sum.bytes += entry.length
    sum.bytesByDevice.set(device, (sum.bytesByDevice.get(device) ?? 0) + entry.length)
  }

  return {
    of(network, device) {
      const sum = sumOf(network)
      return device === undefined ? sum.bytes : (sum.bytesByDevice.get(device) ?? 0)
    },
    add: (network, rows) => added.push({ network, rows }),
    commit() {
      for (const { network, rows } of added) {
        // who is not remembered is read whole when asked for
        const sum = sums.get(network)
        if (sum) for (const row of rows) count(sum, row)
      }
      added = []
    },
    rollBack() {
      added = []
    },
    forget: (network) => sums.delete(network),
  }
}
