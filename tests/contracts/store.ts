/** What every store of a relay must do, run against each implementation by its own test file. */

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bytes, randomBytes, toBase64url, utf8 } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  type DeviceId,
  type ListName,
  listNameOf,
  type NetworkId,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { Growth, HeadedEntry, Store } from '../../sync-server/storage/store.ts'

export interface StoreSetup {
  store: Store
  /** closes the store and opens it again as after a restart; left out where nothing outlives the process */
  reopen?: () => Promise<Store>
  tearDown: () => Promise<void>
}

const someId = (): string => toBase64url(randomBytes(16))
const someNetwork = (): NetworkId => someId() as NetworkId
const someList = (): ListName => listNameOf({ device: someId() as DeviceId, generation: 7 })

/** The same text gives the same entry and head. */
const entryOf = (text: string): HeadedEntry => {
  const head: Bytes = new Uint8Array(32)
  head.set(utf8(text).slice(0, 32))
  return { entry: utf8(`sealed ${text}`), head }
}
const entriesOf = (...texts: string[]): HeadedEntry[] => texts.map(entryOf)
const everything = 1e9

export const describeStore = (name: string, setUp: () => Promise<StoreSetup>): void => {
  describe(name, () => {
    let setup: StoreSetup
    let store: Store
    let network: NetworkId
    let list: ListName

    beforeEach(async () => {
      setup = await setUp()
      store = setup.store
      network = someNetwork()
      list = someList()
    })
    afterEach(() => setup.tearDown())

    const textsOf = async (room: RoomName, of: ListName): Promise<string[]> => {
      const { entries } = await store.readList(network, room, of, 0, everything)
      return entries.map(({ entry }) => new TextDecoder().decode(entry))
    }

    it('has an id of 16 bytes', () => {
      expect(store.relayId).toMatch(/^[\w-]{22}$/)
    })

    it('knows nothing of a network that nobody wrote to', async () => {
      expect(await store.rooms(network)).toEqual([])
      expect((await store.lengths(network, boardRoom)).lists).toEqual([])
      expect(await store.bytes(network)).toBe(0)
      expect(await store.readSince(network, boardRoom, 0, everything)).toEqual({ entries: [], more: false })
      expect(await store.readList(network, boardRoom, list, 0, everything)).toEqual({
        entries: [],
        more: false,
      })
    })

    it('gives back what was appended, with its place in list and log', async () => {
      const appended = await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      expect(appended).toMatchObject({ ok: true, value: { length: 2, added: 2 } })
      const { entries } = await store.readSince(network, boardRoom, 0, everything)
      expect(entries.map(({ list, index }) => [list, index])).toEqual([
        [list, 0],
        [list, 1],
      ])
      expect(entries.map(({ entry }) => entry)).toEqual(entriesOf('a', 'b').map(({ entry }) => entry))
      expect((await store.lengths(network, boardRoom)).lists).toEqual([
        { list, length: 2, head: entryOf('b').head },
      ])
      expect(await store.rooms(network)).toEqual([{ room: boardRoom, seq: entries[1]?.seq }])
    })

    it('[R13] takes the same entry again as done, without another row', async () => {
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      const again = await store.append(network, boardRoom, list, 0, entriesOf('a', 'b', 'c'))
      expect(again).toMatchObject({ ok: true, value: { length: 3, added: 1 } })
      const known = await store.append(network, boardRoom, list, 1, entriesOf('b'))
      expect(known).toMatchObject({ ok: true, value: { length: 3, added: 0 } })
      expect(await textsOf(boardRoom, list)).toEqual(['sealed a', 'sealed b', 'sealed c'])
      expect((await store.readSince(network, boardRoom, 0, everything)).entries).toHaveLength(3)
    })

    it('[R13] keeps the first bytes of an entry when another signature over the same head comes', async () => {
      await store.append(network, boardRoom, list, 0, entriesOf('a'))
      const resigned = { ...entryOf('a'), entry: utf8('other signature') }
      expect(await store.append(network, boardRoom, list, 0, [resigned])).toMatchObject({
        value: { added: 0 },
      })
      expect(await textsOf(boardRoom, list)).toEqual(['sealed a'])
    })

    it('[R6] refuses another entry at a held index, and all that came with it', async () => {
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      const fork = await store.append(network, boardRoom, list, 1, entriesOf('x', 'y'))
      expect(fork).toEqual({ ok: false, error: { code: 'conflict', index: 1, length: 2 } })
      expect(await textsOf(boardRoom, list)).toEqual(['sealed a', 'sealed b'])
    })

    it('[R3] refuses what does not continue the list and says its length', async () => {
      await store.append(network, boardRoom, list, 0, entriesOf('a'))
      const gap = await store.append(network, boardRoom, list, 2, entriesOf('c'))
      expect(gap).toEqual({ ok: false, error: { code: 'gap', length: 1 } })
      const first = await store.append(network, boardRoom, someList(), 1, entriesOf('b'))
      expect(first).toEqual({ ok: false, error: { code: 'gap', length: 0 } })
      expect((await store.lengths(network, boardRoom)).lists).toHaveLength(1)
    })

    it('[R13] refuses a second list with the same Yjs client id', async () => {
      const device = someId()
      const twin = `${device.slice(0, 8)}${someId().slice(8)}`
      await store.append(network, boardRoom, listNameOf({ device: device as DeviceId, generation: 1 }), 0, [
        entryOf('a'),
      ])
      const taken = listNameOf({ device: twin as DeviceId, generation: 1 })
      const result = await store.append(network, boardRoom, taken, 0, entriesOf('b'))
      expect(result).toEqual({ ok: false, error: { code: 'clientTaken' } })
      expect((await store.lengths(network, boardRoom)).lists).toHaveLength(1)
    })

    it('[R10] answers from a cursor in the order of the log, and stops at a bound with more', async () => {
      const other = someList()
      await store.append(network, boardRoom, list, 0, entriesOf('a'))
      await store.append(network, boardRoom, other, 0, entriesOf('x', 'y'))
      await store.append(network, boardRoom, list, 1, entriesOf('b'))
      const seen: [ListName, number][] = []
      let cursor = 0
      let more = true
      while (more) {
        const piece = await store.readSince(network, boardRoom, cursor, 17)
        expect(piece.entries.length).toBeGreaterThan(0)
        for (const { seq, list: of, index } of piece.entries) {
          expect(seq).toBeGreaterThan(cursor)
          cursor = seq
          seen.push([of, index])
        }
        more = piece.more
      }
      expect(seen).toEqual([
        [list, 0],
        [other, 0],
        [other, 1],
        [list, 1],
      ])
    })

    it('reads one entry even when it is larger than the bound', async () => {
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      expect(await store.readSince(network, boardRoom, 0, 1)).toMatchObject({
        entries: [{ index: 0 }],
        more: true,
      })
      expect(await store.readList(network, boardRoom, list, 1, 1)).toEqual({
        entries: entriesOf('b'),
        more: false,
      })
    })

    it('keeps rooms and networks apart', async () => {
      const elsewhere = someNetwork()
      await store.append(network, boardRoom, list, 0, entriesOf('a'))
      await store.append(network, rosterRoom, list, 0, entriesOf('r'))
      await store.append(elsewhere, boardRoom, list, 0, entriesOf('other'))
      expect(await textsOf(boardRoom, list)).toEqual(['sealed a'])
      expect(await textsOf(rosterRoom, list)).toEqual(['sealed r'])
      expect((await store.rooms(network)).map(({ room }) => room).sort()).toEqual([boardRoom, rosterRoom])
      expect((await store.readSince(elsewhere, boardRoom, 0, everything)).entries).toHaveLength(1)
    })

    it('[R32] counts bytes of a network and of a device', async () => {
      const other = someList()
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      await store.append(network, rosterRoom, list, 0, entriesOf('c'))
      await store.append(network, rosterRoom, other, 0, entriesOf('dd'))
      expect(await store.bytes(network)).toBe(8 * 3 + 9)
      expect(await store.bytes(network, list.slice(0, 22) as DeviceId)).toBe(8 * 3)
      expect(await store.bytes(network, other.slice(0, 22) as DeviceId)).toBe(9)
      expect(await store.bytes(someNetwork())).toBe(0)
    })

    it('[R32] counts on with every append, and not what was held, failed, or dropped', async () => {
      const device = list.slice(0, 22) as DeviceId
      const bytes = async () => [await store.bytes(network), await store.bytes(network, device)]
      expect(await bytes()).toEqual([0, 0])
      // asked for while the append is under way: before or after it, never twice
      const appending = store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      expect([0, 16]).toContain(await store.bytes(network))
      await appending
      expect(await bytes()).toEqual([16, 16])
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b', 'c'))
      expect(await bytes()).toEqual([24, 24])
      await store.append(network, boardRoom, list, 1, entriesOf('x', 'y'))
      await store.append(network, boardRoom, list, 7, entriesOf('z'))
      await store.append(network, rosterRoom, someList(), 0, entriesOf('other'))
      expect(await bytes()).toEqual([36, 24])
      await store.drop(network, boardRoom)
      expect(await bytes()).toEqual([12, 0])
      await store.append(network, boardRoom, list, 0, entriesOf('n'))
      expect(await bytes()).toEqual([20, 8])
    })

    it('[R33] forgets a dropped room, and its log goes on growing afterwards', async () => {
      await store.append(network, rosterRoom, list, 0, entriesOf('r'))
      await store.append(network, boardRoom, list, 0, entriesOf('a', 'b'))
      const before = (await store.readSince(network, boardRoom, 0, everything)).entries.at(-1)?.seq ?? 0
      await store.drop(network, boardRoom)
      expect((await store.lengths(network, boardRoom)).lists).toEqual([])
      expect((await store.rooms(network)).map(({ room }) => room)).toEqual([rosterRoom])
      expect(await store.bytes(network)).toBe(8)
      await store.append(network, boardRoom, list, 0, entriesOf('n'))
      const { entries } = await store.readSince(network, boardRoom, 0, everything)
      expect(entries).toHaveLength(1)
      expect(entries[0]?.seq).toBeGreaterThan(before)
    })

    it('[R33] names the months of all networks that are older than one, and no other room', async () => {
      const other = someNetwork()
      const rooms = [rosterRoom, boardRoom, '2023-11', '2023-12', '2024-01'] as RoomName[]
      for (const room of rooms) await store.append(network, room, list, 0, entriesOf('a'))
      await store.append(other, '2019-02' as RoomName, list, 0, entriesOf('a'))
      const found = async (month: string): Promise<string[]> =>
        (await store.monthsBefore(month))
          .filter((each) => each.network === network || each.network === other)
          .map((each) => `${each.network}/${each.room}`)
          .sort()
      const [old, older, oldest] = [`${network}/2023-12`, `${network}/2023-11`, `${other}/2019-02`]
      expect(await found('2024-01')).toEqual([old, older, oldest].sort())
      await store.drop(network, '2023-12' as RoomName)
      expect(await found('2024-01')).toEqual([older, oldest].sort())
      expect(await found('2019-02')).toEqual([])
    })

    it('tells its subscribers of what is new, and only until they leave', async () => {
      const heard: unknown[] = []
      const leave = store.subscribe((name, room, seq) => heard.push([name, room, seq]))
      const first = await store.append(network, boardRoom, list, 0, entriesOf('a'))
      await store.append(network, boardRoom, list, 0, entriesOf('a'))
      expect(heard).toEqual([[network, boardRoom, first.ok && first.value.seq]])
      await store.drop(network, boardRoom)
      expect(heard).toHaveLength(2)
      leave()
      await store.append(network, boardRoom, list, 0, entriesOf('b'))
      expect(heard).toHaveLength(2)
    })

    it('[R20] the rows that it tells of are its log, one behind the other, and nothing that failed', async () => {
      const told: Growth[] = []
      let growths = 0
      store.subscribe((_network, _room, _seq, growth) => {
        growths++
        if (growth) told.push(growth)
      })
      const lists = Array.from({ length: 6 }, someList)
      await Promise.all(
        lists.flatMap((of) => [
          store.append(network, boardRoom, of, 0, entriesOf('a', 'b')),
          store.append(network, boardRoom, of, 1, entriesOf('b', 'c')),
          store.append(network, boardRoom, of, 1, entriesOf('x')),
          store.append(network, boardRoom, of, 9, entriesOf('z')),
        ]),
      )
      const { entries } = await store.readSince(network, boardRoom, 0, everything)
      expect(entries).toHaveLength(18)
      // a store tells all of it or leaves all of it to be read
      expect([0, growths]).toContain(told.length)
      if (told.length === 0) return
      expect(told.flatMap(({ rows }) => rows)).toEqual(entries)
      let end = 0
      for (const { afterSeq, rows } of told) {
        expect(afterSeq).toBe(end)
        end = rows.at(-1)?.seq ?? Number.NaN
      }
    })

    it('[R11] serves many writers at once without losing or mixing an entry', async () => {
      const lists = Array.from({ length: 20 }, someList)
      const appends = lists.flatMap((of) => [
        store.append(network, boardRoom, of, 0, entriesOf('a', 'b')),
        store.append(network, boardRoom, of, 2, entriesOf('c')),
      ])
      expect((await Promise.all(appends)).every(({ ok }) => ok)).toBe(true)
      for (const of of lists)
        expect(await textsOf(boardRoom, of)).toEqual(['sealed a', 'sealed b', 'sealed c'])
      const { entries } = await store.readSince(network, boardRoom, 0, everything)
      expect(new Set(entries.map(({ seq }) => seq)).size).toBe(60)
    })

    it('agrees with a plain model over any sequence of appends', async () => {
      const step = fc.record({
        writer: fc.nat(2),
        from: fc.nat(5),
        texts: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
        reopen: fc.boolean(),
      })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          network = someNetwork()
          const lists = [someList(), someList(), someList()]
          const model = lists.map((): string[] => [])
          for (const { writer, from, texts, reopen } of steps) {
            const held = model[writer] as string[]
            const overlap = texts.slice(0, Math.max(0, held.length - from))
            const fits = from <= held.length && overlap.every((text, i) => held[from + i] === text)
            const result = await store.append(
              network,
              boardRoom,
              lists[writer] as ListName,
              from,
              entriesOf(...texts),
            )
            expect(result.ok).toBe(fits)
            if (fits) held.push(...texts.slice(overlap.length))
            if (reopen && setup.reopen) store = await setup.reopen()
          }
          for (const [i, texts] of model.entries())
            expect(await textsOf(boardRoom, lists[i] as ListName)).toEqual(
              texts.map((text) => `sealed ${text}`),
            )
          const { entries } = await store.readSince(network, boardRoom, 0, everything)
          expect(entries).toHaveLength(model.flat().length)
          expect(entries.map(({ seq }) => seq)).toEqual(
            entries.map(({ seq }) => seq).toSorted((a, b) => a - b),
          )
        }),
        { numRuns: setup.reopen ? 15 : 100 },
      )
    })
  })
}
