/** The camera's picture, and every QR code that it sees; says in words why there is no picture. */

import './styles/invites.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { createQrReader } from './qr-reader.ts'
import { StatusLine } from './status-line.tsx'

type State = 'opening' | 'seeing' | 'refused' | 'none' | 'failed'

/** Between two looks: time for the page itself. */
const pauseMs = 40

const whyNot = (reason: unknown): State => {
  const name = reason instanceof DOMException ? reason.name : ''
  if (name === 'NotAllowedError') return 'refused'
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'failed'
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const openCamera = async (): Promise<MediaStream> => {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('no camera here', 'NotFoundError')
  return navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: 'environment', width: { ideal: 1280 } },
  })
}

/** Looks until `signal` says that nobody does any more; then the camera's light goes out. */
const look = async (
  video: HTMLVideoElement,
  signal: AbortSignal,
  onSeeing: () => void,
  onText: (text: string) => void,
): Promise<void> => {
  const stream = await openCamera()
  try {
    video.srcObject = stream
    await video.play()
    const read = await createQrReader()
    onSeeing()
    while (!signal.aborted) {
      const text = await read(video)
      if (text !== null && !signal.aborted) onText(text)
      await pause(pauseMs)
    }
  } finally {
    for (const track of stream.getTracks()) track.stop()
  }
}

/** `onText` hears the same code again and again. */
export const QrCamera = ({ onText, label }: { onText: (text: string) => void; label: string }) => {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<State>('opening')
  // the newest, so that the camera need not be opened anew
  const heard = useRef(onText)
  heard.current = onText
  useEffect(() => {
    if (!video.current) return
    const ending = new AbortController()
    look(
      video.current,
      ending.signal,
      () => setState('seeing'),
      (text) => heard.current(text),
    ).catch((reason: unknown) => {
      if (ending.signal.aborted) return
      console.info('no camera', reason)
      setState(whyNot(reason))
    })
    return () => ending.abort()
  }, [])
  const failed = state !== 'opening' && state !== 'seeing'
  return (
    <>
      <video ref={video} class="camera" hidden={failed} muted playsInline aria-label={label} />
      {state === 'opening' && <p class="soft">{t('camera.opening')}</p>}
      {failed && (
        <StatusLine icon="info" tone="wait">
          {t(`camera.${state}`)}
        </StatusLine>
      )}
    </>
  )
}
