/** Says a need by voice: hold and speak, or touch once to begin and once to end; heard again before it is saved. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { HoldToSpeak } from '../components/hold-to-speak.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { startVoiceRecording, type VoiceFailure, type VoiceRecording } from '../components/voice-recording.ts'
import { useKeepMedia } from '../hooks/use-media.ts'
import { errorWords, type Failure } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { mediaLimits, type Voice, voiceMime } from '../records/need/media.ts'
import { VoiceNote } from './voice-note.tsx'

interface VoiceFieldProps {
  voice: Voice | null
  said: string
  onChange: (changes: { voice?: Voice | null; said?: string }) => void
}

type State = 'idle' | 'asking' | 'recording' | 'keeping' | VoiceFailure

const bounds = {
  maxMs: mediaLimits.voiceMs,
  maxBytes: mediaLimits.voiceBytes,
  peaks: mediaLimits.peaks,
}

/** The microphone of this form: at most one, and none once the form is left. */
const useRecording = (onVoice: (voice: Voice) => void) => {
  const { keep } = useKeepMedia()
  const [state, setState] = useState<State>('idle')
  const [failure, setFailure] = useState<Failure | null>(null)
  const recording = useRef<VoiceRecording | null>(null)
  const isThere = useRef(true)
  useEffect(
    () => () => {
      isThere.current = false
      recording.current?.cancel()
    },
    [],
  )

  const start = async (): Promise<void> => {
    if (state === 'asking' || state === 'recording' || state === 'keeping') return
    setFailure(null)
    setState('asking')
    const begun = await startVoiceRecording(bounds)
    if (typeof begun === 'string') return setState(begun)
    if (!isThere.current) return begun.cancel()
    recording.current = begun
    setState('recording')
    const take = await begun.take
    recording.current = null
    if (typeof take === 'string') return setState(take)
    setState('keeping')
    const kept = await keep('voice', take.content)
    if (kept.ok) {
      const { mime, ms, peaks } = take
      onVoice({ ...kept.value, mime: voiceMime(mime), ms, peaks })
    } else setFailure(kept.error)
    setState('idle')
  }
  return { state, failure, recording, start, stop: () => recording.current?.stop() }
}

const Kept = ({ voice, said, onChange }: VoiceFieldProps & { voice: Voice }) => {
  const { drop } = useKeepMedia()
  const leave = () => {
    drop(voice.id)
    onChange({ voice: null })
  }
  return (
    <>
      <VoiceNote voice={voice} label={t('voice.title')} />
      <Button kind="quiet" icon="undo" onClick={leave}>
        {t('voice.again')}
      </Button>
      <Field
        label={t('voice.text')}
        hint={t('voice.textWhy')}
        rows={2}
        optional
        value={said}
        max={mediaLimits.saidChars}
        onInput={(text) => onChange({ said: text })}
      />
    </>
  )
}

export const VoiceField = (props: VoiceFieldProps) => {
  const { state, failure, recording, start, stop } = useRecording((voice) => props.onChange({ voice }))
  if (props.voice) return <Kept {...props} voice={props.voice} />
  const isFailed = state === 'refused' || state === 'none' || state === 'failed' || state === 'tooShort'
  return (
    <>
      <HoldToSpeak
        state={isFailed ? 'idle' : state}
        recording={recording}
        maxMs={mediaLimits.voiceMs}
        onStart={() => void start()}
        onStop={stop}
      />
      <div role="status">
        {isFailed && (
          <StatusLine icon="info" tone="wait">
            {t(`voice.${state}`)}
          </StatusLine>
        )}
        {failure && (
          <StatusLine icon="warning" tone="urgent">
            {errorWords(failure)}
          </StatusLine>
        )}
      </div>
    </>
  )
}
