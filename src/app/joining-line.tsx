/** While a joining is not complete: that it is kept, or what stopped it and what to do. */

import { useDoor } from '../hooks/door.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'

export const JoiningLine = () => {
  const { joining } = useDoor().status.value
  if (joining === null) return null
  return (
    <p class="quiet-bar" role="status">
      {joining.problem === null
        ? t('join.pending', { network: joining.networkName })
        : errorWords({ code: joining.problem })}
    </p>
  )
}
