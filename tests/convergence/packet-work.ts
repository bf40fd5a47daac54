/** Packets between two residents whom no relay connects at that moment: one gives, the other takes and answers. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { Phone } from '../support/phone.ts'
import { insist, type Resident, type Village } from './village.ts'

const cursorsOf = async ({ local }: Phone): Promise<string> =>
  JSON.stringify(await local.database.cursors.toArray())

/** What is taken moves no cursor. */
const take = async ({ phone }: Resident, packet: Bytes): Promise<void> => {
  const before = await cursorsOf(phone)
  await phone.run({ type: 'packet.take', packet })
  insist((await cursorsOf(phone)) === before, `a packet moves no cursor (${phone.name})`)
}

/** The battery may be out in the middle of it: then there is a part of it, or nothing. */
const takeWithTrouble = async (village: Village, resident: Resident, packet: Bytes): Promise<void> => {
  const { chance } = village
  if (!resident.isLive && chance.oneIn(4)) {
    village.story.push(`${resident.phone.name}: battery out while a packet is taken`)
    await resident.phone.killDuring(
      () => resident.phone.engine.run({ type: 'packet.take', packet }),
      chance.from(1, 20),
    )
  }
  const times = chance.oneIn(3) ? 2 : 1
  for (let i = 0; i < times; i++) await take(resident, packet)
}

const canMeet = ({ phone, held }: Resident): boolean => held === null && phone.engine.local !== null

/** Half of them begin by saying only what they hold. */
export const meetNeighbour = async (village: Village, resident: Resident): Promise<void> => {
  const { chance } = village
  const others = village.neighbours.filter((other) => other !== resident && canMeet(other))
  if (!canMeet(resident) || others.length === 0) return
  const other = chance.pick(others)
  const whole = chance.oneIn(2)
  village.story.push(`${resident.phone.name}: packets with ${other.phone.name}${whole ? '' : ', asked for'}`)
  const { packet } = await resident.phone.run({ type: 'packet.make', whole })
  if (!packet) return
  village.noteSent(packet)
  if (whole) await takeWithTrouble(village, other, packet)
  const answer = await other.phone.run({ type: 'packet.answer', packet })
  if (!answer.packet) return
  village.noteSent(answer.packet)
  await takeWithTrouble(village, resident, answer.packet)
}
