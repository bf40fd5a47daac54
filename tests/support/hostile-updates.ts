/** Updates with which the stock Yjs parts were harmed, made for a list of a victim. By POST and live, each must be refused. */
import * as Y from 'yjs'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'
import type { TestList } from './entries.ts'
import { randomFrom } from './mutations.ts'

export interface Attack {
  /** a sentence about the relay */
  name: string
  /** `victim` has three entries, of which the relay holds two */
  updatesOn(victim: TestList, seed?: number): Uint8Array[]
}

/** One struct of one client at a clock: 0 = GC, 10 = Skip. */
const structAt = (client: number, clock: number, kind: 0 | 10, length: number): Uint8Array =>
  new Writer()
    .varUint(1)
    .varUint(1)
    .varUint(client)
    .varUint(clock)
    .byte(kind)
    .varUint(length)
    .varUint(0)
    .bytes()

const deletionOf = (client: number): Uint8Array =>
  new Writer().varUint(0).varUint(1).varUint(client).varUint(1).varUint(0).varUint(1000).bytes()

/** 25 bytes of V2 whose runs say that they hold 4 billion: 1 GB for whoever decodes them. */
const runLengthBomb = (): Uint8Array =>
  Uint8Array.of(0, 0, 5, 255, 255, 255, 255, 7, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 15, 1, 1, 1, 0, 0)

/** As many structs at clocks that nobody has reached as fit into so many bytes: each waits in a stock document. */
export const farClocks = (bytes: number): Uint8Array => {
  const clients = Math.floor((bytes - 16) / 13)
  const writer = new Writer().varUint(clients)
  for (let n = clients; n > 0; n--)
    writer
      .varUint(1)
      .varUint(2 ** 30 + n)
      .varUint(2 ** 30)
      .byte(0)
      .varUint(1)
  return writer.varUint(0).bytes()
}

const withFlippedBit = (bytes: Uint8Array, random: (below: number) => number): Uint8Array => {
  const flipped = Uint8Array.from(bytes)
  const at = random(flipped.length)
  flipped[at] = (flipped[at] as number) ^ (1 << random(8))
  return flipped
}

export const attacks: readonly Attack[] = [
  {
    name: '16 bytes over the next clocks of a victim do not take its places',
    updatesOn: ({ client }) => [structAt(client, 2, 0, 1000), structAt(client, 2, 10, 9)],
  },
  { name: 'a few bytes of deletions delete nothing', updatesOn: ({ client }) => [deletionOf(client)] },
  {
    name: '[R1] updates of format V2 are not decoded',
    updatesOn(victim) {
      const doc = new Y.Doc()
      Y.applyUpdate(doc, victim.update())
      return [Y.encodeStateAsUpdateV2(doc), runLengthBomb()]
    },
  },
  {
    name: 'far-future clocks wait nowhere',
    updatesOn(victim) {
      const { client } = victim
      const far = buildUpdate([{ ...victim.run(2), fromIndex: 2 ** 31 - 2 }])
      const farther = new Writer()
        .varUint(1)
        .varUint(1)
        .varUint(client)
        .varUint(2 ** 53 - 1)
        .byte(0x83)
      const many = new Writer()
        .varUint(2 ** 50)
        .varUint(2 ** 50)
        .varUint(client)
        .varUint(0)
      return [far, farther.bytes(), many.bytes(), farClocks(200_000)]
    },
  },
  {
    name: 'an update cut anywhere is refused whole',
    updatesOn(victim) {
      const whole = victim.update()
      return [1, 2, 9, 40, whole.length - 66, whole.length - 1].map((to) => whole.subarray(0, to))
    },
  },
  {
    name: 'flipped bits are never accepted with other content',
    updatesOn(victim, seed = 7) {
      const random = randomFrom(seed)
      return Array.from({ length: 45 }, () => withFlippedBit(victim.update(2), random))
    },
  },
]

/** A roster entry of a member, well signed, whose statement is an object with a `__proto__` of the attacker's choice. */
export const protoStatement = async (roster: TestList): Promise<Uint8Array> => {
  const list = roster.fork(roster.length)
  const key = (text: string) => new Writer().varText(text)
  // lib0 any: 118 = object, varUint keys; 119 = text; 120 = true
  const publicPart = new Writer()
    .byte(118)
    .varUint(2)
    .raw(key('t').bytes())
    .byte(119)
    .varText('leave')
    .raw(key('__proto__').bytes())
    .byte(118)
    .varUint(1)
    .raw(key('isCoordinator').bytes())
    .byte(120)
    .bytes()
  await list.append({ kind: entryKind.statement, publicPart })
  return list.update(roster.length)
}
