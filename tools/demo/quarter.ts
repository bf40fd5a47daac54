/** The week that quarter.json tells, as acts of people in the order of time. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from '../../src/engine/api.ts'
import type { NeedInput } from '../../src/records/need/need.ts'
import type { OfferInput, OfferSchedule } from '../../src/records/offer/offer.ts'

const hourMs = 3600_000

interface Told {
  by: string
  /** hours before now */
  hoursAgo: number
}

interface ToldClaim extends Told {
  amount: number
  state: 'taken' | 'onWay' | 'done'
}

type ToldNeed = Told & NeedInput & { title: string; claims: ToldClaim[] }

interface ToldOffer extends Told, Omit<OfferInput, 'schedule'> {
  title: string
  standing?: { days: number[]; from: string; to: string }
  /** begins that many hours from now */
  dated?: { inHours: number; hours: number }
  phone?: string
}

interface ToldQuarter {
  /** the first one founds the network */
  people: string[]
  needs: ToldNeed[]
  offers: ToldOffer[]
}

/** What one person does at one time. */
export interface Act {
  by: string
  atMs: number
  /** `needs` and `claims` give the ids of what was written before, by the need's title and by `<title>/<who claimed>` */
  command(ids: ReadonlyMap<string, string>): Command
  /** under which the record that the command makes is known to later acts */
  makes?: string
}

const told = JSON.parse(readFileSync(join(import.meta.dirname, 'quarter.json'), 'utf8')) as ToldQuarter

export const quarter = {
  people: told.people,
  needCount: told.needs.length,
  offerCount: told.offers.length,
} as const

const known = (ids: ReadonlyMap<string, string>, name: string): string => {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`quarter.json tells of «${name}» before it is there`)
  return id
}

const claimActs = (title: string, { by, hoursAgo, amount, state }: ToldClaim, nowMs: number): Act[] => {
  const makes = `${title}/${by}`
  const take: Act = {
    ...{ by, makes, atMs: nowMs - hoursAgo * hourMs },
    command: (ids) => ({ type: 'claim.take', needId: known(ids, title), amount }),
  }
  if (state === 'taken') return [take]
  const progress: Act = {
    ...{ by, atMs: nowMs - hoursAgo * 0.8 * hourMs },
    command: (ids) => ({ type: state === 'done' ? 'claim.done' : 'claim.onWay', id: known(ids, makes) }),
  }
  return [take, progress]
}

const needActs = ({ by, hoursAgo, claims, ...need }: ToldNeed, nowMs: number): Act[] => [
  {
    ...{ by, makes: need.title, atMs: nowMs - hoursAgo * hourMs },
    command: () => ({ ...need, type: 'need.add' }),
  },
  ...claims.flatMap((claim) => claimActs(need.title, claim, nowMs)),
]

const scheduleOf = ({ standing, dated }: ToldOffer, nowMs: number): OfferSchedule | undefined => {
  if (standing) return { type: 'standing', ...standing }
  if (!dated) return undefined
  const from = Math.ceil(nowMs / hourMs + dated.inHours) * hourMs
  return { type: 'dated', from, to: from + dated.hours * hourMs }
}

const offerAct = (offer: ToldOffer, nowMs: number): Act => {
  const { by, hoursAgo, standing: _, dated: __, phone, ...input } = offer
  const contact = phone ? { contact: { name: '', address: '', phone } } : {}
  const schedule = scheduleOf(offer, nowMs)
  return {
    ...{ by, atMs: nowMs - hoursAgo * hourMs },
    command: () => ({ type: 'offer.add', ...input, ...(schedule && { schedule }), ...contact }),
  }
}

/** Everything that happened in the week before `nowMs`, oldest first. */
export const actsUntil = (nowMs: number): Act[] =>
  [
    ...told.needs.flatMap((need) => needActs(need, nowMs)),
    ...told.offers.map((offer) => offerAct(offer, nowMs)),
  ].sort((a, b) => a.atMs - b.atMs)
