/** The languages of the app: names, direction, how each is fetched, and which one a person probably reads. */

/** BCP 47. Sorani is `ckb`; `ku` is Kurmanji in Latin letters and is not offered. */
export type Language = 'ar' | 'en'

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

/** Arabic first. A new language is a file in `locales`, one in `locales/later`, the spoken words, and one entry here. */
export const languages: Readonly<Record<Language, LanguageEntry>> = {
  ar: {
    name: 'العربية',
    direction: 'rtl',
    load: () => import('../../locales/ar.json'),
    loadLater: () => import('../../locales/later/words-ar.json'),
  },
  en: {
    name: 'English',
    direction: 'ltr',
    load: () => import('../../locales/en.json'),
    loadLater: () => import('../../locales/later/words-en.json'),
  },
}

export const languageList = Object.keys(languages) as Language[]

export const isLanguage = (value: unknown): value is Language =>
  typeof value === 'string' && Object.hasOwn(languages, value)

/** First of the browser's languages that we have; Arabic when there is none. */
export const guessLanguage = (preferred: readonly string[]): Language => {
  for (const tag of preferred) {
    const primary = tag.toLowerCase().split('-')[0]
    if (isLanguage(primary)) return primary
  }
  return 'ar'
}
