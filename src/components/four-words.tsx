/** Four words to be read aloud and compared; in a list, large enough to be read at arm's length. */

import './styles/people.css'
import { useEffect, useState } from 'preact/hooks'
import { wordsOf } from '../i18n/four-words.ts'
import { type Language, languages } from '../i18n/languages.ts'
import { language, t } from '../i18n/translate.ts'

interface FourWordsProps {
  /** 0 to 255 each */
  values: readonly number[]
  /** where it is not the page's: that of whom one compares with */
  lang?: Language
}

export const FourWords = ({ values, lang = language.value }: FourWordsProps) => {
  const [words, setWords] = useState<readonly string[]>()
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    let current = true
    wordsOf(values, lang)
      .then((found) => current && setWords(found))
      .catch((reason: unknown) => {
        console.warn('the words did not arrive', reason)
        if (current) setMissing(true)
      })
    return () => {
      current = false
    }
  }, [values.join(), lang])
  if (missing) return <p class="soft">{t('err.chunk')}</p>
  return (
    <ol class="four-words" lang={lang} dir={languages[lang].direction}>
      {values.map((value, place) => (
        <li key={`${place} ${value}`}>{words?.[place] ?? '…'}</li>
      ))}
    </ol>
  )
}
