/** What people of the village do about who is in: asking, admitting, meeting, removing, promoting, leaving, coming back. */

import type { Command, CommandValue } from '../../src/engine/api.ts'
import type { Device } from '../../sync-server/protocol/roster.ts'
import type { Role } from '../../sync-server/protocol/statement.ts'
import type { Phone } from '../support/phone.ts'
import { writePower, writeRemoval } from './hostile.ts'
import { insistSame } from './invariants.ts'
import { deviceOf, powerOf, truthOf } from './truth.ts'
import { insist, type Resident, type Village } from './village.ts'

const refusals = [
  'notAllowed',
  'notFound',
  'notYetMember',
  'noNetwork',
  'offline',
  'ended',
  'notSenior',
  'alreadyVoted',
  'alreadyMember',
  'lastCoordinator',
  'tooManyDevices',
  'inviteUsed',
  'inviteExpired',
]

/** A log that lost its end cannot show the whole roster before it has met a relay again. */
const expected = ({ hasDamage }: Village): readonly string[] =>
  hasDamage ? [...refusals, 'welcomeNotOurs'] : refusals

/** Null where it was refused. */
export const tell = async (
  village: Village,
  { phone }: Resident,
  command: Command,
): Promise<CommandValue | null> => {
  const { prefix } = phone
  const result = await phone.engine.run(command)
  // the battery was out before the answer
  if (phone.prefix !== prefix) return null
  village.story.push(`${phone.name}: ${command.type} ${result.ok ? 'ok' : result.error.code}`)
  if (result.ok) return result.value
  insist(
    expected(village).includes(result.error.code),
    `${command.type} does not end in ${JSON.stringify(result.error)}`,
  )
  return null
}

export const inviteFrom = async (
  village: Village,
  resident: Resident,
  terms: { role?: Role; uses?: number; approval?: boolean; hours?: number } = {},
): Promise<{ link: string; inviteId: string } | null> => {
  await village.release(resident)
  const { role = 'member', uses = 1, approval = false, hours = 72 } = terms
  const origin = resident.phone.appOrigin
  const made = await tell(village, resident, { type: 'invite.make', role, hours, uses, approval, origin })
  return made?.link ? { link: made.link, inviteId: made.inviteId ?? '' } : null
}

const joinBy = async (village: Village, by: Resident, link: string): Promise<Resident> => {
  const joiner = await village.addPhone(by.line.relay)
  const nickname = joiner.phone.name
  await tell(village, joiner, { type: 'network.join', link, nickname, language: 'ar' })
  return joiner
}

/** Comes with a link that lets nobody in any more. */
const tryToJoin = async (village: Village, by: Resident, link: string): Promise<void> => {
  const joiner = await joinBy(village, by, link)
  const device = deviceOf(joiner)
  if (device) village.unwelcome.add(device)
  insist(
    !device || !(await truthOf(village)).devices.has(device),
    'an invite that is used, over or taken back lets nobody in',
  )
}

const roleOf = ({ phone }: Resident): Role | null => {
  const { local } = phone.engine
  return local?.replica.book.roster.devices.get(local.keys.device)?.role ?? null
}

const others = ({ local }: Phone): Device[] => {
  const { devices } = local.replica.book.roster
  const me = devices.get(local.keys.device)?.member
  return [...devices.values()].filter(({ member }) => member !== me)
}

const askIn = async (village: Village, resident: Resident): Promise<void> => {
  const role = village.chance.pick(['member', 'member', 'follower'] as const)
  const invite = await inviteFrom(village, resident, { role, approval: true })
  if (!invite) return
  const joiner = await joinBy(village, resident, invite.link)
  const device = deviceOf(joiner)
  const { devices } = await truthOf(village)
  insist(!device || !devices.has(device), 'nobody who asks is in before a coordinator lets him in')
}

const admit = async (village: Village, resident: Resident): Promise<void> => {
  const { phone } = resident
  await phone.exchange()
  const requests = await phone.local.database.requests.toArray()
  if (requests.length === 0) return
  const { deviceId } = village.chance.pick(requests)
  const role = village.chance.pick(['member', 'member', 'member', 'coordinator', 'follower'] as const)
  if (role === 'coordinator') village.promoted.add(deviceId)
  await tell(village, resident, { type: 'member.admit', deviceId, role })
}

const meetAs = async (village: Village, by: Resident, as: Role | 'myDevice'): Promise<Resident | null> => {
  const joiner = await village.addPhone(by.line.relay)
  const nickname = joiner.phone.name
  const met = await tell(village, joiner, { type: 'network.meet', nickname, language: 'ar' })
  if (!met?.card) return null
  const shown = await tell(village, by, { type: 'member.admit-card', card: met.card, as })
  if (!shown?.welcome) return null
  await tell(village, joiner, { type: 'network.enter', welcome: shown.welcome })
  const device = deviceOf(joiner)
  if (device && as === 'coordinator') village.promoted.add(device)
  return joiner
}

const meet = async (village: Village, resident: Resident): Promise<void> => {
  if (roleOf(resident) !== 'coordinator') return
  await meetAs(
    village,
    resident,
    village.chance.pick(['member', 'member', 'follower', 'coordinator'] as const),
  )
}

/** Not by a phone that lives twice: whom it names is in by one of its histories only, and out when they meet. */
const secondPhone = async (village: Village, resident: Resident): Promise<void> => {
  if (roleOf(resident) && !resident.isTwin) await meetAs(village, resident, 'myDevice')
}

/** His phone goes with the thief, as often as not. */
const loseTo = (village: Village, gone: (resident: Resident) => boolean): void => {
  for (const resident of village.residents)
    if (gone(resident) && village.chance.oneIn(2)) resident.isStolen = true
}

const retire = async (village: Village, resident: Resident): Promise<void> => {
  const { local } = resident.phone
  const { devices } = local.replica.book.roster
  const me = devices.get(local.keys.device)
  const lost = [...devices.values()].find(({ id, member }) => member === me?.member && id !== me?.id)
  if (!lost || !(await tell(village, resident, { type: 'device.retire', deviceId: lost.id }))) return
  loseTo(village, (other) => deviceOf(other) === lost.id)
}

const remove = async (village: Village, resident: Resident, victim: Device): Promise<void> => {
  const { phone } = resident
  const done = await tell(village, resident, { type: 'member.remove', memberId: victim.member })
  if (!done || done.isVote) return
  const { former } = phone.local.replica.book.roster
  loseTo(village, (other) => other !== resident && former.get(deviceOf(other) as never)?.end === 'removed')
}

const removeSomebody = async (village: Village, resident: Resident): Promise<void> => {
  const devices = others(resident.phone)
  if (devices.length > 0) await remove(village, resident, village.chance.pick(devices))
}

/** With two others a coordinator can be removed by juniors: he makes the second one himself, as often as not. */
const raise = async (village: Village, by: Resident): Promise<void> => {
  const { devices } = by.phone.local.replica.book.roster
  const personOf = (one: Resident) => devices.get(deviceOf(one) as never)?.member
  const isPlain = (one: Resident) =>
    roleOf(one) === 'member' &&
    !village.residents.some((twin) => twin.isTwin && personOf(twin) === personOf(one))
  const member = village.neighbours.find(isPlain)
  if (!member || village.chance.oneIn(2)) return
  const memberId = personOf(member)
  if (!memberId) return
  village.promoted.add(memberId)
  await tell(village, by, { type: 'member.role', memberId, role: 'coordinator' })
  await by.phone.exchange()
  await village.release(member)
  await member.phone.exchange()
}

/** All others want one coordinator out, who meanwhile uses what he may still do. */
const mutiny = async (village: Village, victim: Resident): Promise<void> => {
  if (roleOf(victim) !== 'coordinator') return
  const { chance } = village
  const device = victim.phone.local.replica.book.roster.devices.get(victim.phone.local.keys.device)
  await raise(village, victim)
  const council = village.neighbours.filter((one) => one !== victim && roleOf(one) === 'coordinator')
  if (!device || council.length === 0) return
  if (chance.oneIn(2)) await deed(village, victim, chance.pick(['role', 'remove', 'meet'] as const))
  for (const resident of council) {
    if (resident.phone.engine.local) await village.release(resident)
    if (chance.oneIn(3)) await resident.phone.exchange()
    if (others(resident.phone).some(({ id }) => id === device.id)) await remove(village, resident, device)
  }
}

const changeRole = async (village: Village, resident: Resident): Promise<void> => {
  const { chance } = village
  const { local } = resident.phone
  const { devices } = local.replica.book.roster
  if (devices.size === 0) return
  const { member } = chance.pick([...devices.values()])
  const role = chance.pick(['member', 'coordinator', 'coordinator', 'follower'] as const)
  const isTwin = village.residents.some(
    (one) => one.isTwin && devices.get(deviceOf(one) as never)?.member === member,
  )
  if (role === 'coordinator' && isTwin) return
  if (role === 'coordinator') village.promoted.add(member)
  await tell(village, resident, { type: 'member.role', memberId: member, role })
}

const cancel = async (village: Village, resident: Resident): Promise<void> => {
  const made = await inviteFrom(village, resident, { uses: 3 })
  if (!made) return
  await tell(village, resident, { type: 'invite.cancel', inviteId: made.inviteId })
  const done = await resident.phone.exchange()
  if (done && roleOf(resident)) await tryToJoin(village, resident, made.link)
}

const hourMs = 3600_000

const comeLate = async (village: Village, resident: Resident): Promise<void> => {
  const made = await inviteFrom(village, resident, { hours: 1, uses: 3 })
  if (!made) return
  village.time.ms += 3 * hourMs
  await tryToJoin(village, resident, made.link)
}

/** One invite for one, and two who come with it one after the other. */
const comeTwice = async (village: Village, resident: Resident): Promise<void> => {
  const made = await inviteFrom(village, resident)
  if (!made) return
  const first = await joinBy(village, resident, made.link)
  if (first.phone.engine.local?.isIn) await tryToJoin(village, resident, made.link)
}

/** Whose place was over asks once more, with new keys. */
const comeBack = async (village: Village, resident: Resident): Promise<void> => {
  const out = village.neighbours.filter(({ phone, isTwin }) => phone.engine.status.ended && !isTwin)
  if (out.length === 0) return
  const back = village.chance.pick(out)
  const made = await inviteFrom(village, resident, { approval: village.chance.oneIn(2) })
  if (!made) return
  await village.moveTo(back, resident.line.relay)
  await tell(village, back, {
    type: 'network.join',
    link: made.link,
    nickname: back.phone.name,
    language: 'ar',
  })
}

/** Nobody who coordinates: what his phones say about others is void with every history, and all that hangs on it. */
const clone = async (village: Village, resident: Resident): Promise<void> => {
  const { local } = resident.phone
  const me = local.replica.book.roster.devices.get(local.keys.device)
  if (!me || me.role === 'coordinator' || village.promoted.has(me.member)) return
  if (village.residents.some(({ isTwin }) => isTwin)) return
  const twin = await village.cloneOf(resident)
  // as often as not both go on before they can hear of each other, at relays that do not know of each other either
  if (village.chance.oneIn(2) || me.role === 'follower') return
  await village.moveTo(twin, village.chance.pick(village.relays))
  for (const one of [resident, twin]) {
    await one.phone.addNeed(village.text('حاجة'))
    await one.phone.exchange()
  }
}

/** A member's changed app writes what only coordinators may; his own phone already knows better. */
const reach = async (village: Village, resident: Resident): Promise<void> => {
  const { local } = resident.phone
  const me = local.replica.book.roster.devices.get(local.keys.device)
  if (!me || village.promoted.has(me.member) || resident.isTwin) return
  const before = powerOf(local.replica.book.roster)
  const kinds = await writePower(village.chance, resident.phone, 4)
  village.story.push(`${resident.phone.name}: reaches for power by ${kinds.join(', ')}`)
  insistSame(
    before,
    powerOf(local.replica.book.roster),
    'before and after a member wrote what he may not all',
  )
}

/** The resident's other phone, a new one if need be. */
const otherPhoneOf = async (village: Village, resident: Resident): Promise<Resident | null> => {
  const { devices } = resident.phone.local.replica.book.roster
  const me = devices.get(deviceOf(resident) as never)
  const isOther = (one: Resident) =>
    one !== resident && devices.get(deviceOf(one) as never)?.member === me?.member
  const other = village.neighbours.find(isOther)
  return other ?? (resident.isTwin ? null : meetAs(village, resident, 'myDevice'))
}

/** One person wants a coordinator out whom he may not remove alone, and says so from two phones. */
const overreach = async (village: Village, resident: Resident): Promise<void> => {
  if (roleOf(resident) !== 'coordinator') return
  const { phone } = resident
  await phone.exchange()
  const { roster } = phone.local.replica.book
  const me = roster.devices.get(phone.local.keys.device)
  const council = others(phone).filter(({ id, member, role }) => id === member && role === 'coordinator')
  // a second phone is as senior as its person
  const seniority = (me && roster.devices.get(me.member)?.seniority) ?? me?.seniority ?? 0
  const isSafe = (one: Device) => council.length > 1 || one.seniority < seniority
  const victim = council.find(
    (one) => isSafe(one) && !roster.votes.some(({ member }) => member === one.member),
  )
  if (!me || !victim) return
  const other = await otherPhoneOf(village, resident)
  for (const one of other ? [resident, other] : [resident]) {
    if (one !== resident) for (const each of [resident, one]) await each.phone.exchange()
    if (roleOf(one) !== 'coordinator') return
    await writeRemoval(one.phone, victim.member)
    const { devices } = one.phone.local.replica.book.roster
    insist(devices.has(victim.id), 'nobody removes a senior, or one of three coordinators, alone')
  }
}

const setRules = async (village: Village, resident: Resident): Promise<void> => {
  await tell(village, resident, { type: 'network.settings', membersMayInvite: village.chance.oneIn(2) })
}

const leave = async (village: Village, resident: Resident): Promise<void> => {
  await tell(village, resident, { type: 'network.leave' })
}

const deeds = {
  askIn: { weight: 3, brings: 1, job: askIn },
  admit: { weight: 6, brings: 0, job: admit },
  meet: { weight: 3, brings: 1, job: meet },
  secondPhone: { weight: 3, brings: 1, job: secondPhone },
  retire: { weight: 3, brings: 0, job: retire },
  remove: { weight: 4, brings: 0, job: removeSomebody },
  mutiny: { weight: 5, brings: 0, job: mutiny },
  role: { weight: 6, brings: 0, job: changeRole },
  leave: { weight: 1, brings: 0, job: leave },
  rules: { weight: 1, brings: 0, job: setRules },
  cancel: { weight: 1, brings: 1, job: cancel },
  late: { weight: 1, brings: 1, job: comeLate },
  twice: { weight: 1, brings: 2, job: comeTwice },
  comeBack: { weight: 2, brings: 0, job: comeBack },
  clone: { weight: 2, brings: 1, job: clone },
  reach: { weight: 5, brings: 0, job: reach },
  overreach: { weight: 3, brings: 1, job: overreach },
} satisfies Record<
  string,
  { weight: number; brings: number; job(village: Village, by: Resident): Promise<void> }
>
export type Deed = keyof typeof deeds

const deed = (village: Village, resident: Resident, name: Deed): Promise<void> => {
  village.story.push(`${resident.phone.name}: ${name}`)
  return deeds[name].job(village, resident)
}

/** So many times more often is done what people are eager to do. */
const eagerness = 12

/** One of them; `room`: phones that may still come. */
export const doPeople = async (
  village: Village,
  resident: Resident,
  room: number,
  eager: Deed | null,
): Promise<void> => {
  if (!resident.phone.engine.local) return
  const weightOf = (name: Deed): number =>
    deeds[name].brings <= Math.max(0, room) ? deeds[name].weight * (name === eager ? eagerness : 1) : 0
  const names = Object.keys(deeds) as Deed[]
  const weights = Object.fromEntries(names.map((name) => [name, weightOf(name)])) as Record<Deed, number>
  await deed(village, resident, village.chance.weighted(weights))
}
