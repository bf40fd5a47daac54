/** Reads a page aloud: a bar above it reads all of it, and what is touched or reached by a key is said. */

import './styles/read-aloud.css'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import type { PageReader } from './page-reader.ts'
import { usePageReading } from './page-reading.ts'
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

export const ReadAloud = () => {
  const { reader, isReading, read, stop, gaveWay } = usePageReading()
  const { path } = useLocation()
  useEffect(() => {
    if (!reader) return
    return sayTouched(reader, gaveWay)
  }, [reader])
  // the heading of the next screen has the focus, and is said by that; what was read of this one ends here
  useEffect(() => {
    if (isReading) stop()
  }, [path])

  if (!reader) return null
  return (
    <aside class="quiet-bar read-aloud" aria-label={t('reading.aloud')}>
      <Button kind="ghost" compact icon={isReading ? 'stop' : 'play'} onClick={isReading ? stop : read}>
        {t(isReading ? 'reading.stop' : 'reading.listen')}
      </Button>
    </aside>
  )
}
