/**
 * Our side of catching up: the phone's engine and the relay's server as they are, one POST over the counted line. The
 * other devices write with the app's own sealing and signing.
 */
import type { Operation } from '../../../src/records/operation.ts'
import { encodeOperations, newRecordId } from '../../../src/records/operation-codec.ts'
import { postToRelay } from '../../../src/sync/post.ts'
import type { RoomName } from '../../../sync-server/protocol/ids.ts'
import { TestList } from '../../../tests/support/entries.ts'
import type { TestDevice } from '../../../tests/support/keys.ts'
import {
  appendName,
  foundNetwork,
  invite,
  joinerAsk,
  type TestNetwork,
} from '../../../tests/support/network.ts'
import { Phone, testOrigin } from '../../../tests/support/phone.ts'
import { encodeRaw } from '../../../tests/support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../../../tests/support/test-relay.ts'
import { type BootstrapFigures, measureBootstrap } from './bootstrap.ts'
import { type CountingLine, openCountingLine, type Passed } from './counting-line.ts'
import { earlierWork, editMark, missedWork, type RecordName, size, type Write } from './week-of-work.ts'

const month = '2026-11' as RoomName
/** With roster, board and this month they are ten rooms. */
const olderMonths = [4, 5, 6, 7, 8, 9, 10].map(
  (number) => `2026-${String(number).padStart(2, '0')}` as RoomName,
)

interface Writer {
  device: TestDevice
  lists: Map<RoomName, TestList>
}

interface Known {
  id: Operation['id']
  edits: number
}

class OurNetwork {
  readonly network: TestNetwork
  readonly relay: TestRelay
  readonly writers: Writer[] = []
  readonly #records = new Map<RecordName, Known>()

  constructor(network: TestNetwork, relay: TestRelay) {
    this.network = network
    this.relay = relay
  }

  async bring(device: TestDevice, list: TestList, from = 0): Promise<void> {
    const body = await encodeRaw(testOrigin, {
      network: this.network.id,
      device,
      expiresS: this.relay.clock.ms / 1000 + 300,
      rooms: [{ room: list.room, updates: [list.update(from)] }],
    })
    for await (const _ of (await this.relay.relay.exchange(body, [testOrigin])).messages);
  }

  /** Gives the entry's bytes. */
  async write(write: Write, room = month): Promise<number> {
    const writer = this.writers[write.writer]
    if (!writer) throw new Error('the work is done by the devices that there are')
    const list = writer.lists.get(room) ?? new TestList(this.network.id, room, writer.device)
    writer.lists.set(room, list)
    const plaintext = encodeOperations([await this.#operationOf(write, writer)])
    return (await list.append({ plaintext, key: this.network.keys.members })).length
  }

  async #operationOf({ record, type, isNew, fields }: Write, { device }: Writer): Promise<Operation> {
    const { needId, ...rest } = fields
    const about = needId === undefined ? {} : { needId: this.#idOf(String(needId)) }
    const written = { ...about, ...rest }
    const { ms } = this.relay.clock
    if (isNew) {
      const { id, nonce } = await newRecordId(device.id)
      this.#records.set(record, { id, edits: 0 })
      return { at: [0, ms], op: 'create', type, id, nonce, fields: written }
    }
    const known = this.#records.get(record)
    if (!known) throw new Error(`${record} is edited before it is written`)
    known.edits++
    return { at: [known.edits, ms], op: 'set', type, id: known.id, fields: written }
  }

  #idOf(record: RecordName): Operation['id'] {
    const known = this.#records.get(record)
    if (!known) throw new Error(`${record} is not written yet`)
    return known.id
  }
}

const settle = async (): Promise<{ ours: OurNetwork; link: string }> => {
  const network = await foundNetwork('bench')
  const { link, ...open } = await invite(network, 'bench', { uses: size.devices + 3, origin: testOrigin })
  const ours = new OurNetwork(network, await startTestRelay({ server: { origins: [testOrigin] } }))
  await ours.bring(network.founder, network.roster)
  for (let i = 0; i < size.devices; i++) {
    const { device, roster } = await joinerAsk(network, open, `bench/${i}`)
    await appendName(network, roster, `جارة ${i}`)
    await ours.bring(device, roster)
    ours.writers.push({ device, lists: new Map() })
  }
  for (const write of earlierWork()) await ours.write(write)
  for (const [writer, room] of olderMonths.entries()) {
    const fields = { category: 'food', title: 'سلة غذائية', area: 'شارع ١٢' }
    await ours.write({ writer, record: `need of ${room}`, type: 'need', isNew: true, fields }, room)
  }
  for (const { device, lists } of ours.writers)
    for (const list of lists.values()) await ours.bring(device, list)
  return { ours, link }
}

/** Each brought at once by its own device; gives the bytes of the entries alone. */
const goOnWithout = async (ours: OurNetwork): Promise<number> => {
  let bytes = 0
  for (const write of missedWork()) {
    bytes += await ours.write(write)
    const writer = ours.writers[write.writer] as Writer
    const list = writer.lists.get(month) as TestList
    await ours.bring(writer.device, list, list.length - 1)
  }
  return bytes
}

/** Everything that was written is on the phone, or the figures say nothing. */
const check = async (phone: Phone): Promise<void> => {
  const needs = await phone.rows('needs')
  const edited = needs.filter(({ title }) => String(title).includes(editMark)).length
  const done = (await phone.rows('claims')).filter(({ state }) => state === 'done').length
  if (edited !== size.behind || done !== size.needs || needs.length !== size.needs + olderMonths.length)
    throw new Error(`the phone holds ${needs.length} needs, ${edited} of them edited, ${done} done`)
}

export interface OurFigures extends BootstrapFigures {
  caughtUp: Passed
  nothingNew: Passed
  /** both bodies, the token included, without HTTP: what [R17] bounds */
  nothingNewBodies: number
  /** of the 100 entries alone */
  entryBytes: number
}

const measure = async (ours: OurNetwork, link: string, line: CountingLine): Promise<OurFigures> => {
  const way = `http://127.0.0.1:${line.port}`
  const phone = await Phone.start('قياس', ours.relay.clock, {
    post: (body, closing) => postToRelay(way, body, closing),
  })
  await phone.join(link)
  await phone.exchange()
  const entryBytes = await goOnWithout(ours)
  const { passed: caughtUp } = await line.measure(() => phone.exchange())
  const { passed: nothingNew, value: quiet } = await line.measure(() => phone.exchange())
  if (!quiet) throw new Error('the phone exchanges')
  await check(phone)
  await phone.end()
  const first = await measureBootstrap(link, line, ours.relay.clock)
  return {
    ...first,
    caughtUp,
    nothingNew,
    nothingNewBodies: quiet.bytesSent + quiet.bytesReceived,
    entryBytes,
  }
}

export const measureOurs = async (): Promise<OurFigures> => {
  const { ours, link } = await settle()
  const line = await openCountingLine(ours.relay.port)
  try {
    return await measure(ours, link, line)
  } finally {
    line.close()
    await ours.relay.stop()
  }
}
