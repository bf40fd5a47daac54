/** One step of the simulation: somebody works, exchanges, falls, comes back, or joins. */

import { corruptRow, loseRows, roomDatabases } from '../support/disk-image.ts'
import type { Phone } from '../support/phone.ts'
import { lineFaults } from './faulty-line.ts'
import { insistAcked, insistCursors, insistOutbox } from './invariants.ts'
import { goLive, hangUp, settleLive } from './live-work.ts'
import { mutateDisk, mutateFallen, mutatePhone, troublesFor } from './mutants.ts'
import { meetNeighbour } from './packet-work.ts'
import { type Deed, doPeople, inviteFrom } from './people.ts'
import type { Resident, Village } from './village.ts'
import { doWork } from './work.ts'

/** Which kinds of trouble a run has: few at once, so that a failure says more. */
export interface Troubles {
  line: boolean
  power: boolean
  disk: 'none' | 'rows' | 'mirror'
  clock: boolean
  relay: boolean
  twoRelays: boolean
  /** who is in changes all the time */
  people: boolean
  /** some are live */
  live: boolean
  /** neighbours exchange packets */
  packets: boolean
  /** what people do to each other above all */
  eager: Deed | null
}

const dayMs = 24 * 3600 * 1000
const maxResidents = 5
const maxPhones = 7

export const chooseTroubles = ({ chance, mutant }: Village, seed: number): Troubles => {
  const relay = chance.oneIn(3)
  return {
    line: !chance.oneIn(3),
    power: !chance.oneIn(3),
    // what a phone loses and a relay loses too is lost: no promise covers both
    disk: chance.pick(relay ? ['none', 'rows'] : ['none', 'rows', 'mirror']),
    clock: chance.oneIn(3),
    relay,
    twoRelays: chance.oneIn(3),
    people: !chance.oneIn(3),
    // not by chance: seeds that failed before there was live work go on as they went
    live: seed % 4 === 1,
    packets: seed % 4 === 2,
    eager: null,
    ...(mutant ? troublesFor[mutant] : {}),
  }
}

const exchange = async (village: Village, resident: Resident, { line }: Troubles): Promise<void> => {
  const { chance } = village
  resident.line.fault = line
    ? { after: chance.below(2), kind: chance.weighted(lineFaults) }
    : { after: 0, kind: 'none' }
  village.story.push(`${resident.phone.name}: exchange, ${resident.line.fault.kind}`)
  await resident.phone.exchange()
  resident.line.fault = { after: 0, kind: 'none' }
}

/** The answer comes only after others have spoken with the relay. */
const holdExchange = (village: Village, resident: Resident): void => {
  const gate = Promise.withResolvers<void>()
  resident.line.held = gate.promise
  village.story.push(`${resident.phone.name}: exchange, answer held back`)
  resident.held = { release: gate.resolve, exchange: resident.phone.exchange() }
}

const damageFor = (village: Village, { disk }: Troubles, phone: Phone): ((prefix: string) => void) => {
  const { chance } = village
  return (prefix) => {
    const rooms = roomDatabases(prefix)
    if (disk === 'mirror' && chance.oneIn(2)) phone.disk.files.clear()
    if (disk === 'none' || rooms.length === 0) return
    const room = chance.pick(rooms)
    village.hasDamage = true
    village.story.push(`${phone.name}: damage to ${room} (${disk})`)
    if (chance.oneIn(2)) loseRows(room, chance.from(1, 4))
    else corruptRow(room, chance.below(20))
  }
}

const doJob = (village: Village, resident: Resident, { people, eager }: Troubles): Promise<void> =>
  people && village.chance.oneIn(2) ? doPeople(village, resident, 0, eager) : doWork(village, resident)

const fall = async (village: Village, resident: Resident, troubles: Troubles): Promise<void> => {
  const { chance } = village
  const { phone } = resident
  const harm = damageFor(village, troubles, phone)
  const place = phone.engine.local ? phone.place : null
  const damage = (prefix: string) => {
    harm(prefix)
    if (place) mutateDisk(village.mutant, prefix, place)
  }
  const writes = chance.from(1, 30)
  const inWork = chance.oneIn(2)
  const isHearing = resident.isLive && chance.oneIn(2)
  const doing = isHearing ? 'live work' : inWork ? 'a command' : 'an exchange'
  village.story.push(`${phone.name}: battery out after ${writes} writes of ${doing}`)
  const hear = async () => {
    await doWork(village, chance.pick(village.residents))
    await settleLive(village)
  }
  const job = isHearing ? hear : inWork ? () => doJob(village, resident, troubles) : () => phone.exchange()
  if (chance.oneIn(4)) await phone.kill(damage)
  else await phone.killDuring(job, writes, damage)
  await mutateFallen(village.mutant, phone)
  if (!troubles.relay && !troubles.twoRelays && phone.engine.local) await insistCursors(village, resident)
}

export const join = async (
  village: Village,
  inviter: Resident,
  role: 'member' | 'coordinator' = 'member',
): Promise<void> => {
  const made = await inviteFrom(village, inviter, { role })
  if (!made) return
  const joiner = await village.addPhone(inviter.line.relay)
  village.story.push(`${joiner.phone.name}: joins`)
  await joiner.phone.join(made.link)
  if (role === 'coordinator') village.promoted.add(joiner.phone.place.deviceId)
}

/** One invite for one, and two who use it at two relays that do not know of each other. */
const joinAsRivals = async (village: Village): Promise<void> => {
  const { founder, relays } = village
  const made = await inviteFrom(village, founder)
  if (!made) return
  for (const relay of relays) {
    await village.moveTo(founder, relay)
    await founder.phone.exchange()
  }
  village.hasRivals = true
  for (const relay of relays) {
    const rival = await village.addPhone(relay)
    village.story.push(`${rival.phone.name}: joins as a rival at ${relay.origin}`)
    await rival.phone.join(made.link)
  }
}

const troubleRelay = async (village: Village): Promise<void> => {
  const { chance } = village
  const relay = chance.pick(village.relays)
  const what = chance.weighted({ copy: 4, restart: 4, restore: 2, loseDisk: 1 })
  village.story.push(`${relay.origin}: ${what}`)
  if (what === 'copy') relay.keepCopy()
  if (what === 'restart') relay.restart()
  if (what === 'restore') relay.restore((copies) => chance.pick(copies))
  if (what === 'loseDisk') relay.loseDisk()
  await insistAcked(village, relay)
}

export const step = async (village: Village, troubles: Troubles): Promise<void> => {
  const { chance, time } = village
  const resident = chance.pick(village.neighbours)
  time.ms += chance.below(20) * 60_000
  mutatePhone(village.mutant, resident.phone)
  const what = chance.weighted({
    work: 16,
    exchange: 10,
    hold: troubles.line ? 3 : 0,
    restart: 2,
    fall: troubles.power ? 5 : 0,
    clock: troubles.clock ? 2 : 0,
    relay: troubles.relay ? 2 : 0,
    move: troubles.twoRelays ? 2 : 0,
    live: troubles.live ? 7 : 0,
    hangUp: resident.isLive ? 1 : 0,
    join: !troubles.people && village.residents.length < maxResidents ? 1 : 0,
    rivals:
      troubles.twoRelays &&
      !troubles.people &&
      !village.hasRivals &&
      village.residents.length < maxResidents - 1
        ? 1
        : 0,
    night: 1,
    people: troubles.people ? 14 : 0,
    packet: troubles.packets ? 6 : 0,
  })
  // a phone that waits for its answer still takes what its person writes
  if (what !== 'work') await village.release(resident)
  if (what === 'work') await doWork(village, resident)
  if (what === 'exchange') await exchange(village, resident, troubles)
  if (what === 'hold') holdExchange(village, resident)
  if (what === 'restart') await resident.phone.restart()
  if (what === 'fall') await fall(village, resident, troubles)
  if (what === 'clock')
    resident.phone.clockErrorMs = chance.pick([0, 5 * dayMs, -5 * dayMs, -time.ms, 3600_000])
  if (what === 'relay') await troubleRelay(village)
  if (what === 'move') await village.moveTo(resident, chance.pick(village.relays))
  if (what === 'live') await goLive(village, resident, troubles.line)
  if (what === 'hangUp') await hangUp(resident)
  if (what === 'join') await join(village, village.founder)
  if (what === 'rivals') await joinAsRivals(village)
  if (what === 'people')
    await doPeople(village, resident, maxPhones - village.residents.length, troubles.eager)
  if (what === 'packet') await meetNeighbour(village, resident)
  if (what === 'night') time.ms += chance.below(30) * 3600_000
  await settleLive(village)
  if (!resident.phone.engine.local || resident.held) return
  await insistOutbox(resident)
  if (resident.isLive && !troubles.relay && !troubles.twoRelays) await insistCursors(village, resident)
}
