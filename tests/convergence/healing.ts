/** The end of a run: good lines, everybody exchanges until it is quiet, then all must be as promised. */

import { rowFormat } from '../../src/records/row-format.ts'
import { networkDatabaseName } from '../../src/storage/schema.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { clearStores } from '../support/disk-image.ts'
import { attack } from './attack.ts'
import { insistForksCut } from './forks-cut.ts'
import { insistAcked, insistKept, insistSame, insistSecret, pictureOf } from './invariants.ts'
import { carryRoster, insistKeys, insistSealedUnderCurrent } from './keys-held.ts'
import { goLive, hangUp, settleLive } from './live-work.ts'
import { untilQuiet } from './quiet.ts'
import { join } from './schedule.ts'
import { insistApart } from './sealed-apart.ts'
import { coordinatorOf, deviceOf, insidersOf, readersOf, rosterAt, truthOf } from './truth.ts'
import { insist, type Village } from './village.ts'

const dayMs = 24 * 3600 * 1000

const insistAllSame = async (village: Village, truth: Roster): Promise<void> => {
  const [first, ...others] = readersOf(village, truth)
  if (!first) return
  const doubled = village.residents.filter(({ isTwin }) => isTwin)
  const twins = new Set(doubled.map((resident) => deviceOf(resident) ?? undefined))
  const picture = await pictureOf(first.phone, twins)
  for (const { phone } of others)
    insistSame(picture, await pictureOf(phone, twins), `${first.phone.name} and ${phone.name}`)
}

/** As in quiet.ts: where nobody whom a relay knows could tell it of somebody, he goes back to the one that knows him. */
const goWhereKnown = async (village: Village, truth: Roster): Promise<void> => {
  for (const resident of insidersOf(village, truth)) {
    const device = deviceOf(resident)
    for (const relay of village.usedRelays) {
      const { devices } = await rosterAt(village, resident.line.relay)
      if (device && devices.has(device)) break
      await village.moveTo(resident, relay)
    }
  }
}

/** Once more: one round trip each, with nothing in it. */
const insistQuiet = async (village: Village, truth: Roster): Promise<void> => {
  for (const { phone, isTwin } of insidersOf(village, truth)) {
    const done = await phone.exchange()
    insist(done?.roundTrips === 1 && done.delivered === 0, 'a second exchange is one round trip')
    insist(
      isTwin || (done?.bytesReceived ?? 0) < 150,
      `nothing new comes twice (${done?.bytesReceived} bytes)`,
    )
  }
}

/** Rows are copies: dropped, they come again from the log and the relay, and are the same. */
const insistRebuilt = async (village: Village, truth: Roster): Promise<void> => {
  const readers = readersOf(village, truth).filter(({ isTwin }) => !isTwin)
  if (readers.length === 0) return
  const { phone } = village.chance.pick(readers)
  const pictureOfAll = async () => ({ ...(await pictureOf(phone)), contacts: await phone.rows('contacts') })
  const before = await pictureOfAll()
  const tables = ['lists', 'statements', 'operations', 'waiting', 'members', 'invites', 'requests', 'cursors']
  const { place } = phone
  await phone.kill((prefix) =>
    clearStores(networkDatabaseName(prefix, place), [...tables, ...Object.keys(rowFormat.tables)]),
  )
  await phone.exchange()
  insistSame(before, await pictureOfAll(), `${phone.name} and itself, rebuilt,`)
}

/** On good lines all are live, and what each writes is on every phone without an exchange. */
const insistLive = async (village: Village, truth: Roster): Promise<void> => {
  const members = readersOf(village, truth)
  const [first] = members
  if (!first) return
  for (const resident of members) {
    await village.moveTo(resident, first.line.relay)
    await resident.phone.exchange()
  }
  for (const resident of members) {
    await goLive(village, resident, false)
    insist(resident.isLive, `${resident.phone.name} is live on a good line`)
  }
  for (const { phone } of members) await phone.addNeed(village.text('حاجة'))
  await settleLive(village)
  await insistAllSame(village, truth)
  for (const resident of members) await hangUp(resident)
}

/** Who tried to come in where nobody may did not. */
const insistDoors = ({ unwelcome }: Village, { devices }: Roster): void => {
  for (const device of unwelcome)
    insist(!devices.has(device), `an invite that is used, over or taken back lets nobody in (${device})`)
}

/** What somebody else took and what nobody wanted gone in the end is found again. */
const findPhones = async (village: Village): Promise<void> => {
  const { former } = await truthOf(village)
  for (const resident of village.residents) {
    await village.release(resident)
    const device = deviceOf(resident)
    if (device && !former.has(device)) resident.isStolen = false
  }
}

/**
 * Who was removed by all that his phone had heard asks no relay any more, also where more of the roster says that the
 * removal was void: somebody who knows more hands it to him.
 */
const tellMistaken = async (village: Village): Promise<void> => {
  for (const { phone } of insidersOf(village, await truthOf(village)))
    if (phone.engine.status.ended) await carryRoster(village, phone)
}

/** `isLive`: at the end all are live, too. */
export const heal = async (village: Village, isLive: boolean): Promise<void> => {
  for (const resident of village.residents) await hangUp(resident)
  // a fall that was to come in the middle of something live
  for (const relay of village.relays) relay.appendsLeft = null
  await findPhones(village)
  await untilQuiet(village)
  // what came now may have ended, or not, what seemed over before
  await findPhones(village)
  await tellMistaken(village)
  // months that a clock ran ahead to have begun
  village.time.ms += 15 * dayMs
  const coordinator = coordinatorOf(village, await truthOf(village))
  if (coordinator) await join(village, coordinator)
  await untilQuiet(village)
  await attack(village)
  const truth = await truthOf(village)
  insistDoors(village, truth)
  for (const relay of village.relays) await insistAcked(village, relay)
  await insistForksCut(village, truth)
  await insistKept(village, truth)
  await insistAllSame(village, truth)
  await goWhereKnown(village, truth)
  await insistQuiet(village, truth)
  await insistKeys(village, truth)
  await insistSealedUnderCurrent(village, truth)
  await insistApart(village, truth)
  await insistSecret(village)
  if (village.chance.oneIn(2)) await insistRebuilt(village, truth)
  if (isLive) await insistLive(village, truth)
}
