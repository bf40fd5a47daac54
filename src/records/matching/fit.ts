/** What kinds of offer and which skills are of use for which category of need: a table that people can argue about. */

import { type Category, type CategoryKey, categoryKeys } from '../categories.ts'
import type { OfferRow } from '../offer/offer.ts'
import type { SkillKey } from '../profile/profile.ts'

/** 1 can be of use, 2 is for it; what is not named is of no use by itself. */
type Fits = Readonly<Partial<Record<Category, 1 | 2>>>

/** Things fit by their words alone: blankets are no bread. */
export const fitByKind: Readonly<Record<OfferRow['kind'], Fits>> = {
  time: {
    cleaning: 2,
    elderly: 1,
    children: 1,
    disability: 1,
    animals: 1,
    reunion: 1,
    information: 1,
    other: 1,
  },
  skill: {},
  goods: {},
  transport: { transport: 2, health: 1, medicine: 1, disability: 1, elderly: 1, food: 1, reunion: 1 },
  place: { shelter: 2, school: 1 },
}

export const fitBySkill: Readonly<Record<SkillKey, Fits>> = {
  nursing: { health: 2, medicine: 1, elderly: 1, disability: 1 },
  medicine: { health: 2, medicine: 1 },
  firstAid: { health: 1 },
  listening: { mental: 2 },
  elderly: { elderly: 2, disability: 1 },
  children: { children: 2 },
  teaching: { school: 2, children: 1 },
  translation: { information: 1, legal: 1, health: 1 },
  driving: { transport: 2, medicine: 1, health: 1, disability: 1 },
  cooking: { food: 2 },
  repair: { repair: 2, water: 1, electricity: 1 },
  electricity: { electricity: 2, repair: 1 },
  plumbing: { water: 2, repair: 2 },
  building: { shelter: 1, repair: 2 },
  sewing: { winter: 2 },
  computers: { information: 1, school: 1, work: 1 },
  legal: { legal: 2, work: 1 },
  animals: { animals: 2 },
  organising: { reunion: 1, information: 1 },
}

/** What can be done by phone or internet: for these it does not matter where somebody lives. */
export const fromAfar: ReadonlySet<Category> = new Set<CategoryKey>([
  'mental',
  'health',
  'school',
  'work',
  'legal',
  'information',
  'reunion',
])

/** Index of a category in `categoryKeys`; the network's own have none. */
export const categoryIndex: ReadonlyMap<Category, number> = new Map<Category, number>(
  categoryKeys.map((key, index) => [key, index]),
)
