/** A voice of the phone itself in the language on the screen, and none that is made elsewhere: it would send what stands there to others. */

import { useEffect, useState } from 'preact/hooks'
import type { Language } from '../i18n/languages.ts'

/** Phones write `ar-SA`, `ar_SA` or `ckb`; Sorani also as Kurdish of Iraq or in Arabic letters. */
const speaks = (tag: string, language: Language): boolean => {
  const [primary, ...rest] = tag.toLowerCase().split(/[-_]/)
  if (primary === language) return true
  return language === 'ckb' && primary === 'ku' && (rest.includes('iq') || rest.includes('arab'))
}

/** The phone's own choice among its voices of the language; null when it has none. */
export const localVoiceFor = (
  voices: readonly SpeechSynthesisVoice[],
  language: Language,
): SpeechSynthesisVoice | null => {
  const own = voices.filter((voice) => voice.localService && speaks(voice.lang, language))
  return own.find((voice) => voice.default) ?? own[0] ?? null
}

/** undefined in browsers without voices, such as those inside other apps. */
const speech = (): SpeechSynthesis | undefined => globalThis.speechSynthesis

/** Many phones name their voices only a moment after they are asked. */
export const useLocalVoice = (language: Language): SpeechSynthesisVoice | null => {
  const [voices, setVoices] = useState(() => speech()?.getVoices() ?? [])
  useEffect(() => {
    const look = () => setVoices(speech()?.getVoices() ?? [])
    look()
    speech()?.addEventListener?.('voiceschanged', look)
    return () => speech()?.removeEventListener?.('voiceschanged', look)
  }, [])
  return localVoiceFor(voices, language)
}
