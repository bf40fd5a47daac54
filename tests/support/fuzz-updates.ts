/** Fuzz targets for what reaches a document: updates, and runs at the gate. */
import * as Y from 'yjs'
import { type Bytes, equalBytes } from '../../sync-server/protocol/bytes.ts'
import { noHead, signatureLength } from '../../sync-server/protocol/entry.ts'
import { type HeldList, judgeRun } from '../../sync-server/protocol/gate.ts'
import { boardRoom, type NetworkId } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { buildUpdate, parseUpdate } from '../../sync-server/protocol/update.ts'
import { parseWithin } from './decoder-bounds.ts'
import { TestList } from './entries.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { deviceOf } from './keys.ts'

interface Written {
  lists: TestList[]
  corpus: Bytes[]
}

const write = async (): Promise<Written> => {
  const network = (await deviceOf('fuzz/network')).id as string as NetworkId
  const lists: TestList[] = []
  for (const [i, length] of [3, 1, 5].entries()) {
    const list = new TestList(network, boardRoom, await deviceOf(`fuzz/${i}`), i * 100)
    while (list.length < length) await list.append()
    lists.push(list)
  }
  const [a, b, c] = lists as [TestList, TestList, TestList]
  const branch = c.fork(2)
  await branch.append({ kind: 2 })
  const corpus = [
    a.update(),
    b.update(),
    c.update(0, 2),
    c.update(2),
    branch.update(),
    buildUpdate([a.run(), b.run(), c.run()]),
    buildUpdate([a.run(2), c.run(4)]),
    buildUpdate([]),
  ]
  return { lists, corpus }
}

/** Entries that a document holds of each list. */
const contentsOf = (document: Y.Doc, lists: readonly TestList[]): Uint8Array[][] =>
  lists.map(({ name }) => document.getArray<Uint8Array>(name).toArray())

/** Applying what was taken must not throw, nor change or remove anything that is there. */
const applySafely = (bytes: Bytes, base: Bytes, lists: readonly TestList[]): void => {
  const document = new Y.Doc({ gc: false })
  Y.applyUpdate(document, base)
  const before = contentsOf(document, lists)
  Y.applyUpdate(document, bytes)
  contentsOf(document, lists).forEach((after, i) => {
    const kept = before[i]?.every((entry, index) => equalBytes(after[index] ?? new Uint8Array(), entry))
    promise(kept === true, 'applying it changed what was there')
  })
  promise(document.store.pendingDs === null, 'it left deletions pending')
  document.destroy()
}

export const updateTarget = async (): Promise<FuzzTarget> => {
  const { lists, corpus } = await write()
  const [a, b, c] = lists as [TestList, TestList, TestList]
  const base = buildUpdate([a.run(0, 2), b.run(), c.run(0, 2)])
  const judge = (bytes: Bytes): boolean => {
    const { result, reads, copied } = parseWithin(bytes, parseUpdate)
    promise(reads + copied <= bytes.length, `${reads} reads and ${copied} bytes copied of ${bytes.length}`)
    if (!result.ok) return false
    promise(equalBytes(buildUpdate(result.value), bytes), 'taken though not canonical')
    const sizes = result.value.flatMap(({ entries }) => entries.map(({ length }) => length))
    promise(Math.max(0, ...sizes) <= limits.entryBytes, 'an entry is too large')
    applySafely(bytes, base, lists)
    return true
  }
  return { name: 'update', inputs: 100_000, corpus, judge }
}

const heldOf = (list: TestList, length: number): HeldList => ({
  length,
  head: list.positionAt(length).previous,
  entryAt: async (index) => list.entries[index] ?? null,
  headBefore: async (index) => (index === 0 ? noHead() : (list.heads[index - 1] ?? null)),
})

/** Whatever is taken at the gate is, byte for byte but for the signature, what its author wrote there. */
export const gateTarget = async (): Promise<FuzzTarget> => {
  const { lists, corpus } = await write()
  const judge = async (bytes: Bytes): Promise<boolean> => {
    const parsed = parseUpdate(bytes)
    let accepted = 0
    for (const run of parsed.ok ? parsed.value : []) {
      const list = lists.find(({ client }) => client === run.client)
      if (!list) continue
      const { network, room, key } = list
      const held = heldOf(list, 1)
      const judged = await judgeRun({
        network,
        room,
        list: key,
        held,
        key: list.device.signing.verifyKey,
        run,
      })
      judged.accepted.forEach((entry, i) => {
        promise(entry.index === held.length + i, 'a gap was taken')
        const own = list.entries[entry.index]
        const isOwn = own && equalBytes(own.subarray(0, -signatureLength), entry.entry.unsigned)
        const isBranch = list.length === 5 && entry.index === 2 && entry.entry.kind === 2
        promise(isOwn === true || isBranch, 'an entry was taken that nobody wrote')
        if (isOwn) promise(equalBytes(entry.head, list.heads[entry.index] as Bytes), 'another head')
      })
      accepted += judged.accepted.length
    }
    return accepted > 0
  }
  return { name: 'gate', inputs: 100_000, corpus, judge }
}
