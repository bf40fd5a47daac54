/** The roster of each network as this relay holds it: reduced from the rows of its roster room, renewed as they grow. */

import { toBase64url } from './protocol/bytes.ts'
import { entryKind, parseEntry } from './protocol/entry.ts'
import { type DeviceId, type ListName, type NetworkId, rosterRoom } from './protocol/ids.ts'
import type { Roster } from './protocol/roster.ts'
import type { RosterEntry } from './protocol/roster-order.ts'
import { emptyRoster, reduceRoster } from './protocol/roster-reducer.ts'
import { parseStatement } from './protocol/statement-codec.ts'
import { importVerifyKey, type SubtleKey } from './protocol/verify.ts'
import { parseWraps } from './protocol/wraps.ts'
import type { HeadedEntry, Store } from './storage/store.ts'

export interface NetworkRoster {
  readonly roster: Roster
  /** what it was reduced from */
  readonly entries: readonly RosterEntry[]
  /** base64url of the key hashes that somebody wrapped a key for */
  readonly wrapReceivers: ReadonlySet<string>
  /** Key of a device that is or was admitted, an asker, or let in by what is void; null for anybody else. */
  keyOf(device: DeviceId): Promise<SubtleKey | null>
}

export interface Rosters {
  /** As of all appends that were durable when this was called. */
  get(network: NetworkId): Promise<NetworkRoster>
}

interface Held {
  cursor: number
  entries: RosterEntry[]
  wrapReceivers: Set<string>
  keys: Map<DeviceId, Promise<SubtleKey | null>>
  view: NetworkRoster
  isCurrent: boolean
  /** the renewals of one network take turns */
  turn: Promise<unknown>
  /** of them, so many are not over */
  turns: number
}

/** Networks whose roster is kept in memory; the one that was asked for longest ago goes first. */
const maxNetworks = 500
const readBytes = 1024 * 1024

/** How a row of the roster room counts for the reducer. */
export const rosterEntryOf = (list: ListName, index: number, { entry, head }: HeadedEntry): RosterEntry => {
  const parsed = parseEntry(entry)
  if (!parsed.ok || parsed.value.kind !== entryKind.statement) return { list, index, head, statement: null }
  const statement = parseStatement(parsed.value.publicPart)
  return { list, index, head, statement: statement.ok ? statement.value : null }
}

const receiversIn = ({ entry }: HeadedEntry): string[] => {
  const parsed = parseEntry(entry)
  if (!parsed.ok || parsed.value.kind !== entryKind.wraps) return []
  const wraps = parseWraps(parsed.value.publicPart)
  return wraps.ok ? wraps.value.wraps.map(({ receiver }) => toBase64url(receiver)) : []
}

const viewOf = (
  entries: readonly RosterEntry[],
  wrapReceivers: ReadonlySet<string>,
  keys: Map<DeviceId, Promise<SubtleKey | null>>,
): NetworkRoster => {
  const roster = entries.length > 0 ? reduceRoster(entries) : emptyRoster()
  return {
    roster,
    entries,
    wrapReceivers,
    keyOf(device) {
      const { devices, former, askers, cards } = roster
      const known = devices.get(device) ?? former.get(device) ?? askers.get(device)
      const signKey = known?.signKey ?? cards.get(device)
      if (!signKey) return Promise.resolve(null)
      const key = keys.get(device) ?? importVerifyKey(signKey)
      keys.set(device, key)
      return key
    },
  }
}

const emptyHeld = (): Held => {
  const wrapReceivers = new Set<string>()
  const keys: Held['keys'] = new Map()
  const view = viewOf([], wrapReceivers, keys)
  return {
    cursor: 0,
    entries: [],
    wrapReceivers,
    keys,
    view,
    isCurrent: false,
    turn: Promise.resolve(),
    turns: 0,
  }
}

export const createRosters = (store: Store): Rosters => {
  const heldByNetwork = new Map<NetworkId, Held>()
  store.subscribe((network, room) => {
    const held = room === rosterRoom ? heldByNetwork.get(network) : undefined
    if (held) held.isCurrent = false
  })

  const renew = async (network: NetworkId, held: Held): Promise<void> => {
    if (held.isCurrent) return
    // what is appended from here on makes it stale again
    held.isCurrent = true
    let more = true
    while (more) {
      const piece = await store.readSince(network, rosterRoom, held.cursor, readBytes)
      for (const row of piece.entries) {
        held.cursor = row.seq
        held.entries.push(rosterEntryOf(row.list, row.index, row))
        for (const receiver of receiversIn(row)) held.wrapReceivers.add(receiver)
      }
      more = piece.more
    }
    if (held.entries.length !== held.view.entries.length)
      held.view = viewOf([...held.entries], held.wrapReceivers, held.keys)
  }

  const forgetOldest = (): void => {
    const oldest = heldByNetwork.keys().next()
    if (heldByNetwork.size > maxNetworks && !oldest.done) heldByNetwork.delete(oldest.value)
  }

  return {
    async get(network) {
      const held = heldByNetwork.get(network) ?? emptyHeld()
      heldByNetwork.delete(network)
      heldByNetwork.set(network, held)
      forgetOldest()
      if (held.isCurrent && held.turns === 0) return held.view
      held.turns++
      const turn = held.turn.then(() => renew(network, held))
      // a failed read fails its own caller and leaves the next one to try again
      held.turn = turn
        .catch(() => {
          held.isCurrent = false
        })
        .finally(() => held.turns--)
      await turn
      if (held.entries.length === 0) heldByNetwork.delete(network)
      return held.view
    },
  }
}
