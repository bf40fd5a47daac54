/** Offers and profiles as the matching looks at them: made once, asked for every need. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { type Category, type CategoryKey, categoryKeys, isCategoryKey } from '../categories.ts'
import type { OfferRow } from '../offer/offer.ts'
import type { ProfileRow, SkillKey } from '../profile/profile.ts'
import { nextFreeMs } from './available.ts'
import { categoryIndex, fitByKind, fitBySkill } from './fit.ts'
import type { OfferWords, WordsRead } from './offer-words.ts'

/** One way in which one person can help. */
export interface Helper {
  person: DeviceId
  /** null: by what he says of himself */
  offer: OfferRow | null
  /** 0 to 2 (fit.ts), by the index of the category */
  fits: Uint8Array
  /** categories of the network's own that it is for */
  own: ReadonlySet<Category>
  skills: readonly SkillKey[]
  things: WordsRead['things']
  areaKey: string
  remote: boolean
  /** ms since 1970; `Infinity` for never */
  nextFreeMs: number
  /** of things, how many; else null */
  quantity: number | null
  minutes: number | null
  /** of a profile: what he has in a week */
  weeklyHours: number | null
  /** asked by others this week so many times */
  asked: number
  /** promises that he carries */
  promises: number
  /** a phone or an address stands with the offer */
  reachable: boolean
}

export interface HelperRows {
  /** open ones, of people who are in */
  offers: readonly OfferRow[]
  /** one for each person who is in */
  profiles: readonly ProfileRow[]
  /** by person */
  asked: ReadonlyMap<string, number>
  /** by person */
  promises: ReadonlyMap<string, number>
  /** ids of offers with a contact */
  reachable: ReadonlySet<string>
}

/** What is read of an offer; its details tell stories. */
export const offerText = ({ title }: Pick<OfferRow, 'title'>): string => title

const fitsOf = (kinds: readonly Partial<Record<CategoryKey, 1 | 2>>[], named: Iterable<Category>) => {
  const fits = new Uint8Array(categoryKeys.length)
  for (const kind of kinds)
    for (const [category, fit] of Object.entries(kind)) {
      const index = categoryIndex.get(category as CategoryKey) ?? 0
      fits[index] = Math.max(fits[index] ?? 0, fit)
    }
  for (const category of named) if (isCategoryKey(category)) fits[categoryIndex.get(category) ?? 0] = 2
  return fits
}

const byWords = (
  { categories, skills, things }: WordsRead,
  kind: Partial<Record<CategoryKey, 1 | 2>>,
  ownSkills: readonly SkillKey[],
  said: Category | null = null,
): Pick<Helper, 'fits' | 'own' | 'skills' | 'things'> => {
  const all = [...new Set([...ownSkills, ...skills])]
  const named = said === null ? [...categories] : [said, ...categories]
  return {
    fits: fitsOf([kind, ...all.map((skill) => fitBySkill[skill])], named),
    own: new Set(named.filter((category) => !isCategoryKey(category))),
    skills: all,
    things,
  }
}

const countsOf = (person: string, { asked, promises }: HelperRows): Pick<Helper, 'asked' | 'promises'> => ({
  asked: asked.get(person) ?? 0,
  promises: promises.get(person) ?? 0,
})

const fromOffer = (
  offer: OfferRow,
  home: ProfileRow | undefined,
  rows: HelperRows,
  words: OfferWords,
  nowMs: number,
): Helper => ({
  person: offer.creator,
  offer,
  ...byWords(words.read(offerText(offer)), fitByKind[offer.kind], [], offer.category),
  areaKey: offer.areaKey || (home?.areaKey ?? ''),
  remote: offer.remote,
  nextFreeMs: nextFreeMs(offer.schedule, nowMs),
  quantity: offer.kind === 'goods' ? offer.quantity : null,
  minutes: offer.minutes,
  weeklyHours: null,
  ...countsOf(offer.creator, rows),
  reachable: rows.reachable.has(offer.id),
})

const fromProfile = (profile: ProfileRow, rows: HelperRows, words: OfferWords, nowMs: number): Helper => ({
  person: profile.creator,
  offer: null,
  ...byWords(words.read(profile.otherSkills), {}, profile.skills),
  areaKey: profile.areaKey,
  remote: profile.remote,
  nextFreeMs: nowMs,
  quantity: null,
  minutes: profile.hours === null ? null : profile.hours * 60,
  weeklyHours: profile.hours,
  ...countsOf(profile.creator, rows),
  reachable: false,
})

/** Who says nothing that fits any need is not among them. */
export const helpersFrom = (rows: HelperRows, words: OfferWords, nowMs: number): Helper[] => {
  const homes = new Map<string, ProfileRow>(rows.profiles.map((profile) => [profile.creator, profile]))
  return [
    ...rows.offers.map((offer) => fromOffer(offer, homes.get(offer.creator), rows, words, nowMs)),
    ...rows.profiles.map((profile) => fromProfile(profile, rows, words, nowMs)),
  ].filter(({ fits, own, things }) => things.size > 0 || own.size > 0 || fits.some((fit) => fit > 0))
}
