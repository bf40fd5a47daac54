/** By which day of the week something is wanted, where a message names one day: «قبل الخميس», «يوم الثلاثاء», "on Thursday". */

import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** «احد» is also somebody, «الاثنين» both of them, «جمعة» a name: Arabic names a day with the article. */
const isNamed = (token: Token | undefined): boolean => /^[وبلف]?ال|^[وف]?لل/.test(token?.folded ?? '')

/** Words that stand before a day, and behind it. */
const before =
  'يوم نهار ليله قبل مساء صباح صبح عصر ظهر حتي لحد لغايه on by before until yom youm nhar abl ڕۆژی'.split(' ')
const behind =
  'الصبح صباحا العصر عصرا الظهر ظهرا المغرب مساء المسا بالليل القادم القادمه الجاي الجايه الساعه'.split(' ')
/** What comes every week is wanted by no day. */
const every = 'كل every each kol koll'.split(' ')

/** Days that mean something else as often. */
const doubtful = new Set([0, 1])

export interface FoundDay {
  /** 0 Sunday to 6 Saturday */
  day: number
  /** tokens `from` to before `to`, with the word before it that says so */
  from: number
  to: number
}

/** Null where none is named, several are, or it comes every week. */
export const findDay = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): FoundDay | null => {
  const all = lexicon.days.find(tokens).filter(({ from }) => !isTaken(from))
  const hits = all.filter(({ from, to, tag }) => {
    if (!tag.needsArticle) return true
    const isBeside =
      (!tokens[from]?.breaks && before.includes(tokens[from - 1]?.folded ?? '')) ||
      behind.includes(tokens[to]?.folded ?? '')
    return isBeside || (isNamed(tokens[from]) && !doubtful.has(tag.day))
  })
  const [first] = hits
  const isOther = ({ tag, from }: (typeof all)[number]): boolean =>
    tag.day !== first?.tag.day && (!tag.needsArticle || isNamed(tokens[from]))
  if (!first || all.some(isOther)) return null
  const { from, to } = first
  // «سوق الخميس» is a market
  const isOfPlace =
    lexicon.places.has(tokens, from - 1) && !/^[وبلفع]?ال/.test(tokens[from - 1]?.folded ?? '')
  if (!tokens[from]?.breaks && isOfPlace) return null
  const isEvery = [1, 2].some((back) => every.includes(tokens[from - back]?.folded ?? ''))
  const isTold = !tokens[from]?.breaks && before.includes(tokens[from - 1]?.folded ?? '')
  return isEvery ? null : { day: first.tag.day, from: isTold ? from - 1 : from, to }
}
