/**
 * Every component in all its states, with the development server at /tools/gallery/: each part in both directions and both
 * themes beside each other, or one of them (`?part=press&lang=ar&theme=dark`) as large as the window. Never in the built app.
 */

import '../../src/app/later-icons.ts'
import { render } from 'preact'
import { guessDigits } from '../../src/i18n/digits.ts'
import { isLanguage, languages } from '../../src/i18n/languages.ts'
import { digits, loadLanguage, loadLaterWords } from '../../src/i18n/translate.ts'
import { Frames, fitFrame } from './frames.tsx'
import { isPartName, parts } from './parts.tsx'

const app = document.getElementById('app')
if (!app) throw new Error('index.html has the place')
const page = document.documentElement
const asked = new URLSearchParams(location.search)
const [part, lang] = [asked.get('part'), asked.get('lang')]

if (isPartName(part) && isLanguage(lang)) {
  page.lang = lang
  page.dir = languages[lang].direction
  page.dataset.theme = asked.get('theme') === 'dark' ? 'dark' : 'light'
  page.dataset.font = ''
  const text = asked.get('text')
  if (text !== null) page.dataset.text = text
  digits.value = guessDigits(lang, [lang])
  await loadLanguage(lang)
  await loadLaterWords()
  // some are for iPhones and for pages inside a chat only
  Object.defineProperty(navigator, 'userAgent', { value: 'iPhone WhatsApp' })
  const { Part, isWhole } = parts[part]
  render(<Part />, app)
  fitFrame(isWhole)
} else {
  page.lang = 'en'
  page.dir = 'ltr'
  render(<Frames />, app)
}
