/** Live work is of the network in use, and of nobody who hung up meanwhile. */

import { expect, test } from 'vitest'
import type { EngineStatus } from '../../src/engine/api.ts'
import { LiveLink } from '../../src/engine/live-link.ts'
import { LiveNetwork, type LiveNetworkParts } from '../../src/engine/live-network.ts'
import type { LocalNetwork } from '../../src/engine/local-network.ts'
import type { LiveEvents } from '../../src/sync/live/live-rooms.ts'

const nothing = () => undefined

/** A network whose live work a test holds in its hand. */
const networkAt = (now: number) => {
  const opened: LiveEvents[] = []
  const live = { open: async (events: LiveEvents) => void opened.push(events), leave: async () => undefined }
  return { opened, local: { isIn: true, now: () => now, live } as unknown as LocalNetwork }
}

test('what a network was told live is not said of the one that is on the screen now', async () => {
  const told: Partial<EngineStatus>[] = []
  const [before, after] = [networkAt(1_000_000), networkAt(0)]
  let inUse = before.local
  const link = new LiveLink({
    local: () => inUse,
    tell: async (change) => void told.push(change),
  })
  await link.open({ onUp: nothing, onFallen: nothing, onDue: nothing })
  const [events] = before.opened
  events?.onReceipt()
  inUse = after.local
  told.length = 0
  events?.onReceipt()
  events?.onFallen({ code: 'here' })
  expect(told).toEqual([{ live: false }])
})

test('who hung up while the sockets were being fetched stays hung up', async () => {
  const attached: string[] = []
  const parts = {
    token: async () => new Uint8Array(8),
    now: () => Date.UTC(2026, 10, 20),
    replica: { attach: async (room: string) => void attached.push(room), drain: async () => undefined },
  } as unknown as LiveNetworkParts
  const live = new LiveNetwork(parts)
  const events = {
    onUp: nothing,
    onFallen: nothing,
    onTaken: nothing,
    onReceipt: nothing,
    onRefusals: nothing,
  }
  const opening = live.open(events)
  await live.leave()
  await opening
  expect(attached).toEqual([])
  await live.open(events)
  expect(attached).toEqual(['roster', 'board', '2026-11'])
})
