/** A voice note as a drawing of how loud it is along the way; a thumb or the arrow keys go to a place in it. */

import { t } from '../i18n/translate.ts'
import { lengthWords } from './length-words.ts'

interface VoiceWaveProps {
  /** each 0 to 255; none are drawn as a quiet line */
  peaks: Uint8Array
  ms: number
  /** where it is, ms */
  atMs: number
  /** null: it cannot be moved yet */
  onSeek: ((ms: number) => void) | null
}

const height = 32
const quiet = new Uint8Array(32)

export const VoiceWave = ({ peaks, ms, atMs, onSeek }: VoiceWaveProps) => {
  const bars = peaks.length > 0 ? peaks : quiet
  const done = (bars.length * atMs) / Math.max(1, ms)
  return (
    <div class="wave">
      <svg viewBox={`0 0 ${bars.length * 4} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {Array.from(bars, (peak, i) => {
          const tall = Math.max(2, (peak / 255) * height)
          return (
            <rect
              key={i}
              class={i + 0.5 < done ? 'played' : undefined}
              x={i * 4 + 0.75}
              y={(height - tall) / 2}
              width={2.5}
              height={tall}
              rx={1.25}
            />
          )
        })}
      </svg>
      {onSeek && (
        <input
          type="range"
          min={0}
          max={ms}
          step={1000}
          value={Math.min(atMs, ms)}
          aria-label={t('voice.place')}
          aria-valuetext={t('voice.at', { done: lengthWords(atMs), total: lengthWords(ms) })}
          onInput={({ currentTarget }) => onSeek(Number(currentTarget.value))}
        />
      )}
    </div>
  )
}
