/** Offers and profiles, read by the word lists: in pieces, so that nobody's finger waits for it. */

import { useEffect, useMemo, useState } from 'preact/hooks'
import { ownCategories } from '../hooks/own-categories.ts'
import { useHelperRows, useOwnHelperRows } from '../hooks/use-asks.ts'
import { useHidings } from '../hooks/use-hidings.ts'
import { useNow } from '../hooks/use-now.ts'
import { language, t } from '../i18n/translate.ts'
import { OfferWords } from '../records/matching/offer-words.ts'
import { type Helper, type HelperRows, helpersFrom, offerText } from '../records/matching/ways-to-help.ts'
import type { Lexicon } from '../records/need/reading/lexicon.ts'
import { lexiconNow } from './lexicon.ts'

/** One piece of reading, ms. */
const pieceMs = 8
/** What is free and who was asked is looked at so often. */
const stepMs = 10 * 60 * 1000

let held: { words: OfferWords; lexicon: Lexicon; language: string } | null = null

/** Kept while the app is open: of a changed board only what is new is read. */
const offerWords = (): OfferWords => {
  const lexicon = lexiconNow()
  if (held?.language !== language.value || held.lexicon !== lexicon) {
    const words = new OfferWords(lexicon, (skill) => t(`skill.${skill}`))
    held = { words, lexicon, language: language.value }
  }
  return held.words
}

const textsOf = ({ offers, profiles }: HelperRows): string[] => [
  ...offers.map(offerText),
  ...profiles.map(({ otherSkills }) => otherSkills),
]

const hasSome = ({ offers, profiles }: HelperRows): boolean => offers.length + profiles.length > 0

/** Reads what is not read yet; gives a way to stop. */
const readInPieces = (texts: readonly string[], words: OfferWords, onRead: () => void): (() => void) => {
  let at = 0
  let timer = 0
  const piece = () => {
    const until = performance.now() + pieceMs
    while (at < texts.length && performance.now() < until) words.read(texts[at++] ?? '')
    if (at < texts.length) timer = window.setTimeout(piece)
    else onRead()
  }
  piece()
  return () => clearTimeout(timer)
}

/** By the clock in steps: a list that is looked at does not change under the finger with each minute. */
export const useMatchTime = (): number => Math.floor(useNow() / stepMs) * stepMs

const useRead = (rows: HelperRows | undefined, nowMs: number): Helper[] | undefined => {
  const hidings = useHidings()
  const [read, setRead] = useState<HelperRows>()
  useEffect(() => {
    if (!rows) return undefined
    // whoever offers nothing does not wait for the word lists
    if (!hasSome(rows)) return setRead(rows)
    return readInPieces(textsOf(rows), offerWords(), () => setRead(rows))
  }, [rows, ownCategories.value])
  return useMemo(() => {
    if (!read || !hasSome(read)) return read && []
    const offers = read.offers.filter(({ id }) => hidings.get(id)?.state !== 'hidden')
    return helpersFrom({ ...read, offers }, offerWords(), nowMs)
  }, [read, hidings, language.value, ownCategories.value])
}

/** Everybody's ways to help; `undefined` until read. */
export const useHelpers = (nowMs: number): Helper[] | undefined => useRead(useHelperRows(nowMs), nowMs)

/** This person's; none where he neither offers nor says anything. */
export const useOwnHelpers = (me: string, nowMs: number): Helper[] | undefined =>
  useRead(useOwnHelperRows(me, nowMs), nowMs)
