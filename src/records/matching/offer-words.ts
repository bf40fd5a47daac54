/** What the words of an offer or a profile speak of, by the word lists with which pasted messages are read. */

import type { Category } from '../categories.ts'
import type { Lexicon } from '../need/reading/lexicon.ts'
import { Terms } from '../need/reading/terms.ts'
import { type Token, tokensOf } from '../need/reading/tokens.ts'
import { type SkillKey, skillKeys } from '../profile/profile.ts'

export interface WordsRead {
  categories: ReadonlySet<Category>
  skills: ReadonlySet<SkillKey>
  /** what stands in a need's `search` when it speaks of the same thing → the word as it was written */
  things: ReadonlyMap<string, string>
}

/** A shorter stem stands in words of another root. */
const minStem = 4
const minWord = 3
/** Words that stand in needs of every kind, so that two texts with one of them need not speak of the same. */
const anywhere: ReadonlySet<Category> = new Set<Category>(['information', 'work', 'elderly', 'other'])

/** What may be taken off in front: the article, with what is written together with it; one letter alone is often the root's. */
const articles: ReadonlySet<string> = new Set(['', 'ال', 'وال', 'بال', 'فال', 'كال', 'لل'])

/** Inside a word from four letters on, else the whole word: `search` has a space on both sides of each. */
const soughtForm = ({ forms, folded }: Token): string => {
  let shortest = folded
  for (const [form, prefix] of forms) {
    const isPart = articles.has(prefix) && folded.includes(form)
    if (isPart && form.length >= minStem && form.length < shortest.length) shortest = form
  }
  return shortest.length >= minStem ? shortest : ` ${shortest} `
}

/** Reads texts and remembers them: an offer is read once, not at every look at a need. */
export class OfferWords {
  readonly #lexicon: Lexicon
  readonly #skills = new Terms<SkillKey>()
  readonly #read = new Map<string, WordsRead>()

  /** `skillWords`: what each skill is called in the language on the screen. */
  constructor(lexicon: Lexicon, skillWords: (skill: SkillKey) => string) {
    this.#lexicon = lexicon
    for (const skill of skillKeys) this.#skills.add(skillWords(skill), skill, 'arabic')
  }

  read(text: string): WordsRead {
    const held = this.#read.get(text)
    if (held) return held
    const read = this.#make(text)
    this.#read.set(text, read)
    return read
  }

  #make(text: string): WordsRead {
    const tokens = tokensOf(text)
    const categories = new Set<Category>()
    const things = new Map<string, string>()
    for (const { tag, from } of this.#lexicon.categories.find(tokens)) {
      if (!tag.isThing) continue
      categories.add(tag.category)
      if (anywhere.has(tag.category)) continue
      // of several words the first is the thing: milk for children is milk
      const token = tokens[from]
      if (token && token.folded.length >= minWord) things.set(soughtForm(token), token.text)
    }
    const skills = new Set(this.#skills.find(tokens).map(({ tag }) => tag))
    return { categories, skills, things }
  }
}
