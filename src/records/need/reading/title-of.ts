/** A few words for a need, cut out of a message: the clause that says what is lacked, without greeting, place and amount. */

import type { CategoryHit } from './judge.ts'
import type { Lexicon } from './lexicon.ts'
import type { Hit } from './terms.ts'
import type { Token } from './tokens.ts'

/** Shorter than a need's title may be: what is longer is read in the original. */
const maxTitleChars = 60

/** The clause round a token: from the mark before it to the mark behind it. */
const clauseRound = (tokens: readonly Token[], at: number): { from: number; to: number } => {
  let from = at
  while (from > 0 && !tokens[from]?.breaks) from--
  let to = at + 1
  while (to < tokens.length && !tokens[to]?.breaks) to++
  return { from, to }
}

const covers = (hits: readonly Hit<unknown>[], at: number): boolean =>
  hits.some(({ from, to }) => from <= at && at < to)

interface Seen {
  lexicon: Lexicon
  tokens: readonly Token[]
  /** what says the category that was found */
  hits: readonly CategoryHit[]
  /** part of the area, of the amount or of a name */
  isElsewhere: (at: number) => boolean
}

const wantedTokens = ({ lexicon, tokens, hits, isElsewhere }: Seen): number[] => {
  const main = hits.find(({ tag }) => tag.isThing) ?? hits[0]
  const clause = clauseRound(tokens, main?.from ?? 0)
  const asked = lexicon.intent
    .find(tokens)
    .filter(({ tag, from, to }) => tag.kind === 'need' && from >= clause.from && to <= (main?.from ?? 0))
    .filter(({ from }) => !covers(hits, from))
    .at(-1)
  const urgent = lexicon.urgency.find(tokens)
  const noise = lexicon.noise.find(tokens)
  const wanted: number[] = []
  for (let at = asked?.to ?? clause.from; at < clause.to; at++) {
    if (covers(hits, at) || !(isElsewhere(at) || covers(urgent, at))) wanted.push(at)
  }
  const isEdge = (at: number | undefined): boolean =>
    at !== undefined && !covers(hits, at) && (covers(noise, at) || lexicon.edges.has(tokens, at))
  while (isEdge(wanted[0])) wanted.shift()
  while (isEdge(wanted.at(-1))) wanted.pop()
  return wanted
}

const cutAtWord = (text: string): string => {
  if (text.length <= maxTitleChars) return text
  const cut = text.slice(0, maxTitleChars)
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), maxTitleChars / 2)).trim()
}

/** '' where nothing of the message says what is needed. */
export const titleOf = (seen: Seen, text: string): string => {
  const { tokens } = seen
  const runs: string[] = []
  let run: { from: number; to: number } | null = null
  const close = () => {
    if (run) runs.push(text.slice(tokens[run.from]?.start, tokens[run.to]?.end))
  }
  for (const at of wantedTokens(seen)) {
    if (run && run.to === at - 1) run.to = at
    else {
      close()
      run = { from: at, to: at }
    }
  }
  close()
  return cutAtWord(runs.join(' ').replace(/\s+/g, ' ').trim())
}
