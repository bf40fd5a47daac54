/** A speaker: says what stands on this page, for one who does not read it; nothing where the phone has no voice for it. */

import './styles/read-aloud.css'
import { t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'
import { usePageReading } from './page-reading.ts'

export const ListenButton = () => {
  const { reader, isReading, read, stop } = usePageReading()
  return (
    reader && (
      <button
        type="button"
        class="button ghost icon-only listen"
        aria-label={t(isReading ? 'reading.stop' : 'reading.listen')}
        onClick={isReading ? stop : read}
      >
        <Icon name={isReading ? 'stop' : 'listen'} />
      </button>
    )
  )
}
