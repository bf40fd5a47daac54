/** Offers, profiles and needs for the tests of matching: written by the real commands, read by the real rows. */

import words from '../../locales/later/words-ar.json' with { type: 'json' }
import { OfferWords } from '../../src/records/matching/offer-words.ts'
import type { NeedInput, NeedRow } from '../../src/records/need/need.ts'
import { createLexicon } from '../../src/records/need/reading/lexicon.ts'
import type { OfferInput, OfferRow } from '../../src/records/offer/offer.ts'
import type { ProfileInput, ProfileRow } from '../../src/records/profile/profile.ts'
import { createNotebook, deviceOf, membersWith } from './notebook.ts'
import { readingLists } from './reading-lists.ts'

export const offerWords = () => new OfferWords(createLexicon(readingLists), (skill) => words.skill[skill])

const writer = (person: number) =>
  createNotebook(deviceOf(person), membersWith({ [deviceOf(person)]: 'member' }))

const only = <R>(rows: readonly R[]): R => {
  if (rows.length !== 1) throw new Error('the command wrote no row')
  return rows[0] as R
}

export const offerBy = async (person: number, offer: OfferInput, at: number): Promise<OfferRow> => {
  const notebook = writer(person)
  await notebook.run({ type: 'offer.add', ...offer }, at)
  return only(notebook.rows<OfferRow>('offers'))
}

export const profileBy = async (person: number, profile: ProfileInput, at: number): Promise<ProfileRow> => {
  const notebook = writer(person)
  await notebook.run({ type: 'profile.save', ...profile }, at)
  return only(notebook.rows<ProfileRow>('profiles'))
}

export const needBy = async (person: number, need: NeedInput, at: number): Promise<NeedRow> => {
  const notebook = writer(person)
  await notebook.run({ type: 'need.add', ...need }, at)
  return only(notebook.rows<NeedRow>('needs'))
}
