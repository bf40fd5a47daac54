/** The button of a microphone: held while one speaks, or touched once to begin and once to end; keys do the same. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'
import { lengthWords } from './length-words.ts'
import type { VoiceRecording } from './voice-recording.ts'

interface HoldToSpeakProps {
  state: 'idle' | 'asking' | 'recording' | 'keeping'
  /** while it records */
  recording: { current: VoiceRecording | null }
  maxMs: number
  onStart: () => void
  onStop: () => void
}

/** A shorter touch is a tap: it begins, and the next one ends. */
const holdMs = 500
const lookMs = 100

/** How long and how loud, while it records. */
const useMeter = ({ state, recording }: HoldToSpeakProps) => {
  const [meter, setMeter] = useState({ ms: 0, level: 0 })
  useEffect(() => {
    if (state !== 'recording') return setMeter({ ms: 0, level: 0 })
    const looking = setInterval(() => {
      const { current } = recording
      if (current) setMeter({ ms: current.ms(), level: current.level() })
    }, lookMs)
    return () => clearInterval(looking)
  }, [state, recording])
  return meter
}

export const HoldToSpeak = (props: HoldToSpeakProps) => {
  const { state, maxMs, onStart, onStop } = props
  const { ms, level } = useMeter(props)
  const pressedAt = useRef<number | null>(null)
  const isOn = state === 'recording'

  const press = () => {
    if (isOn) onStop()
    else if (state === 'idle') {
      pressedAt.current = performance.now()
      onStart()
    }
  }
  const lift = () => {
    const heldMs = pressedAt.current === null ? 0 : performance.now() - pressedAt.current
    pressedAt.current = null
    if (heldMs >= holdMs) onStop()
  }
  return (
    <>
      <button
        type="button"
        class={`speak ${isOn ? 'on' : ''}`}
        aria-disabled={state === 'asking' || state === 'keeping'}
        onPointerDown={(event) => {
          if (event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          press()
        }}
        onPointerUp={lift}
        onPointerCancel={lift}
        onContextMenu={(event) => event.preventDefault()}
        onClick={({ detail }) => {
          // a finger has been heard already; keys and screen readers make clicks only
          if (detail === 0) press()
        }}
      >
        <Icon name={isOn ? 'stop' : 'mic'} size="large" />
        <span>{t(`voice.${isOn ? 'stop' : state === 'idle' ? 'hold' : state}`)}</span>
        {isOn && (
          <span class="speak-length" aria-hidden="true">
            {t('voice.at', { done: lengthWords(ms), total: lengthWords(maxMs) })}
          </span>
        )}
        {isOn && <meter class="speak-level" min={0} max={1} value={level} aria-hidden="true" />}
      </button>
      {state === 'idle' && <p class="field-hint">{t('voice.tap')}</p>}
      <p class="only-heard" role="status">
        {isOn ? t('voice.recording') : ''}
      </p>
    </>
  )
}
