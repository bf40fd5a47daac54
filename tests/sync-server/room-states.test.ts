/** What the relay remembers of rooms is what its store holds, whatever was added, dropped, or read meanwhile. */
import fc from 'fast-check'
import { beforeEach, expect, it } from 'vitest'
import { createLiveRoom } from '../../sync-server/live/live-room.ts'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  clientOfName,
  type DeviceId,
  type ListName,
  listNameOf,
  type NetworkId,
} from '../../sync-server/protocol/ids.ts'
import { createRoomStates, type RoomState } from '../../sync-server/room-states.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import type { RoomListener, Store } from '../../sync-server/storage/store.ts'

const network = toBase64url(randomBytes(16)) as NetworkId
const device = toBase64url(randomBytes(16)) as DeviceId
const lists = [0, 1, 2].map((generation) => listNameOf({ device, generation }))
const [list] = lists as [ListName]

let store: MemoryStore
let readings: number
beforeEach(() => {
  store = openMemoryStore()
  readings = 0
  const { lengths } = store
  store.lengths = (...where) => {
    readings++
    return lengths(...where)
  }
})

const append = async (of: ListName, count: number, bytes = 10): Promise<void> => {
  const from = (await store.readList(network, boardRoom, of, 0, 1e9)).entries.length
  const entries = Array.from({ length: count }, () => ({ entry: randomBytes(bytes), head: randomBytes(32) }))
  expect(await store.append(network, boardRoom, of, from, entries)).toMatchObject({ ok: true })
}

const shown = async (state: RoomState) => ({
  seq: state.seq,
  lists: new Map(state.listsByClient),
  digest: await state.digest(),
})
const freshState = () => createRoomStates(store).get(network, boardRoom)

/** Passes on what the store says through `change`. */
const listenedThrough = (change: (tell: RoomListener) => RoomListener): Store => ({
  ...store,
  subscribe: (listener) => store.subscribe(change(listener)),
})

const steps = fc.array(
  fc.oneof(
    fc.record({ list: fc.nat(2), count: fc.integer({ min: 1, max: 3 }), bytes: fc.constantFrom(10, 30_000) }),
    fc.constant('drop' as const),
    fc.constant('ask' as const),
  ),
  { maxLength: 15 },
)

const doStep = async (step: { list: number; count: number; bytes: number } | 'drop'): Promise<void> => {
  if (step === 'drop') await store.drop(network, boardRoom)
  else await append(lists[step.list] as ListName, step.count, step.bytes)
}

it('[R16] follows its room without reading it again, and always stands as the store does', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      store = openMemoryStore()
      const states = createRoomStates(store)
      for (const step of all) {
        if (step === 'ask') await states.get(network, boardRoom)
        else await doStep(step)
        if (step === 'ask') continue
        const fresh = await freshState()
        expect(await shown(await states.get(network, boardRoom))).toEqual(await shown(fresh))
        for (const name of lists) {
          const client = clientOfName(name)
          expect(await states.list(network, boardRoom, client)).toEqual(fresh.listsByClient.get(client))
        }
        expect(new Set(await states.listsOf(network, boardRoom, device))).toEqual(
          new Set(fresh.listsByClient.values()),
        )
      }
    }),
    { numRuns: 30 },
  )
})

it('reads a room once, however much is added', async () => {
  const states = createRoomStates(store)
  await states.get(network, boardRoom)
  for (let n = 0; n < 5; n++) await append(list, 2)
  expect((await states.get(network, boardRoom)).listsByClient.get(clientOfName(list))?.length).toBe(10)
  expect(readings).toBe(1)
})

it('[R16] what one answer was begun with does not change while it is given', async () => {
  const states = createRoomStates(store)
  await append(list, 1)
  const begun = await states.get(network, boardRoom)
  const before = { seq: begun.seq, lists: new Map(begun.listsByClient) }
  await append(list, 1)
  await append(lists[1] as ListName, 1)
  // not reckoned before: still that of its own moment
  expect(await shown(begun)).toEqual({ ...before, digest: await begun.digest() })
  expect(await begun.digest()).not.toEqual(await (await states.get(network, boardRoom)).digest())
})

it('what was being read when something was added serves nobody who asks later', async () => {
  const states = createRoomStates(store)
  const { lengths } = store
  const { promise, resolve } = Promise.withResolvers<void>()
  store.lengths = async (...where) => {
    const old = await lengths(...where)
    await promise
    return old
  }
  const early = states.get(network, boardRoom)
  await append(list, 1)
  store.lengths = lengths
  const late = await states.get(network, boardRoom)
  resolve()
  expect((await early).seq).toBe(0)
  expect(late.seq).toBe(1)
  expect((await states.get(network, boardRoom)).seq).toBe(1)
})

it.each([
  [
    'that gives no rows along',
    (tell: RoomListener): RoomListener =>
      (name, room, seq) =>
        tell(name, room, seq),
  ],
  [
    'that leaves one out',
    (tell: RoomListener): RoomListener => {
      let count = 0
      return (...what) => {
        if (++count !== 2) tell(...what)
      }
    },
  ],
])('reads again with a store %s', async (_what, change) => {
  const states = createRoomStates(listenedThrough(change))
  for (let n = 0; n < 3; n++) {
    if (n !== 1) await states.get(network, boardRoom)
    await append(lists[n] as ListName, 1)
  }
  expect(await shown(await states.get(network, boardRoom))).toEqual(await shown(await freshState()))
})

it('[R20] a live room gives after any place of the log what the store has there, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (all, givesRows) => {
      store = openMemoryStore()
      const room = createLiveRoom({ store, states: createRoomStates(store) }, network, boardRoom)
      store.subscribe((_network, _room, _seq, growth) => room.grew(givesRows ? growth : undefined))
      for (const step of all) {
        if (step === 'ask') room.forget()
        else await doStep(step)
        const { seq } = await store.lengths(network, boardRoom)
        for (let from = 0; from <= seq; from++) {
          const seen: number[] = []
          let at = from
          for (
            let rows = (await room.pieceAfter(at)).rows;
            rows.length > 0;
            rows = (await room.pieceAfter(at)).rows
          ) {
            seen.push(...rows.map((row) => row.seq))
            at = seen.at(-1) as number
          }
          const held = await store.readSince(network, boardRoom, from, 1e9)
          expect(seen).toEqual(held.entries.map((row) => row.seq))
        }
      }
    }),
    { numRuns: 30 },
  )
})
