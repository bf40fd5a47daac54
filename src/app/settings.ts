/** Language, digits, colours, size of the text and sparing of data: kept in the app's database, and in localStorage so that the first paint already knows them. */

import { signal } from '@preact/signals'
import { showToast } from '../components/toast.tsx'
import type { Settings } from '../hooks/door.ts'
import { savesData } from '../hooks/saves-data.ts'
import { guessDigits } from '../i18n/digits.ts'
import { guessLanguage, isLanguage, languages } from '../i18n/languages.ts'
import { digits, loadLanguage, loadLaterWords, t } from '../i18n/translate.ts'
import type { AppDatabase } from '../storage/database.ts'

const key = 'settings'

const guessed = (): Settings => {
  const language = guessLanguage(navigator.languages)
  return {
    language,
    digits: guessDigits(language, navigator.languages),
    theme: 'system',
    text: 'usual',
    aloud: false,
    dataSaver: false,
  }
}

/** Unknown and missing values take the guess: another version of the app may have written them. */
const parseSettings = (stored: unknown): Settings => {
  const known = guessed()
  if (typeof stored !== 'object' || stored === null) return known
  const { language, digits: wanted, theme, text, aloud, dataSaver } = stored as Record<string, unknown>
  return {
    language: isLanguage(language) ? language : known.language,
    digits: wanted === 'arabic' || wanted === 'latin' ? wanted : known.digits,
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    text: text === 'large' || text === 'largest' ? text : 'usual',
    aloud: aloud === true,
    dataSaver: dataSaver === true,
  }
}

/** null when nothing was kept or the browser forbids reading. */
const readQuickCopy = (): unknown => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch (reason) {
    console.warn('settings are read from the database', reason)
    return null
  }
}

const writeQuickCopy = (settings: Settings): void => {
  try {
    localStorage.setItem(key, JSON.stringify(settings))
  } catch (reason) {
    console.warn('settings are kept in the database only', reason)
  }
}

export const settings = signal<Settings>(parseSettings(readQuickCopy()))

/**
 * A first visit reads in the system's letters: the service worker fetches ours last of all, and from then on they lie
 * here. Who saves data stays with the system's.
 */
const showFont = (next: Settings): void => {
  const page = document.documentElement
  if (navigator.serviceWorker?.controller && !savesData(next)) page.dataset.font = ''
  else delete page.dataset.font
}

/** Puts the settings on the page; waits for the language, which may have to be fetched. */
const show = async (next: Settings): Promise<void> => {
  showFont(next)
  await loadLanguage(next.language)
  digits.value = next.digits
  const page = document.documentElement
  page.lang = next.language
  page.dir = languages[next.language].direction
  if (next.theme === 'system') delete page.dataset.theme
  else page.dataset.theme = next.theme
  if (next.text === 'usual') delete page.dataset.text
  else page.dataset.text = next.text
}

/** Shows what was kept; to be awaited before the first render. */
export const showSettings = (): Promise<void> => show(settings.peek())

/** What another page of this phone has chosen holds here too: one of them has the engine. */
export const followOtherPages = (): void =>
  window.addEventListener('storage', (event) => {
    if (event.key !== key) return
    const next = parseSettings(readQuickCopy())
    show(next).then(
      () => {
        settings.value = next
      },
      (reason: unknown) => console.warn('the settings of another page are not shown', reason),
    )
  })

/** The browser may have emptied localStorage alone: then the database knows better. */
export const restoreSettings = async (app: AppDatabase): Promise<void> => {
  if (readQuickCopy() !== null) return
  const row = await app.settings.get(key)
  if (!row) return
  settings.value = parseSettings(row.value)
  writeQuickCopy(settings.value)
  await show(settings.value)
}

/** The words of other languages are not fetched ahead; the choice goes back to the language that is shown. */
const sayThatItComesLater = async (): Promise<void> => {
  settings.value = { ...settings.peek() }
  const words = await loadLaterWords().then(
    () => t('saver.language'),
    () => t('err.chunk'),
  )
  showToast(words, 'info')
}

/** A new language brings its own digits, unless they are chosen in the same breath; where it does not come, nothing changes. */
export const changeSettings = async (app: AppDatabase, changes: Partial<Settings>): Promise<void> => {
  const language = changes.language
  const ownDigits = language ? { digits: guessDigits(language, navigator.languages) } : {}
  const next = { ...settings.peek(), ...ownDigits, ...changes }
  try {
    await show(next)
  } catch (reason) {
    console.warn('a language did not arrive', reason)
    return sayThatItComesLater()
  }
  settings.value = next
  writeQuickCopy(next)
  await app.settings.put({ key, value: next })
}
