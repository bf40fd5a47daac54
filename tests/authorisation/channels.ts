/** The ways to a relay, all by its own code: one POST, a live session, and a packet that a neighbour brings there. */

import type { LiveLine } from '../../sync-server/live/live-line.ts'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { encodeStep1, encodeSync, parseLiveMessage } from '../../sync-server/protocol/live.ts'
import { decodePacket, encodePacket } from '../../sync-server/protocol/packet.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import type { MemoryStore } from '../../sync-server/storage/memory-store.ts'
import type { TestList } from '../support/entries.ts'
import type { TestDevice } from '../support/keys.ts'
import { testTimeS } from '../support/network.ts'
import { encodeRaw, type RawAnswer, readAnswer } from '../support/raw-client.ts'

/** `+` taken, or given · `-` not, but he may stay · `x` turned away at the door */
export type Answered = '+' | '-' | 'x'

const origin = 'https://relay.example'

const relayOn = (store: MemoryStore): Relay =>
  createRelay({
    store,
    now: () => (testTimeS + 600) * 1000,
    onFault: (cause) => {
      throw cause
    },
  })

interface Place {
  readonly store: MemoryStore
  readonly relay: Relay
}

const placeOf = (store: MemoryStore): Place => ({ store, relay: relayOn(store) })

/** Asks for these rooms, and brings updates of one of them. */
const post = async (
  { store, relay }: Place,
  device: TestDevice,
  brought: { room: RoomName; updates: Bytes[] } | null,
  rooms: readonly RoomName[],
): Promise<RawAnswer> => {
  const asked = rooms.map((room) => ({ room, updates: brought?.room === room ? brought.updates : [] }))
  const network = networkOf(store)
  const body = await encodeRaw(origin, { network, device, rooms: asked })
  const { messages } = await relay.exchange(body, [origin])
  const parts: Uint8Array[] = []
  for await (const message of messages) parts.push(message)
  return readAnswer(Buffer.concat(parts), 200, rooms)
}

/** Every store of the matrix holds one network. */
const networks = new WeakMap<MemoryStore, TestList['network']>()
export const nameNetwork = (store: MemoryStore, network: TestList['network']): MemoryStore => {
  networks.set(store, network)
  return store
}
const networkOf = (store: MemoryStore): TestList['network'] => {
  const network = networks.get(store)
  if (!network) throw new Error('the network of this store was not named')
  return network
}

const isHeld = async (store: MemoryStore, { network, room, name, length }: TestList): Promise<boolean> => {
  const { lists } = await store.lengths(network, room)
  return lists.some((held) => held.list === name && held.length >= length)
}

const bringByPost = async (place: Place, device: TestDevice, list: TestList, from: number) => {
  const answer = await post(place, device, { room: list.room, updates: [list.update(from)] }, [list.room])
  if (await isHeld(place.store, list)) return '+'
  return answer.refusal ? 'x' : '-'
}

/** From the author's phone to the carrier's as a packet, and from there as what any member fills a relay with [R14]. */
const bringByPacket = async (place: Place, carrier: TestDevice, list: TestList, from: number) => {
  const rooms = [{ room: list.room, updates: [list.update(from)] }]
  const about = { network: list.network, sender: list.key.device, atMs: testTimeS * 1000, relay: origin }
  const packet = { ...about, rooms, has: [], isPartial: false }
  const read = await decodePacket(await encodePacket(packet, list.device.signing.sign))
  const [room] = read.ok ? read.value.rooms : []
  if (!room) throw new Error('what was encoded reads back')
  await post(place, carrier, room, [list.room])
  return (await isHeld(place.store, list)) ? '+' : '-'
}

/** A line that tells when something has come of it. */
const listening = () => {
  const heard = Promise.withResolvers<'closed' | 'refused'>()
  const received: Uint8Array[] = []
  const step2 = Promise.withResolvers<boolean>()
  const line: LiveLine = {
    bufferedBytes: 0,
    send(message) {
      received.push(message)
      const parsed = parseLiveMessage(message)
      if (!parsed.ok) throw new Error('the relay sends nothing malformed')
      if (parsed.value.type === 'refusals') heard.resolve('refused')
      if (parsed.value.type === 'step2') step2.resolve(parsed.value.update.length > 2)
    },
    pause: () => undefined,
    resume: () => undefined,
    close: () => heard.resolve('closed'),
    drop: () => heard.resolve('closed'),
  }
  return { line, heard: heard.promise, step2: step2.promise }
}

const openLive = async ({ store, relay }: Place, device: TestDevice, room: RoomName) => {
  const network = networkOf(store)
  const claims = { network, device: device.id, expiresS: testTimeS + 900, origin }
  const token = await createToken(claims, device.signing.sign)
  const ears = listening()
  const session = await relay.live.open({ network, room, token, origins: [origin] }, ears.line)
  return { session, ...ears }
}

const bringLive = async (place: Place, device: TestDevice, list: TestList, from: number) => {
  const { store } = place
  const { session, heard } = await openLive(place, device, list.room)
  if (!session) return 'x'
  const grown = new Promise<'grown'>((resolve) => {
    store.subscribe(() => resolve('grown'))
  })
  session.receive(encodeSync('update', list.update(from)), true)
  const outcome = await Promise.race([grown, heard])
  const isTaken = outcome === 'grown' && (await isHeld(store, list))
  session.ended()
  return isTaken ? '+' : '-'
}

/**
 * What a relay that holds `store` makes of a list from this index on: by its author's own hand, POST, then live; then by
 * packet through the hand of a member.
 */
export const bring = async (
  store: MemoryStore,
  device: TestDevice,
  list: TestList,
  from: number,
  carrier: TestDevice,
): Promise<`${Answered}${Answered}${Answered}`> => {
  let untouched = nameNetwork(store, list.network)
  let place = placeOf(untouched)
  /** Who took nothing is as before. */
  const afresh = (answered: Answered): Answered => {
    if (answered === '+') place = placeOf(untouched)
    return answered
  }
  untouched = nameNetwork(store.copy(), list.network)
  const byPost = afresh(await bringByPost(place, device, list, from))
  if (byPost === '+') untouched = nameNetwork(untouched.copy(), list.network)
  const live = afresh(await bringLive(place, device, list, from))
  const byPacket = await bringByPacket(place, carrier, list, from)
  return `${byPost}${live}${byPacket}`
}

/** Whether a relay gives a room's entries to this device: POST, then live. */
export const fetchRoom = async (
  store: MemoryStore,
  device: TestDevice,
  room: RoomName,
): Promise<`${Answered}${Answered}`> => {
  const place = placeOf(store)
  const answer = await post(place, device, null, [room])
  const byPost = answer.refusal ? 'x' : answer.framesOf(room).length > 0 ? '+' : '-'
  const { session, step2 } = await openLive(place, device, room)
  if (!session) return `${byPost}x`
  session.receive(encodeStep1(new Map()), true)
  const isGiven = await step2
  session.ended()
  return `${byPost}${isGiven ? '+' : '-'}`
}
