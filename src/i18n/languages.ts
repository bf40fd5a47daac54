/** The languages of the app: names, direction, how each is fetched, and which one a person probably reads. */

/** BCP 47. Sorani is `ckb`; `ku` is Kurmanji in Latin letters and is not offered. */
export type Language = 'ar' | 'ckb' | 'en' | 'fr'

/** What a locale file holds: sections of messages. */
export type LocaleFile = Readonly<Record<string, Readonly<Record<string, string>>>>

interface LanguageEntry {
  /** its own name for itself */
  name: string
  direction: 'rtl' | 'ltr'
  load: () => Promise<{ default: LocaleFile }>
  /** words of screens that few open, and late: not part of the first load */
  loadLater: () => Promise<{ default: LocaleFile }>
}

/** Arabic first. A new language is a file in `locales`, one in `locales/later`, the spoken words, and one entry here (docs/translating.md). */
export const languages: Readonly<Record<Language, LanguageEntry>> = {
  ar: {
    name: 'العربية',
    direction: 'rtl',
    load: () => import('../../locales/ar.json'),
    loadLater: () => import('../../locales/later/words-ar.json'),
  },
  ckb: {
    name: 'کوردی',
    direction: 'rtl',
    load: () => import('../../locales/ckb.json'),
    loadLater: () => import('../../locales/later/words-ckb.json'),
  },
  en: {
    name: 'English',
    direction: 'ltr',
    load: () => import('../../locales/en.json'),
    loadLater: () => import('../../locales/later/words-en.json'),
  },
  fr: {
    name: 'Français',
    direction: 'ltr',
    load: () => import('../../locales/fr.json'),
    loadLater: () => import('../../locales/later/words-fr.json'),
  },
}

/** What is offered, in this order: only languages that say everything (tests/i18n/locales.test.ts). */
export const languageList: readonly Language[] = ['ar', 'ckb', 'en', 'fr']

export const isLanguage = (value: unknown): value is Language =>
  languageList.some((offered) => offered === value)

/** `ku` alone is Kurmanji in Latin letters, which is not offered; in Iraq or in Arabic letters it is Sorani. */
const languageOf = (tag: string): string | undefined =>
  /^ku-(?:arab|iq)\b/i.test(tag) ? 'ckb' : tag.toLowerCase().split('-')[0]

/** First of the browser's languages that we have; Arabic when there is none. */
export const guessLanguage = (preferred: readonly string[]): Language => {
  for (const tag of preferred) {
    const known = languageOf(tag)
    if (isLanguage(known)) return known
  }
  return 'ar'
}
