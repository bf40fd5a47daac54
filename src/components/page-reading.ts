/** Reading what is in front aloud, by a voice of the phone: whether it can, whether it does, beginning and ending it. */

import { useEffect, useMemo, useState } from 'preact/hooks'
import { saidWords } from '../i18n/said-words.ts'
import { language } from '../i18n/translate.ts'
import { useLocalVoice } from './local-voice.ts'
import { createPageReader, type PageReader } from './page-reader.ts'
import { pageParts } from './page-words.ts'

interface PageReading {
  /** null where the phone has no voice of the language */
  reader: PageReader | null
  isReading: boolean
  /** the open question, or the screen, from its beginning */
  read: () => void
  stop: () => void
  /** something else is being said in its place */
  gaveWay: () => void
}

const front = (): Element =>
  [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('.screen') ?? document.body

export const usePageReading = (): PageReading => {
  const spoken = language.value
  const voice = useLocalVoice(spoken)
  const [isReading, setReading] = useState(false)
  const reader = useMemo(
    () => voice && createPageReader(voice, (words) => saidWords(words, spoken)),
    [voice?.voiceURI, spoken],
  )
  const read = () => {
    setReading(true)
    reader?.read(pageParts(front()), () => setReading(false))
  }
  const stop = () => {
    reader?.stop()
    setReading(false)
  }
  // what is put away is silent
  useEffect(() => {
    const hide = () => document.hidden && stop()
    document.addEventListener('visibilitychange', hide)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      stop()
    }
  }, [reader])
  return { reader, isReading, read, stop, gaveWay: () => setReading(false) }
}
