/** What each of them can read: rooms at a relay, and entries sealed under the keys of the network. */

import 'fake-indexeddb/auto'
import { importSealingKey } from '../../src/crypto/seal.ts'
import { Keyring, type Receiver } from '../../src/engine/keyring.ts'
import { audienceBelow, createAudienceKey, wrapDrafts } from '../../src/engine/people/key-wraps.ts'
import { receiversOf } from '../../src/engine/people/rotation.ts'
import type { WrapsEntry } from '../../src/engine/roster-book.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../src/storage/database.ts'
import { type Bytes, equalBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { contextOf, parseEntry } from '../../sync-server/protocol/entry.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { type AudienceName, audiences } from '../../sync-server/protocol/statement.ts'
import { parseWraps } from '../../sync-server/protocol/wraps.ts'
import type { Seat } from '../support/council.ts'
import { keyPairOf, type TestKeyPair } from '../support/keys.ts'
import { testTimeS } from '../support/network.ts'
import { type Actor, actors } from './actors.ts'
import { fetchRoom, nameNetwork } from './channels.ts'
import { keyAfter, keyAfterGone, month, Stage } from './stage.ts'
import { lineOf } from './verdict-table.ts'

const removers = ['founder', 'coordinator', 'junior'] as const

/** The current key of a chain, and a coordinator who is left and makes a new one where nobody should use it. */
const refreshKeys = async (stage: Stage): Promise<Map<AudienceName, Bytes>> => {
  const { council } = stage
  const keeper = [...stage.roster().devices.values()].find(({ role }) => role === 'coordinator')
  const seat = council.seats.find(({ id }) => id === keeper?.id) as Seat
  const made = new Map<AudienceName, Bytes>()
  for (const audience of stage.roster().stale) made.set(audience, (await createAudienceKey(audience)).bytes)
  if (made.size > 0) {
    const hashes = await Promise.all([...made].map(async ([name, key]) => [name, await sha256(key)] as const))
    await council.say(seat, { type: 'rotate', keys: Object.fromEntries(hashes) })
  }
  const { chains, current } = stage.roster()
  const keys = new Map<AudienceName, Bytes>()
  for (const audience of audiences) {
    const removal = await Promise.all(removers.map((name) => keyAfter(stage.person(name), audience)))
    const known = [council.network.keys[audience], await keyAfterGone(), made.get(audience), ...removal]
    for (const key of known) {
      const hash = key && (await sha256(key))
      const wanted = chains[audience][current[audience]]
      if (key && hash && wanted && equalBytes(hash, wanted)) keys.set(audience, key)
    }
  }
  await wrapAll(stage, seat, keys)
  return keys
}

/** As coordinators' phones do it: each chain's key for whose highest it is, and under it the key of the chain below. */
const wrapAll = async (stage: Stage, seat: Seat, keys: ReadonlyMap<AudienceName, Bytes>): Promise<void> => {
  const held = async (audience: AudienceName | null) => {
    const bytes = audience && keys.get(audience)
    return audience && bytes ? { ...(await importSealingKey(bytes)), audience, bytes } : null
  }
  for (const audience of audiences) {
    const key = await held(audience)
    if (!key) continue
    const lower = await held(audienceBelow(audience))
    const receivers = receiversOf(audience, stage.roster(), testTimeS + 600)
    for (const draft of await wrapDrafts(
      stage.council.network.id,
      { key, previous: null, lower },
      receivers,
    )) {
      const { kind, publicPart, secret } = draft
      await seat.list.append({ kind, publicPart, key: key.bytes, plaintext: secret?.plaintext as Bytes })
    }
  }
}

const wrapsIn = (stage: Stage): WrapsEntry[] =>
  stage.council.seats.flatMap(({ list }) =>
    list.entries.flatMap((bytes, index) => {
      const entry = parseEntry(bytes)
      const wraps = entry.ok ? parseWraps(entry.value.publicPart) : null
      if (!entry.ok || entry.value.kind !== 3 || !wraps?.ok) return []
      const context = contextOf(list.positionAt(index))
      const author = list.key.device
      return [{ list: list.name, index, author, wraps: wraps.value, context, entry: entry.value }]
    }),
  )

const receiverOf = ({ receiveKey, raw }: TestKeyPair): Receiver => ({ receiveKey, receivePublic: raw })

let databases = 0

/** Which of the current keys come to him, with all bytes of the roster before him and every key that he has. */
const opensWhich = async (
  stage: Stage,
  roster: Roster,
  receivers: readonly Receiver[],
): Promise<Set<AudienceName>> => {
  const { id } = stage.council.network
  const place = { networkId: id, deviceId: stage.council.founder.id }
  const database = openNetworkDatabase(place, rowFormat, `reading${databases++}-`)
  const keyring = new Keyring(database, id)
  await keyring.learn(wrapsIn(stage), receivers, roster)
  const opened = new Set(audiences.filter((audience) => keyring.newest(audience, roster) !== null))
  await database.delete()
  return opened
}

export const readingNames = [
  'roster room',
  'month room',
  'what is for all',
  'what is for members',
  'what is for coordinators',
] as const

/** A relay's own copy, and whatever else holds all bytes and no key. */
const noKeys: readonly Receiver[] = []

const readsAt = async (stage: Stage, actor: Actor, time: 'now' | 'after'): Promise<string[]> => {
  const start = stage.mark()
  if (time === 'after') await actor.end?.(stage, 'all')
  await refreshKeys(stage)
  const store = nameNetwork(stage.store.copy(), stage.council.network.id)
  await stage.fill(store)
  const seat = await actor.enter(stage)
  const own = [receiverOf(seat.device.receiving)]
  const link = actor.name === 'thief of a used link' ? [receiverOf(await keyPairOf('used'))] : []
  const opened = await opensWhich(stage, stage.roster(), [...own, ...link])
  const rooms = [await fetchRoom(store, seat.device, rosterRoom), await fetchRoom(store, seat.device, month)]
  stage.rewind(start)
  return [...rooms, ...audiences.map((audience) => (opened.has(audience) ? 'opens' : 'closed'))]
}

/** By {@link readingNames}: the lines of each table. */
export const readingLines = async (): Promise<Map<string, string[]>> => {
  const stage = await Stage.open('four')
  const list = stage.recordList(stage.person('neighbour'))
  await list.append({ key: stage.council.network.keys.members, plaintext: new Uint8Array(8) })
  await stage.fill(stage.store)
  const lines = new Map(readingNames.map((name) => [name as string, [] as string[]]))
  for (const actor of actors) {
    const now = await readsAt(stage, actor, 'now')
    const after = actor.change ? await readsAt(stage, actor, 'after') : null
    for (const [i, name] of readingNames.entries()) {
      const cells = [now[i], after?.[i]].filter((cell) => cell !== undefined)
      lines.get(name)?.push(lineOf(actor.name, cells))
    }
  }
  await refreshKeys(stage)
  const relay = await opensWhich(stage, stage.roster(), noKeys)
  for (const audience of audiences) {
    const name = `what is for ${audience}`
    lines.get(name)?.push(lineOf('hostile relay', [relay.has(audience) ? 'opens' : 'closed']))
  }
  return lines
}
