/**
 * Who can help with a need, and which needs somebody can help with: pure, the same in any order of the rows, and each with
 * its reasons. The numbers in here only put in order; none is ever shown about a person.
 */

import type { Category } from '../categories.ts'
import { compareText } from '../compare-text.ts'
import type { NeedRow } from '../need/need.ts'
import type { SkillKey } from '../profile/profile.ts'
import { deadlineOf, endOfDayMs } from './available.ts'
import { categoryIndex, fitByKind, fitBySkill, fromAfar } from './fit.ts'
import type { Helper } from './ways-to-help.ts'

/** A fact that speaks for somebody; screens have the words. */
export type MatchReason =
  /** the offer names the same thing */
  | { kind: 'thing'; word: string }
  | { kind: 'skill'; skill: SkillKey }
  | { kind: 'category'; category: Category }
  | { kind: 'offer'; offer: 'time' | 'skill' | 'goods' | 'transport' | 'place' }
  | { kind: 'area'; area: string }
  | { kind: 'remote' }
  | { kind: 'today' }
  /** enough for all that is wanted */
  | { kind: 'enough' }
  | { kind: 'part'; done: number; total: number }
  | { kind: 'minutes' }
  /** what he says he has in a week, where that is enough */
  | { kind: 'hours'; hours: number }
  | { kind: 'unasked' }
  | { kind: 'reachable' }

/** A need as it is looked at: what is still wanted of it, and until when. */
export interface Wanted {
  need: NeedRow
  /** 1 to the need's quantity */
  left: number
  /** ms since 1970 */
  deadlineMs: number
}

export interface Match {
  wanted: Wanted
  helper: Helper
  /** the most telling first */
  reasons: MatchReason[]
}

export const wantedOf = (need: NeedRow, covered: number, nowMs: number): Wanted => ({
  need,
  left: Math.max(1, need.quantity - covered),
  deadlineMs: deadlineOf(need, nowMs),
})

/** How much each fact weighs against the others: what it is before where, where before when, and nobody is asked again and again. */
const weight = {
  // more than all that speaks against somebody: who fits is never left out for being busy
  fit: 50,
  area: 20,
  remote: 12,
  today: 14,
  enough: 8,
  part: 3,
  minutes: 6,
  tooLong: -10,
  // who says how much he has means to be asked
  hours: 2,
  unasked: 6,
  asked: -6,
  promise: -4,
  reachable: 3,
} as const
/** How well an offer fits that names the very thing; by its category alone it is 1 or 2 (fit.ts). */
const sameThing = 3
/** More requests or promises than these weigh no more. */
const mostCounted = 3

/** 0 to 2, as fit.ts has it; what is named for a category of the network's own is for it. */
const categoryFit = ({ fits, own }: Helper, category: Category): number => {
  const index = categoryIndex.get(category)
  return index === undefined ? (own.has(category) ? 2 : 0) : (fits[index] ?? 0)
}

const putUnder = <Key>(places: Map<Key, number[]>, key: Key, place: number): void => {
  const held = places.get(key)
  if (held) held.push(place)
  else places.set(key, [place])
}

const isNear = ({ need }: Wanted, { areaKey }: Helper): boolean => areaKey !== '' && areaKey === need.areaKey
const isFromAfar = ({ need }: Wanted, { remote }: Helper): boolean => remote && fromAfar.has(need.category)
const isPressing = ({ need, deadlineMs }: Wanted, endOfDay: number): boolean =>
  need.urgency === 'today' || deadlineMs <= endOfDay

const amountWeight = ({ left }: Wanted, { quantity }: Helper): number => {
  if (quantity === null || left === 1) return 0
  return quantity >= left ? weight.enough : weight.part
}

const minutesWeight = ({ need }: Wanted, { minutes, weeklyHours }: Helper): number => {
  if (need.minutes === null || minutes === null) return weeklyHours === null ? 0 : weight.hours
  return minutes >= need.minutes ? weight.minutes : weight.tooLong
}

const loadWeight = ({ asked, promises }: Helper): number =>
  (asked === 0 ? weight.unasked : weight.asked * Math.min(asked, mostCounted)) +
  weight.promise * Math.min(promises, mostCounted)

/** 0 where it does not fit at all; `fit`: 1 to 3, 3 where both name the same thing. */
const scoreOf = (wanted: Wanted, helper: Helper, fit: number, endOfDay: number): number => {
  if (fit === 0 || helper.nextFreeMs > wanted.deadlineMs) return 0
  return (
    weight.fit * fit +
    (isNear(wanted, helper) ? weight.area : isFromAfar(wanted, helper) ? weight.remote : 0) +
    (isPressing(wanted, endOfDay) && helper.nextFreeMs < endOfDay ? weight.today : 0) +
    amountWeight(wanted, helper) +
    minutesWeight(wanted, helper) +
    loadWeight(helper) +
    (helper.reachable ? weight.reachable : 0)
  )
}

const sharedThing = ({ need }: Wanted, { things }: Helper): string | undefined => {
  let first: string | undefined
  for (const form of things.keys())
    if (need.search.includes(form) && (first === undefined || form < first)) first = form
  return first === undefined ? undefined : things.get(first)
}

const whatReason = (wanted: Wanted, helper: Helper): MatchReason => {
  const { category } = wanted.need
  const word = sharedThing(wanted, helper)
  if (word !== undefined) return { kind: 'thing', word }
  const [skill] = helper.skills
    .filter((one) => (fitBySkill[one][category] ?? 0) > 0)
    .sort((a, b) => (fitBySkill[b][category] ?? 0) - (fitBySkill[a][category] ?? 0) || compareText(a, b))
  if (skill) return { kind: 'skill', skill }
  if (helper.offer && fitByKind[helper.offer.kind][category] !== undefined)
    return { kind: 'offer', offer: helper.offer.kind }
  return { kind: 'category', category }
}

const reasonsOf = (wanted: Wanted, helper: Helper, endOfDay: number): MatchReason[] => {
  const { need, left } = wanted
  const { quantity } = helper
  const reasons: MatchReason[] = [whatReason(wanted, helper)]
  if (isNear(wanted, helper)) reasons.push({ kind: 'area', area: need.area })
  else if (isFromAfar(wanted, helper)) reasons.push({ kind: 'remote' })
  // of a profile nothing is known about its hours
  if (helper.offer && isPressing(wanted, endOfDay) && helper.nextFreeMs < endOfDay)
    reasons.push({ kind: 'today' })
  if (quantity !== null && left > 1)
    reasons.push(quantity >= left ? { kind: 'enough' } : { kind: 'part', done: quantity, total: left })
  if (minutesWeight(wanted, helper) > 0) {
    const { weeklyHours: hours } = helper
    reasons.push(hours === null ? { kind: 'minutes' } : { kind: 'hours', hours })
  }
  if (helper.asked === 0 && helper.promises === 0) reasons.push({ kind: 'unasked' })
  if (helper.reachable) reasons.push({ kind: 'reachable' })
  return reasons
}

interface Scored {
  wanted: Wanted
  helper: Helper
  score: number
}

/** Total and independent of the order of the rows: of equal ones the less busy, then by person and by offer. */
const compareHelpers = (a: Scored, b: Scored): number =>
  b.score - a.score ||
  a.helper.asked + a.helper.promises - b.helper.asked - b.helper.promises ||
  compareText(a.helper.person, b.helper.person) ||
  compareText(a.helper.offer?.id ?? '', b.helper.offer?.id ?? '')

const urgencyRank = { today: 0, week: 1, possible: 2 } as const

const compareNeeds = (a: Scored, b: Scored): number =>
  b.score - a.score ||
  urgencyRank[a.wanted.need.urgency] - urgencyRank[b.wanted.need.urgency] ||
  a.wanted.need.createdAt - b.wanted.need.createdAt ||
  compareText(a.wanted.need.id, b.wanted.need.id)

/** The best `count` in order; of one `key` only its best. */
const bestOf = (
  scored: readonly Scored[],
  count: number,
  keyOf: (one: Scored) => string,
  compare: (a: Scored, b: Scored) => number,
): Scored[] => {
  const best: Scored[] = []
  for (const one of scored) {
    const last = best[count - 1]
    if (last && compare(one, last) >= 0) continue
    const same = best.findIndex((other) => keyOf(other) === keyOf(one))
    if (same >= 0 && compare(best[same] as Scored, one) <= 0) continue
    if (same >= 0) best.splice(same, 1)
    const at = best.findIndex((other) => compare(one, other) < 0)
    best.splice(at < 0 ? best.length : at, 0, one)
    if (best.length > count) best.pop()
  }
  return best
}

const withReasons = (scored: readonly Scored[], endOfDay: number): Match[] =>
  scored.map(({ wanted, helper }) => ({ wanted, helper, reasons: reasonsOf(wanted, helper, endOfDay) }))

/** Everybody who can help with something, by what with: for many needs, one after the other. */
export class HelperIndex {
  readonly #helpers: readonly Helper[]
  /** places of those who fit it */
  readonly #byCategory = new Map<Category, number[]>()
  readonly #byForm = new Map<string, number[]>()
  /** how well each fits the need that is looked at; all 0 between two needs */
  readonly #fits: Uint8Array
  readonly #endOfDay: number

  constructor(helpers: readonly Helper[], nowMs: number) {
    this.#helpers = helpers
    this.#endOfDay = endOfDayMs(nowMs)
    this.#fits = new Uint8Array(helpers.length)
    for (const [place, helper] of helpers.entries()) {
      for (const category of [...categoryIndex.keys(), ...helper.own])
        if (categoryFit(helper, category) > 0) putUnder(this.#byCategory, category, place)
      for (const form of helper.things.keys()) putUnder(this.#byForm, form, place)
    }
  }

  /** The best `count` people, each once, without those in `except`. */
  best(wanted: Wanted, count: number, except: ReadonlySet<string>): Match[] {
    const scored: Scored[] = []
    for (const place of this.#fitting(wanted)) {
      const helper = this.#helpers[place] as Helper
      const score = scoreOf(wanted, helper, this.#fits[place] ?? 0, this.#endOfDay)
      this.#fits[place] = 0
      if (score > 0 && !except.has(helper.person)) scored.push({ wanted, helper, score })
    }
    return withReasons(
      bestOf(scored, count, ({ helper }) => helper.person, compareHelpers),
      this.#endOfDay,
    )
  }

  /** Places of all who fit, each once; how well is then in `#fits`. */
  #fitting({ need }: Wanted): number[] {
    const places = [...(this.#byCategory.get(need.category) ?? [])]
    for (const place of places) this.#fits[place] = categoryFit(this.#helpers[place] as Helper, need.category)
    for (const [form, named] of this.#byForm) {
      if (!need.search.includes(form)) continue
      for (const place of named) {
        if (this.#fits[place] === 0) places.push(place)
        this.#fits[place] = sameThing
      }
    }
    return places
  }
}

/** The best `count` of the needs for one person, whose `helpers` these are. What tires nobody: how often he was asked says nothing here. */
export const needsFor = (
  helpers: readonly Helper[],
  needs: readonly Wanted[],
  count: number,
  nowMs: number,
): Match[] => {
  const endOfDay = endOfDayMs(nowMs)
  const rested = helpers.map((helper) => ({ ...helper, asked: 0, promises: 0, reachable: false }))
  const scored: Scored[] = []
  for (const wanted of needs) {
    for (const helper of rested) {
      const isSame = sharedThing(wanted, helper) !== undefined
      const fit = isSame ? sameThing : categoryFit(helper, wanted.need.category)
      const score = scoreOf(wanted, helper, fit, endOfDay)
      if (score > 0) scored.push({ wanted, helper, score })
    }
  }
  const compare = (a: Scored, b: Scored) => compareNeeds(a, b) || compareHelpers(a, b)
  const best = bestOf(scored, count, ({ wanted }) => wanted.need.id, compare)
  return withReasons(best, endOfDay).map((match) => ({
    ...match,
    reasons: match.reasons.filter(({ kind }) => kind !== 'unasked'),
  }))
}
