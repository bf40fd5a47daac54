/** Reads a page aloud: a bar above it reads all of it, and what is touched or reached by a key is said. */

import './styles/read-aloud.css'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { saidWords } from '../i18n/said-words.ts'
import { language, t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { useLocalVoice } from './local-voice.ts'
import { createPageReader, type PageReader } from './page-reader.ts'
import { pageParts, wordsAt } from './page-words.ts'

/** A touch brings a click and the focus: it is said once. */
const onceMs = 700

/** Says what is touched; gives the way to end it. */
const sayTouched = (reader: PageReader, onSaid: () => void): (() => void) => {
  let last = { words: '', atMs: 0 }
  let question: Element | null = null
  /** A question that has just opened is said as a whole: the focus is on its first button, and the bar lies behind it. */
  const wordsOf = (target: Element): string | null => {
    const open = target.closest('dialog[open]')
    const isNew = open !== null && open !== question
    question = open
    return isNew
      ? pageParts(open)
          .map(({ words }) => words)
          .join('. ')
      : wordsAt(target)
  }
  const said = ({ target }: Event) => {
    const words = target instanceof Element ? wordsOf(target) : null
    const nowMs = performance.now()
    if (words === null || (words === last.words && nowMs - last.atMs < onceMs)) return
    last = { words, atMs: nowMs }
    onSaid()
    reader.say(words)
  }
  // before the page's own handlers: a press may take the button away
  document.addEventListener('click', said, true)
  document.addEventListener('focusin', said)
  return () => {
    document.removeEventListener('click', said, true)
    document.removeEventListener('focusin', said)
  }
}

/** What is in front: an open question, or the screen. */
const front = (): Element =>
  [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('.screen') ?? document.body

export const ReadAloud = () => {
  const spoken = language.value
  const voice = useLocalVoice(spoken)
  const [isReading, setReading] = useState(false)
  const { path } = useLocation()
  const reader = useMemo(
    () => voice && createPageReader(voice, (words) => saidWords(words, spoken)),
    [voice?.voiceURI, spoken],
  )
  const stop = () => {
    reader?.stop()
    setReading(false)
  }
  useEffect(() => {
    if (!reader) return
    const forget = sayTouched(reader, () => setReading(false))
    const hide = () => document.hidden && stop()
    document.addEventListener('visibilitychange', hide)
    return () => {
      forget()
      document.removeEventListener('visibilitychange', hide)
      stop()
    }
  }, [reader])
  // the heading of the next screen has the focus, and is said by that; what was read of this one ends here
  useEffect(() => {
    if (isReading) stop()
  }, [path])

  if (!reader) return null
  const read = () => {
    setReading(true)
    reader.read(pageParts(front()), () => setReading(false))
  }
  return (
    <aside class="quiet-bar read-aloud" aria-label={t('reading.aloud')}>
      <Button kind="ghost" compact icon={isReading ? 'stop' : 'play'} onClick={isReading ? stop : read}>
        {t(isReading ? 'reading.stop' : 'reading.listen')}
      </Button>
    </aside>
  )
}
