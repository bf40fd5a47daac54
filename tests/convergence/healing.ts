/** The end of a run: good lines, everybody exchanges until it is quiet, then all must be as promised. */

import { recordTypes } from '../../src/records/record-types.ts'
import { networkDatabaseName } from '../../src/storage/schema.ts'
import { clearStores } from '../support/disk-image.ts'
import { insistAcked, insistKept, insistSame, insistSecret, membersOf, pictureOf } from './invariants.ts'
import { goLive, hangUp, settleLive } from './live-work.ts'
import { join } from './schedule.ts'
import { insist, type Resident, type Village } from './village.ts'

const dayMs = 24 * 3600 * 1000
/** Everybody with every relay, so often at most. */
const maxRounds = 6
/** Requests in one exchange between honest sides; more of them go round in circles. */
const maxRoundTrips = 10

const exchange = async (village: Village, { phone, line }: Resident): Promise<boolean> => {
  const done = await phone.exchange()
  const { problem, failure } = phone.engine.status
  // nobody but itself knows that it came: the relay lost that with its disk; or a rival had the place before
  const isOutside = village.hasRivals || !membersOf(village).some((member) => member.phone === phone)
  if (!done && problem === 'notMember' && isOutside) return false
  if (!done) throw new Error(`${phone.name} exchanges on a good line: ${problem} ${failure}`)
  const { roundTrips } = done
  insist(
    roundTrips <= maxRoundTrips,
    `an exchange settles (${roundTrips} round trips of ${phone.name} with ${line.relay.origin})`,
  )
  return done.delivered > 0
}

const stateOf = async (village: Village): Promise<string> => {
  const lists = await Promise.all(
    village.residents.map(async ({ phone }) =>
      phone.engine.local ? (await phone.local.database.lists.toArray()).map(({ length }) => length) : [],
    ),
  )
  const ends = await Promise.all(village.relays.map(({ store }) => store.rooms(village.network)))
  return JSON.stringify([lists, ends])
}

/** Until a whole round changed nothing. */
const untilQuiet = async (village: Village): Promise<void> => {
  let before = ''
  for (let round = 0; ; round++) {
    insist(round < maxRounds, `all is quiet after ${maxRounds} rounds`)
    let isNews = false
    for (const relay of village.relays) {
      for (const resident of village.residents) {
        await village.moveTo(resident, relay)
        if (resident.phone.engine.local) isNews = (await exchange(village, resident)) || isNews
      }
    }
    const now = await stateOf(village)
    if (!isNews && now === before) return
    before = now
  }
}

const insistAllSame = async (village: Village): Promise<void> => {
  const members = membersOf(village)
  const first = await pictureOf(village.founder.phone)
  for (const { phone } of members.slice(1))
    insistSame(first, await pictureOf(phone), `${village.founder.phone.name} and ${phone.name}`)
}

/** Once more: one round trip each, with nothing in it. */
const insistQuiet = async (village: Village): Promise<void> => {
  for (const { phone } of membersOf(village)) {
    const done = await phone.exchange()
    insist(done?.roundTrips === 1 && done.delivered === 0, 'a second exchange is one round trip')
    insist((done?.bytesReceived ?? 0) < 100, `nothing new comes twice (${done?.bytesReceived} bytes)`)
  }
}

/** Rows are copies: dropped, they come again from the log and the relay, and are the same. */
const insistRebuilt = async (village: Village): Promise<void> => {
  const { phone } = village.chance.pick(membersOf(village))
  const before = await pictureOf(phone)
  const tables = ['lists', 'statements', 'operations', 'waiting', 'members', 'cursors']
  const { place } = phone
  await phone.kill((prefix) =>
    clearStores(networkDatabaseName(prefix, place), [...tables, ...recordTypes.map(({ table }) => table)]),
  )
  await phone.exchange()
  insistSame(before, await pictureOf(phone), `${phone.name} and itself, rebuilt,`)
}

/** On good lines all are live, and what each writes is on every phone without an exchange. */
const insistLive = async (village: Village): Promise<void> => {
  const members = membersOf(village)
  for (const resident of members) {
    await village.moveTo(resident, village.founder.line.relay)
    await resident.phone.exchange()
  }
  for (const resident of members) {
    await goLive(village, resident, false)
    insist(resident.isLive, `${resident.phone.name} is live on a good line`)
  }
  for (const { phone } of members) await phone.addNeed(village.text('حاجة'))
  await settleLive(village)
  await insistAllSame(village)
  for (const resident of members) await hangUp(resident)
}

/** `isLive`: at the end all are live, too. */
export const heal = async (village: Village, isLive: boolean): Promise<void> => {
  for (const resident of village.residents) {
    await village.release(resident)
    await hangUp(resident)
  }
  await untilQuiet(village)
  // months that a clock ran ahead to have begun
  village.time.ms += 15 * dayMs
  await untilQuiet(village)
  await join(village, village.founder)
  await untilQuiet(village)
  for (const relay of village.relays) await insistAcked(village, relay)
  await insistKept(village)
  await insistAllSame(village)
  await insistQuiet(village)
  await insistSecret(village)
  await insistRebuilt(village)
  if (isLive) await insistLive(village)
}
