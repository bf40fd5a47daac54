/**
 * What catching up costs: a phone that is 100 one-field edits behind in a network of 5,000 entries by 200 devices, and
 * a phone with ten rooms for which there is nothing new. Phone and relay are the real ones; the other devices write with
 * the app's own sealing and signing.
 */

import type { Operation } from '../../src/records/operation.ts'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { TestList } from '../../tests/support/entries.ts'
import type { TestDevice } from '../../tests/support/keys.ts'
import {
  appendName,
  foundNetwork,
  invite,
  joinerAsk,
  type TestNetwork,
  testTimeS,
} from '../../tests/support/network.ts'
import { lineTo, Phone, testOrigin } from '../../tests/support/phone.ts'
import { encodeRaw } from '../../tests/support/raw-client.ts'
import type { BenchOptions } from '../bench.ts'

const size = { devices: 200, entries: 5000, behind: 100 }
const month = '2026-11' as RoomName
const olderMonths = [
  '2026-04',
  '2026-05',
  '2026-06',
  '2026-07',
  '2026-08',
  '2026-09',
  '2026-10',
] as RoomName[]

interface Writer {
  device: TestDevice
  lists: Map<RoomName, TestList>
  /** its needs */
  ids: Operation['id'][]
}

class Bench {
  readonly network: TestNetwork
  readonly relay: Relay
  readonly writers: Writer[] = []
  readonly time = { ms: (testTimeS + 3600) * 1000 }

  constructor(network: TestNetwork) {
    this.network = network
    this.relay = createRelay({ store: openMemoryStore(), now: () => this.time.ms })
  }

  async bring(device: TestDevice, list: TestList, from = 0): Promise<void> {
    const body = await encodeRaw(testOrigin, {
      network: this.network.id,
      device,
      expiresS: this.time.ms / 1000 + 300,
      rooms: [{ room: list.room, updates: [list.update(from)] }],
    })
    for await (const _ of (await this.relay.exchange(body, [testOrigin])).messages);
  }

  async write({ device, lists }: Writer, operation: Operation, room = month): Promise<void> {
    const list = lists.get(room) ?? new TestList(this.network.id, room, device)
    lists.set(room, list)
    await list.append({ plaintext: encodeOperations([operation]), key: this.network.keys.members })
  }

  async addNeed(writer: Writer, n: number, room = month): Promise<void> {
    const { id, nonce } = await newRecordId(writer.device.id)
    const fields = {
      category: 'food',
      title: `سلة غذائية رقم ${n}`,
      urgency: 'week',
      quantity: 1,
      area: 'شارع ١٢',
    }
    await this.write(writer, { at: [0, this.time.ms], op: 'create', type: 'need', id, nonce, fields }, room)
    writer.ids.push(id)
  }

  async edit(writer: Writer, n: number): Promise<void> {
    const id = writer.ids[n % writer.ids.length]
    if (!id) throw new Error('every writer has needs')
    const fields = { title: `سلة غذائية، تعديل ${n}` }
    await this.write(writer, { at: [1, this.time.ms], op: 'set', type: 'need', id, fields })
  }
}

const build = async (): Promise<{ bench: Bench; link: string }> => {
  const network = await foundNetwork('bench')
  const { link, ...open } = await invite(network, 'bench', { uses: size.devices + 1, origin: testOrigin })
  const bench = new Bench(network)
  await bench.bring(network.founder, network.roster)
  for (let i = 0; i < size.devices; i++) {
    const { device, roster } = await joinerAsk(network, open, `bench/${i}`)
    await appendName(network, roster, `جارة ${i}`)
    await bench.bring(device, roster)
    bench.writers.push({ device, lists: new Map(), ids: [] })
  }
  for (const [i, writer] of bench.writers.entries()) {
    const needs = (size.entries - size.behind) / size.devices
    for (let n = Math.floor(i * needs); n < Math.floor((i + 1) * needs); n++) await bench.addNeed(writer, n)
    for (const room of i < olderMonths.length ? [olderMonths[i] as RoomName] : [])
      await bench.addNeed(writer, i, room)
    for (const list of writer.lists.values()) await bench.bring(writer.device, list)
  }
  return { bench, link }
}

/** Each by another device, as it happens in a week. */
const fallBehind = async (bench: Bench): Promise<number> => {
  let bytes = 0
  for (let n = 0; n < size.behind; n++) {
    const writer = bench.writers[(n * 2) % bench.writers.length] as Writer
    const list = writer.lists.get(month) as TestList
    const before = list.length
    await bench.edit(writer, n)
    bytes += list.entries[before]?.length ?? 0
    await bench.bring(writer.device, list, before)
  }
  return bytes
}

export default async ({ isJson }: BenchOptions): Promise<void> => {
  const { bench, link } = await build()
  const phone = await Phone.start('قياس', bench.time, lineTo(bench.relay))
  await phone.join(link)
  await phone.exchange()
  const held = await phone.local.database.lists.toArray()
  const entries = held.filter(({ room }) => room === month).reduce((sum, { length }) => sum + length, 0)
  const entryBytes = await fallBehind(bench)
  const caughtUp = await phone.exchange()
  const quiet = await phone.exchange()
  const rooms = new Set([
    ...(await phone.local.database.lists.toArray()).map(({ room }) => room),
    rosterRoom,
    'board',
  ])
  if (!caughtUp || !quiet || quiet.roundTrips !== 1) throw new Error('the phone exchanges, and is quiet then')
  const rows = await phone.rows('needs')
  const edited = rows.filter(({ title }) => String(title).includes('تعديل')).length
  if (edited !== size.behind) throw new Error(`${edited} of ${size.behind} edits arrived`)
  await phone.end()
  const ours = { bytes: caughtUp.bytesSent + caughtUp.bytesReceived, roundTrips: caughtUp.roundTrips }
  const nothingNew = { bytes: quiet.bytesSent + quiet.bytesReceived }
  if (!isJson) {
    console.log(`${entries} entries of ${size.devices} devices, ${size.behind} one-field edits behind:`)
    console.log(
      `${ours.roundTrips} round trip(s), ${caughtUp.bytesSent} bytes sent, ${caughtUp.bytesReceived} received`,
    )
    console.log(`entries alone ${entryBytes} bytes, ${Math.round(entryBytes / size.behind)} each`)
    console.log(
      `nothing new in ${rooms.size} rooms: ${quiet.bytesSent} sent, ${quiet.bytesReceived} received`,
    )
  }
  console.log(JSON.stringify({ name: 'catchup', ours, nothingNew }))
}
