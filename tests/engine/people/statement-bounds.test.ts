/** What a statement names fits into an entry, however large the network is. */

import { describe, expect, test } from 'vitest'
import { grownSince } from '../../../src/engine/people/act-writer.ts'
import { portionsOf } from '../../../src/engine/people/pins.ts'
import { randomBytes, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { type DeviceId, type ListName, listNameOf, type RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import type { Device, FormerDevice } from '../../../sync-server/protocol/roster.ts'
import type { Pin } from '../../../sync-server/protocol/statement.ts'
import { encodeStatement } from '../../../sync-server/protocol/statement-codec.ts'

const randomList = (): ListName =>
  listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 200 })
const own = randomList()

describe('what a statement comes after', () => {
  const lists = Array.from({ length: 1000 }, randomList)
  const coordinator = lists.at(-1) as ListName
  const device = coordinator.slice(0, 22) as DeviceId
  const devices = new Map([[device, { id: device, role: 'coordinator' } as Device]])
  const left = lists.at(-2) as ListName
  const former = new Map([[left.slice(0, 22) as DeviceId, {} as FormerDevice]])
  const lengths = new Map([own, ...lists].map((list) => [list, 70_000]))

  test('is bounded, begins with what coordinators said and who left, and leaves nothing out for ever', () => {
    const first = grownSince({ lengths, devices, former }, new Map(), own)
    expect(first.slice(0, 2).map(([list]) => list)).toEqual([left, coordinator])
    const named = new Set<string>()
    let seen = new Map<ListName, number>()
    for (let round = 0; round < 10; round++) {
      const after = grownSince({ lengths, devices, former }, seen, own)
      expect(encodeStatement({ type: 'leave', after }).length).toBeLessThan(limits.entryBytes / 2)
      for (const [list] of after) named.add(list)
      seen = new Map([...seen, ...after])
    }
    expect(named).toEqual(new Set(lists))
  })
})

describe('pins', () => {
  test('of many months and lists go in portions that fit, none lost and no room in two', () => {
    const head = randomBytes(32)
    const months = Array.from(
      { length: 48 },
      (_, i) => `20${20 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
    )
    const rooms = ['board', ...months].map((room): [RoomName, Map<ListName, Pin>] => [
      room as RoomName,
      new Map(Array.from({ length: 8 }, () => [randomList(), { length: 70_000, head }])),
    ])
    const portions = portionsOf(new Map(rooms))
    expect(portions.length).toBeGreaterThan(1)
    expect(portions.flatMap((pins) => [...pins])).toEqual(rooms)
    const devices = Array.from({ length: 16 }, () => toBase64url(randomBytes(16)) as DeviceId)
    const after = Array.from({ length: 200 }, (): [ListName, number] => [randomList(), 70_000])
    for (const pins of portions) {
      const statement = encodeStatement({ type: 'pin', after, devices, pins })
      expect(statement.length).toBeLessThan(limits.entryBytes - 256)
    }
  })
})
