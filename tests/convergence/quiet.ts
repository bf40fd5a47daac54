/** Everybody exchanges with every relay until nobody has anything new to say, or to mend. */

import type { Exchanged } from '../../src/sync/exchange.ts'
import type { SimRelay } from './sim-relay.ts'
import { rosterAt } from './truth.ts'
import { insist, type Resident, type Village } from './village.ts'

/** Everybody with every relay, so often at most. */
const maxRounds = 8
/** Requests in one exchange between honest sides; more of them go round in circles. */
const maxRoundTrips = 10

/** Null where the relay does not (yet) serve this phone. */
const exchange = async (village: Village, resident: Resident): Promise<Exchanged | null> => {
  const { phone, line } = resident
  const done = await phone.exchange()
  const { problem, failure, ended } = phone.engine.status
  if (!done && ended) return null
  if (!done && problem === 'notMember') {
    // by what this relay knows: who let it in has not been here yet, or had no right to; or the relay lost that with its disk
    const { devices } = await rosterAt(village, line.relay)
    if (village.hasRivals || !devices.has(phone.local.keys.device)) return null
  }
  if (!done) throw new Error(`${phone.name} exchanges on a good line: ${problem} ${failure}`)
  const { roundTrips } = done
  insist(
    roundTrips <= maxRoundTrips,
    `an exchange settles (${roundTrips} round trips of ${phone.name} with ${line.relay.origin})`,
  )
  return done
}

/** What an exchange of these two begins with: while it is the same as after the one before, another brings nothing. */
const stateOf = async ({ network }: Village, { phone }: Resident, { store }: SimRelay): Promise<string> => {
  const { database } = phone.local
  const lists = (await database.lists.toArray()).map(({ length }) => length)
  return JSON.stringify([await store.rooms(network), lists, await database.outbox.count()])
}

export const untilQuiet = async (village: Village): Promise<void> => {
  /** by resident and relay: how both were after an exchange that changed nothing */
  const quiet = new Map<Resident, Map<SimRelay, string>>()
  let relays = [...village.usedRelays]
  for (let round = 0; ; round++) {
    insist(round < maxRounds, `all is quiet after ${maxRounds} rounds`)
    let isNews = false
    for (const relay of relays) {
      for (const resident of village.neighbours) {
        if (!resident.phone.engine.local) continue
        const known = quiet.get(resident) ?? new Map<SimRelay, string>()
        quiet.set(resident, known)
        if (known.get(relay) === (await stateOf(village, resident, relay))) continue
        await village.moveTo(resident, relay)
        known.delete(relay)
        isNews = true
        const before = await stateOf(village, resident, relay)
        const done = await exchange(village, resident)
        const now = resident.phone.engine.local && (await stateOf(village, resident, relay))
        // what came may bring a duty with the next one
        if (now === before && !done?.delivered) known.set(relay, now)
      }
    }
    if (!isNews) return
    // who has just spoken with the last one need not move
    relays = relays.reverse()
  }
}
