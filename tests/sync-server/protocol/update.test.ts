/** Updates: the builder writes what Yjs writes, and the parser takes nothing else. */
import fc from 'fast-check'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { concatBytes, equalBytes, sha256, toBase64url, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { clientOfList, type DeviceId, listNameOf } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { buildUpdate, parseUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import { parseWithin } from '../../support/decoder-bounds.ts'

const seed = 2026
const listOf = async (text: string, generation = 0) => {
  const device = toBase64url((await sha256(utf8(text))).slice(0, 16)) as DeviceId
  const key = { device, generation }
  return { name: listNameOf(key), client: clientOfList(key) }
}
const lists = await Promise.all([
  listOf('a'),
  listOf('b', 255),
  listOf('c', 7),
  listOf('c', 8),
  listOf('d', 127),
])
const [first, second] = lists

type Contents = Uint8Array[][]
const contentsOf: fc.Arbitrary<Contents> = fc.array(
  fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 12 }),
  { minLength: lists.length, maxLength: lists.length },
)

const runsOf = (contents: Contents, from: readonly number[] = []): Run[] =>
  contents.flatMap((all, i) => {
    const list = lists[i]
    const fromIndex = Math.min(from[i] ?? 0, all.length)
    const entries = all.slice(fromIndex).map((bytes) => new Uint8Array(bytes))
    return list && entries.length > 0
      ? [{ client: list.client, list: fromIndex === 0 ? list.name : null, fromIndex, entries }]
      : []
  })

/** A document in which every list was written by Yjs itself, one entry at a time, under the list's client id. */
const documentOf = (contents: Contents): Y.Doc => {
  const merged = new Y.Doc({ gc: false })
  contents.forEach((entries, i) => {
    const list = lists[i]
    if (!list) return
    const author = new Y.Doc({ gc: false })
    author.clientID = list.client
    for (const entry of entries) author.getArray(list.name).push([entry])
    Y.applyUpdate(merged, Y.encodeStateAsUpdate(author))
  })
  return merged
}

/** An Item as Yjs would write it, with each part open to change. */
const craft = (write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder()
  write(encoder)
  return encoding.toUint8Array(encoder)
}
const entry = Uint8Array.of(1, 2, 3)
const oneItem = (
  over: {
    info?: number
    parent?: 0 | 1
    name?: string
    client?: number
    clock?: number
    content?: Uint8Array
  } = {},
): Uint8Array =>
  craft((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, over.client ?? first.client)
    encoding.writeVarUint(encoder, over.clock ?? 0)
    encoding.writeUint8(encoder, over.info ?? 3)
    encoding.writeVarUint(encoder, over.parent ?? 1)
    encoding.writeVarString(encoder, over.name ?? first.name)
    if (over.content) encoding.writeUint8Array(encoder, over.content)
    else encoding.writeVarUint8Array(encoder, entry)
    encoding.writeVarUint(encoder, 0)
  })

const laterItem = (origin: { client: number; clock: number }, info = 0x83): Uint8Array =>
  craft((encoder) => {
    for (const value of [1, 1, first.client, 5]) encoding.writeVarUint(encoder, value)
    encoding.writeUint8(encoder, info)
    encoding.writeVarUint(encoder, origin.client)
    encoding.writeVarUint(encoder, origin.clock)
    encoding.writeVarUint8Array(encoder, entry)
    encoding.writeVarUint(encoder, 0)
  })

const isRefused = (bytes: Uint8Array, maxBytes?: number): boolean => !parseUpdate(bytes, maxBytes).ok

describe('[R2] building', () => {
  test('[R2] equals what Yjs encodes for any lists', () => {
    fc.assert(
      fc.property(contentsOf, (contents) => {
        const ours = buildUpdate(runsOf(contents))
        expect(equalBytes(ours, Y.encodeStateAsUpdate(documentOf(contents)))).toBe(true)
        expect(parseUpdate(ours)).toEqual({
          ok: true,
          value: runsOf(contents).sort((a, b) => b.client - a.client),
        })
      }),
      { seed, numRuns: 100 },
    )
  })

  test('[R2] equals what Yjs encodes from any state vector on', () => {
    const froms = fc.array(fc.nat(14), { minLength: lists.length, maxLength: lists.length })
    fc.assert(
      fc.property(contentsOf, froms, (contents, from) => {
        const vector = new Map(
          lists.map(({ client }, i) => [client, Math.min(from[i] ?? 0, contents[i]?.length ?? 0)]),
        )
        const theirs = Y.encodeStateAsUpdate(documentOf(contents), Y.encodeStateVector(vector))
        expect(equalBytes(buildUpdate(runsOf(contents, from)), theirs)).toBe(true)
        expect(parseUpdate(theirs).ok).toBe(true)
      }),
      { seed, numRuns: 100 },
    )
  })

  test('[R2] an update applied to a document gives the entries back, whole or in two parts', () => {
    const cuts = fc.array(fc.nat(12), { minLength: lists.length, maxLength: lists.length })
    fc.assert(
      fc.property(contentsOf, cuts, (contents, cut) => {
        const document = new Y.Doc({ gc: false })
        const start = contents.map((entries, i) => entries.slice(0, cut[i]))
        Y.applyUpdate(document, buildUpdate(runsOf(start)))
        Y.applyUpdate(document, buildUpdate(runsOf(contents, cut)))
        contents.forEach((entries, i) => {
          expect(document.getArray(lists[i]?.name).toArray()).toEqual(entries)
        })
        expect(document.store.pendingStructs).toBe(null)
        expect(equalBytes(Y.encodeStateAsUpdate(document), buildUpdate(runsOf(contents)))).toBe(true)
      }),
      { seed, numRuns: 100 },
    )
  })
})

describe('[R2] parsing', () => {
  test('[R2] a crafted item is taken where nothing in it is wrong', () => {
    expect(isRefused(oneItem())).toBe(false)
    expect(isRefused(laterItem({ client: first.client, clock: 4 }))).toBe(false)
  })

  test('[R1] bytes of format V2 are refused', () => {
    const document = documentOf([[entry], [entry, entry], [], [], []])
    expect(isRefused(Y.encodeStateAsUpdateV2(document))).toBe(true)
    expect(isRefused(Y.encodeStateAsUpdateV2(new Y.Doc()))).toBe(true)
  })

  test('[R2] deletions are refused, alone and beside entries', () => {
    const document = documentOf([[entry, entry, entry], [], [], [], []])
    document.getArray(first.name).delete(1, 1)
    expect(isRefused(Y.encodeStateAsUpdate(document))).toBe(true)
    expect(isRefused(Uint8Array.of(0, 1, 5, 1, 0, 9))).toBe(true)
    const beside = concatBytes(oneItem().subarray(0, -1), Uint8Array.of(1, 5, 1, 0, 9))
    expect(isRefused(beside)).toBe(true)
  })

  test('[R2] items of any other content are refused', () => {
    const contents: ((list: Y.Array<unknown>, document: Y.Doc) => void)[] = [
      (list) => list.push(['text']),
      (list) => list.push([1, 2]),
      (list) => list.push([{ a: 1 }]),
      (list) => list.push([new Y.Map()]),
      (list) => list.push([new Y.Text('a')]),
      (list) => list.push([new Y.Doc()]),
      (_, document) => document.getText(first.name).insert(0, 'text'),
      (_, document) => document.getText(first.name).insertEmbed(0, { a: 1 }),
      (_, document) => document.getMap(first.name).set('key', entry),
    ]
    for (const write of contents) {
      const document = new Y.Doc()
      document.clientID = first.client
      write(contents.indexOf(write) < 6 ? document.getArray(first.name) : new Y.Array(), document)
      const update = Y.encodeStateAsUpdate(document)
      expect(update.length).toBeGreaterThan(2)
      expect(isRefused(update)).toBe(true)
    }
    for (let ref = 0; ref < 32; ref++) if (ref !== 3) expect(isRefused(oneItem({ info: ref }))).toBe(true)
  })

  test('[R2] entries that were inserted before others are refused', () => {
    const document = new Y.Doc()
    document.clientID = first.client
    document.getArray(first.name).push([entry])
    document.getArray(first.name).insert(0, [entry])
    expect(isRefused(Y.encodeStateAsUpdate(document))).toBe(true)
  })

  test('[R2] collected and skipped structs are refused', () => {
    const collected = new Y.Doc({ gc: true })
    collected.clientID = first.client
    const map = new Y.Map()
    collected.getArray(first.name).push([map])
    map.set('a', 1)
    collected.getArray(first.name).delete(0, 1)
    expect(isRefused(Y.encodeStateAsUpdate(collected))).toBe(true)
    const all = buildUpdate(runsOf([[entry, entry, entry], [], [], [], []]))
    const gapped = Y.mergeUpdates([
      buildUpdate([
        { client: first.client, list: first.name, fromIndex: 0, entries: [new Uint8Array(entry)] },
      ]),
      buildUpdate([{ client: first.client, list: null, fromIndex: 2, entries: [new Uint8Array(entry)] }]),
    ])
    expect(gapped.length).not.toBe(all.length)
    expect(isRefused(gapped)).toBe(true)
  })

  test('[R2] lists in another order, or one list twice, are refused', () => {
    const high = first.client > second.client ? first : second
    const low = high === first ? second : first
    const item = (list: typeof first) => oneItem({ client: list.client, name: list.name }).subarray(1, -1)
    const join = (...items: Uint8Array[]) =>
      concatBytes(Uint8Array.of(items.length), ...items, Uint8Array.of(0))
    expect(isRefused(join(item(high), item(low)))).toBe(false)
    expect(isRefused(join(item(low), item(high)))).toBe(true)
    expect(isRefused(join(item(high), item(high)))).toBe(true)
  })

  test('[R2] a number that is longer than it need be is refused in every place', () => {
    const good = oneItem()
    for (let at = 0; at < good.length; at++) {
      const byte = good[at] as number
      if (byte > 127) continue
      const longer = concatBytes(good.subarray(0, at), Uint8Array.of(byte | 128, 0), good.subarray(at + 1))
      expect(isRefused(longer)).toBe(true)
    }
  })

  test('[R2] a client id that is not the one of the list is refused', () => {
    expect(isRefused(oneItem({ client: second.client }))).toBe(true)
    expect(isRefused(oneItem({ client: first.client + 1 }))).toBe(true)
    const names = ['', 'list', first.name.slice(0, -1), `${first.name}0`, first.name.replace('.0', '.256')]
    for (const name of [...names, first.name.replace('.0', '.00'), first.name.replace('.', ',')])
      expect(isRefused(oneItem({ name }))).toBe(true)
  })

  test('[R2] an origin elsewhere, a second origin or a parent on a later item are refused', () => {
    expect(isRefused(laterItem({ client: first.client, clock: 3 }))).toBe(true)
    expect(isRefused(laterItem({ client: first.client, clock: 5 }))).toBe(true)
    expect(isRefused(laterItem({ client: second.client, clock: 4 }))).toBe(true)
    expect(isRefused(laterItem({ client: first.client, clock: 4 }, 0xc3))).toBe(true)
    expect(isRefused(laterItem({ client: first.client, clock: 4 }, 0x43))).toBe(true)
    expect(isRefused(oneItem({ clock: 1 }))).toBe(true)
    expect(isRefused(oneItem({ parent: 0 }))).toBe(true)
    expect(isRefused(oneItem({ info: 0x23 }))).toBe(true)
  })

  test('[R2] a parent whose name is another spelling of the bytes is refused', () => {
    const bytes = oneItem()
    const bad = new Uint8Array(bytes)
    bad[bytes.indexOf(first.name.charCodeAt(0), 12)] = 0xff
    expect(isRefused(bad)).toBe(true)
  })

  test('[R2] entries and updates over their limits are refused, those at the limit are not', () => {
    const of = (...lengths: number[]) =>
      buildUpdate([
        {
          client: first.client,
          list: first.name,
          fromIndex: 0,
          entries: lengths.map((n) => new Uint8Array(n)),
        },
      ])
    expect(isRefused(of(limits.entryBytes))).toBe(false)
    expect(isRefused(of(limits.entryBytes + 1))).toBe(true)
    const large = of(...Array<number>(16).fill(limits.entryBytes))
    expect(isRefused(large)).toBe(false)
    expect(parseUpdate(large, limits.liveUpdateBytes)).toEqual({ ok: false, error: 'tooLarge' })
    expect(isRefused(large, large.length)).toBe(false)
    expect(isRefused(large, large.length - 1)).toBe(true)
  })

  test('[R2] counts that the bytes cannot hold are refused without being tried', () => {
    const runs = craft((encoder) => encoding.writeVarUint(encoder, 2 ** 40))
    const items = craft((encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint(encoder, 2 ** 40)
    })
    for (const start of [runs, items]) {
      const { result, reads, copied } = parseWithin(concatBytes(start, new Uint8Array(50)), parseUpdate)
      expect(result.ok).toBe(false)
      expect({ reads, copied }).toEqual({ reads: start.length, copied: 0 })
    }
    expect(isRefused(laterItem({ client: first.client, clock: 2 ** 45 }))).toBe(true)
  })

  test('[R2] every truncation is refused', () => {
    const update = buildUpdate(runsOf([[entry, entry], [entry], [entry], [], [entry]]))
    for (let length = 0; length < update.length; length++)
      expect(isRefused(update.subarray(0, length))).toBe(true)
    expect(isRefused(concatBytes(update, Uint8Array.of(0)))).toBe(true)
  })

  test('[R2] every change of one byte is refused or is the canonical form of something else', () => {
    const update = buildUpdate(runsOf([[entry, entry], [entry], [], [entry], []]))
    let accepted = 0
    for (let at = 0; at < update.length; at++) {
      for (let bits = 1; bits < 256; bits++) {
        const changed = new Uint8Array(update)
        changed[at] = (changed[at] as number) ^ bits
        const parsed = parseUpdate(changed)
        if (!parsed.ok) continue
        accepted++
        if (!equalBytes(buildUpdate(parsed.value), changed))
          expect.fail(`byte ${at} with ${bits} is not canonical`)
      }
    }
    // the bytes inside entries may be anything: that is what signatures are for
    expect(accepted).toBeGreaterThanOrEqual(4 * 3 * 255)
  })
})
