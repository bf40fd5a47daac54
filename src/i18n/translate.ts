/** The words of the screen: i18next with one language loaded, and `t`, which follows the language and digits that are set. */

import { signal } from '@preact/signals'
import { createInstance, type FormatterModule } from 'i18next'
import { type Digits, writeDigits } from './digits.ts'
import { type Language, languages } from './languages.ts'
import type { MessageKey, MessageSection } from './message-key.ts'

/** The language on the screen. Reading `.value` while rendering makes a component follow it; `t` does that by itself. */
export const language = signal<Language>('ar')
export const digits = signal<Digits>('arabic')

export type MessageValues = Readonly<Record<string, string | number>>

/** Placeholders that hold words of our own, which need no isolation from the sentence around them. */
const ownWords = new Set(['gap', 'ago', 'date', 'time', 'unit', 'state', 'reason'])
/** A text that a person typed, for the middle of a plain string: it cannot reorder what stands round it. */
export const isolated = (text: string): string => `\u2068${text}\u2069`

/** Many a network's name begins with its language's word for network, which the sentence round it says already. */
const kindByLanguage: Partial<Readonly<Record<Language, RegExp>>> = {
  ar: /^\s*شبكة\s+(?=\S)/,
  ckb: /^\s*تۆڕی\s+(?=\S)/,
}
const withoutKind = (network: string): string => network.replace(kindByLanguage[language.value] ?? '', '')

const showValue = (value: unknown, name: string): string => {
  if (typeof value === 'number') return writeDigits(String(value), digits.value)
  if (ownWords.has(name)) return String(value)
  return isolated(name === 'network' ? withoutKind(String(value)) : String(value))
}

/** i18next asks it for every placeholder (`alwaysFormat`); of the locale files' messages none names a format. */
const placeholderFormatter: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  format: (value: unknown, _format, _language, options) =>
    value === undefined ? '' : showValue(value, String(options?.interpolationkey)),
}

const words = createInstance()
void words.use(placeholderFormatter).init({
  // nothing is fetched here: ready when this line has run
  initAsync: false,
  lng: 'ar',
  fallbackLng: false,
  ns: ['app'],
  defaultNS: 'app',
  resources: {},
  returnNull: false,
  // Preact escapes
  interpolation: { escapeValue: false, alwaysFormat: true },
})

/** Sorani has the forms of English (CLDR 48, plurals); a browser that does not know it would take those of its own language. */
const { pluralResolver } = words.services
const ruleOf = pluralResolver.getRule.bind(pluralResolver) as (code: string, options?: object) => unknown
pluralResolver.getRule = (code: string, options?: object) => ruleOf(code === 'ckb' ? 'en' : code, options)

/** Languages whose later words are here; once one is, every other language that is shown brings its own. */
const withLater = new Set<Language>()

/** Messages without placeholders by language and key: i18next takes its time, and a list asks for the same ones in each line. */
const plainMessages = new Map<string, string>()

const plainMessage = (key: string, lng: Language): string => {
  const name = `${lng} ${key}`
  const known = plainMessages.get(name) ?? words.t(key, { lng, nest: false })
  plainMessages.set(name, known)
  return known
}

/** Puts messages beside those that are here. */
const addMessages = (to: Language, messages: object): void => {
  // what was asked for before it had come was said by its key
  plainMessages.clear()
  words.addResourceBundle(to, 'app', messages, true)
}

const addLater = async (to: Language): Promise<void> => {
  if (withLater.has(to)) return
  const { default: messages } = await languages[to].loadLater()
  addMessages(to, messages)
  withLater.add(to)
}

/** For a screen whose words are in `locales/later`. Rejects when they cannot be fetched. */
export const loadLaterWords = (): Promise<void> => addLater(language.peek())

/** Fetches a language (once) and shows it. Rejects when its chunk cannot be fetched; the former one stays. */
export const loadLanguage = async (next: Language): Promise<void> => {
  if (!words.hasResourceBundle(next, 'app')) {
    const { default: messages } = await languages[next].load()
    addMessages(next, messages)
  }
  if (withLater.size > 0) await addLater(next)
  await words.changeLanguage(next)
  language.value = next
}

/** False only before the first language has come. */
export const wordsAreHere = (): boolean => words.hasResourceBundle(language.peek(), 'app')

/**
 * The message in the present language. `count` chooses the plural form; numbers follow the digits setting; texts that a
 * person typed are set between isolate characters (U+2068…U+2069), so that they never reorder the sentence.
 */
export const t = (key: MessageKey, values?: MessageValues): string =>
  values === undefined
    ? plainMessage(key, language.value)
    : // `nest: false`: a name that contains `$t(` is a name
      words.t(key, { ...values, lng: language.value, nest: false })

/** A word whose name is data, such as a category: undefined when this version has no word for it. */
export const wordFor = (section: MessageSection, name: string): string | undefined => {
  const key = `${section}.${name}`
  return words.exists(key, { lng: language.value }) ? words.t(key, { lng: language.value }) : undefined
}

/**
 * What browsers say by themselves in other languages and not in this one, from the section `intl` of its file; undefined
 * where they know it.
 */
export const intlWord = (name: string): string | undefined => {
  const word: unknown = words.getResource(language.value, 'app', `intl.${name}`)
  return typeof word === 'string' ? word : undefined
}

/** A number in the digits that are set. */
export const formatNumber = (value: number): string => writeDigits(String(value), digits.value)
