/** Says parts of a page one after the other with one voice, and marks the one that is being said. */

import type { PagePart } from './page-words.ts'

export interface PageReader {
  /** each part in its order; `onEnd` when the last one is said, and not when it is stopped */
  read: (parts: readonly PagePart[], onEnd: () => void) => void
  /** these words now, in the place of what is being said */
  say: (words: string) => void
  stop: () => void
}

/** Slower than the voice's own pace: the words are new to whoever listens. */
const rate = 0.9
const mark = 'data-said'

const unmark = (): void => {
  for (const element of document.querySelectorAll(`[${mark}]`)) element.removeAttribute(mark)
}

const show = (element: Element): void => {
  unmark()
  element.setAttribute(mark, '')
  element.scrollIntoView({ block: 'center' })
}

/** `toSaid` turns written words into spoken ones. */
export const createPageReader = (
  voice: SpeechSynthesisVoice,
  toSaid: (words: string) => string,
): PageReader => {
  // held here, for a browser that forgets it never says that it has ended: https://issues.chromium.org/issues/40384010
  let present: SpeechSynthesisUtterance | null = null

  const speak = (words: string, onEnd: () => void): void => {
    const utterance = new SpeechSynthesisUtterance(toSaid(words))
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = rate
    const ended = () => {
      // what was stopped ends as well, and must not go on
      if (present === utterance) onEnd()
    }
    utterance.addEventListener('end', ended)
    utterance.addEventListener('error', ended)
    present = utterance
    speechSynthesis.speak(utterance)
  }
  const stop = (): void => {
    present = null
    speechSynthesis.cancel()
    unmark()
  }
  const readOn = (parts: readonly PagePart[], onEnd: () => void): void => {
    // a list may have changed since
    const [part, ...rest] = parts.filter(({ element }) => element.isConnected)
    if (part) {
      show(part.element)
      speak(part.words, () => readOn(rest, onEnd))
    } else {
      unmark()
      onEnd()
    }
  }
  return {
    read: (parts, onEnd) => {
      stop()
      readOn(parts, onEnd)
    },
    say: (words) => {
      stop()
      speak(words, () => undefined)
    },
    stop,
  }
}
