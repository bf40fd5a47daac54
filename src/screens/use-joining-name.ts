/** The name under which one comes into a network, kept as it is typed, whichever way one comes in. */

import { useState } from 'preact/hooks'
import { useDraft } from '../hooks/use-draft.ts'
import type { Failure } from '../i18n/error-words.ts'

/** `error`: what the engine said of the last try; `first`: what the field proposes. */
export const useJoiningName = (error: Failure | null, first = '') => {
  const [lacking, setLacking] = useState(false)
  const { value, change, clear } = useDraft('join', { nickname: first })
  const failure: Failure | null = lacking ? { code: 'invalid', field: 'nickname', rule: 'required' } : error

  /** Null, and the field in focus, while there is none: the engine is not asked then. */
  const take = (): string | null => {
    const nickname = value.nickname.trim()
    setLacking(nickname === '')
    if (nickname !== '') return nickname
    document.querySelector<HTMLElement>('[name=nickname]')?.focus()
    return null
  }
  return { typed: value.nickname, type: (nickname: string) => change({ nickname }), take, clear, failure }
}
