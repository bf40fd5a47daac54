/** Plays a voice note: one button, the drawing of it, how long it is. */

import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Icon } from './icon.tsx'
import { lengthWords } from './length-words.ts'
import { StatusLine } from './status-line.tsx'
import { VoiceWave } from './voice-wave.tsx'

interface VoicePlayerProps {
  /** null while it is not on this phone */
  url: string | null
  ms: number
  peaks: Uint8Array
  /** how far it has come, 0 to 1; null while nothing comes */
  coming: number | null
  /** somebody wants to hear what is not here */
  onWanted: () => void
  /** spoken before the length, where there may be several */
  label: string
}

/**
 * What a recorder of a browser wrote says no length, and a player believes that it has none until it has been at its end:
 * https://issues.chromium.org/issues/40482588
 */
const findLength = (audio: HTMLAudioElement, onFound: () => void): void => {
  if (Number.isFinite(audio.duration)) {
    onFound()
    return
  }
  audio.addEventListener(
    'durationchange',
    () => {
      audio.currentTime = 0
      audio.muted = false
      onFound()
    },
    { once: true },
  )
  // the way to its end is not heard
  audio.muted = true
  audio.currentTime = 1e7
}

export const VoicePlayer = ({ url, ms, peaks, coming, onWanted, label }: VoicePlayerProps) => {
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [atMs, setAtMs] = useState(0)
  const [isUnplayable, setUnplayable] = useState(false)
  // whoever asked for it hears it when it is here, from its beginning: when its length is known
  const isWanted = useRef(false)

  const play = () => {
    audio.current?.play().catch((reason: unknown) => {
      console.info('not played', reason)
      if (reason instanceof DOMException && reason.name === 'NotSupportedError') setUnplayable(true)
    })
  }
  const playIfWanted = () => {
    if (!isWanted.current) return
    isWanted.current = false
    play()
  }
  // another address is another try
  useEffect(() => setUnplayable(false), [url])
  // one that left the screen is silent
  useEffect(() => () => audio.current?.pause(), [])

  const press = () => {
    if (url === null) {
      isWanted.current = true
      onWanted()
    } else if (isPlaying) audio.current?.pause()
    else {
      // at once all the same: a browser lets it sound only where a finger asked for it
      isWanted.current = !Number.isFinite(audio.current?.duration)
      play()
    }
  }
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to / 1000
    setAtMs(to)
  }
  return (
    <section class="voice" aria-label={`${label} · ${lengthWords(ms)}`}>
      <button
        type="button"
        class="voice-play"
        aria-label={isPlaying ? t('voice.pause') : t('voice.play')}
        aria-disabled={coming !== null}
        onClick={press}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <VoiceWave peaks={peaks} ms={ms} atMs={atMs} onSeek={url === null ? null : seek} />
      <span class="voice-length" aria-hidden="true">
        {lengthWords(isPlaying || atMs > 0 ? atMs : ms)}
      </span>
      {coming !== null && (
        <progress class="voice-coming" max={1} value={coming} aria-label={t('voice.coming')} />
      )}
      {url !== null && (
        // biome-ignore lint/a11y/useMediaCaption: what it says stands below it in writing, where somebody wrote it
        <audio
          ref={audio}
          src={url}
          preload="metadata"
          onLoadedMetadata={({ currentTarget }) => findLength(currentTarget, playIfWanted)}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onEnded={() => {
            setPlaying(false)
            setAtMs(0)
          }}
          onTimeUpdate={({ currentTarget }) => {
            // the way to its end, to learn its length, is none that anybody hears
            if (!currentTarget.paused) setAtMs(currentTarget.currentTime * 1000)
          }}
          // an address that was given up while it loaded says nothing of the one that took its place
          onError={({ currentTarget }) => {
            if (currentTarget.error !== null) setUnplayable(true)
          }}
        />
      )}
      {isUnplayable && (
        <StatusLine icon="warning" tone="wait">
          {t('voice.unplayable')}
        </StatusLine>
      )}
    </section>
  )
}
