/** A part of a screen that comes with the later words once it is first shown: who does not need it does not wait for it. */

import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { loadLaterWords, t } from '../i18n/translate.ts'

/** Nothing stands in its place while it comes, and a sentence where it does not come; the next time it is asked for again. */
export const laterPart = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> => {
  let Part: ComponentType<Props> | null = null
  return (props) => {
    const [state, setState] = useState<'coming' | 'here' | 'missing'>(Part ? 'here' : 'coming')
    useEffect(() => {
      if (state !== 'coming') return
      Promise.all([load(), loadLaterWords()]).then(
        ([loaded]) => {
          Part = loaded
          setState('here')
        },
        (reason: unknown) => {
          console.warn('a part of this screen did not arrive', reason)
          setState('missing')
        },
      )
    }, [])
    if (state === 'missing') return <p class="soft">{t('err.chunk')}</p>
    return Part && <Part {...props} />
  }
}
