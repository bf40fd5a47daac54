/** Residents who are live: how they begin, and when what was sent has arrived. */

import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { Chance } from './chance.ts'
import { type RoadFault, roadFaults } from './faulty-road.ts'
import { insist, type Resident, type Village } from './village.ts'

/** Turns of the event loop after which what has not arrived never will. */
const patienceTurns = 50_000

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** All that the relay has is here, all that is written here is there, or somebody has said that it cannot be. */
const isSettled = async (village: Village, { phone, line }: Resident): Promise<boolean> => {
  const { database } = phone.local
  const { relay, road } = line
  const ends = new Map((await relay.store.rooms(village.network)).map(({ room, seq }) => [room, seq]))
  const rooms = road.rooms as RoomName[]
  for (const room of rooms) {
    const cursor = (await database.cursors.get([relay.origin, room]))?.cursor ?? 0
    if (cursor !== (ends.get(room) ?? 0)) return false
  }
  if ((await database.inbox.filter(({ parked }) => parked === 0).count()) > 0) return false
  if (phone.isDue) return true
  const unsent = await database.outbox.filter(({ delivered }) => delivered === 0).toArray()
  return !unsent.some(({ room }) => rooms.includes(room))
}

/** Until what goes over live sockets has arrived, or they fell. */
export const settleLive = async (village: Village): Promise<void> => {
  for (const resident of village.residents) {
    for (let turns = 0; resident.isLive && !resident.line.road.isSilent; turns++) {
      if (turns % 20 === 0 && (await isSettled(village, resident))) break
      insist(turns < patienceTurns, `what is sent live arrives (${resident.phone.name})`)
      await turn()
    }
  }
}

export const hangUp = async (resident: Resident): Promise<void> => {
  resident.isLive = false
  if (resident.phone.engine.local) await resident.phone.engine.live.leave()
}

export const goLive = async (village: Village, resident: Resident, hasFaults: boolean): Promise<void> => {
  const { phone, line } = resident
  if (!phone.engine.local) return
  const { chance } = village
  const fault: RoadFault = hasFaults ? chance.weighted(roadFaults) : 'none'
  const silence = line.road.begin(fault, new Chance(chance.below(2 ** 31)))
  village.story.push(`${phone.name}: live, ${fault}`)
  let hasFallen = false
  const onFallen = () => {
    hasFallen = true
    resident.isLive = false
  }
  const isUp = await Promise.race([phone.goLive(onFallen), silence.then(() => false)])
  resident.isLive = isUp && !hasFallen
  // a person looks for twenty seconds at what never comes up
  if (!isUp && !hasFallen) await hangUp(resident)
  await settleLive(village)
}
