/** Everybody exchanges with every relay until a whole round changes nothing. */

import { insidersOf, truthOf } from './truth.ts'
import { insist, type Resident, type Village } from './village.ts'

/** Everybody with every relay, so often at most. */
const maxRounds = 8
/** Requests in one exchange between honest sides; more of them go round in circles. */
const maxRoundTrips = 10

const exchange = async (village: Village, resident: Resident): Promise<boolean> => {
  const { phone, line } = resident
  const done = await phone.exchange()
  const { problem, failure, ended } = phone.engine.status
  if (!done && ended) return false
  if (!done && problem === 'notMember') {
    // nobody but itself knows that it came: the relay lost that with its disk; or who let it in had no right to
    const isOutside = village.hasRivals || !insidersOf(village, await truthOf(village)).includes(resident)
    if (isOutside) return false
  }
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

export const untilQuiet = async (village: Village): Promise<void> => {
  let before = await stateOf(village)
  for (let round = 0; ; round++) {
    insist(round < maxRounds, `all is quiet after ${maxRounds} rounds`)
    let isNews = false
    for (const relay of village.usedRelays) {
      for (const resident of village.neighbours) {
        await village.moveTo(resident, relay)
        if (resident.phone.engine.local) isNews = (await exchange(village, resident)) || isNews
      }
    }
    const now = await stateOf(village)
    if (!isNews && now === before) return
    before = now
  }
}
