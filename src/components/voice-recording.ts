/** Records what somebody says: small enough for 2G, with how loud it was along the way. */

import { peaksOf } from './voice-peaks.ts'

/** Why there is no recording. */
export type VoiceFailure = 'refused' | 'none' | 'failed' | 'tooShort'

export interface VoiceTake {
  content: Uint8Array<ArrayBuffer>
  /** of the content, as a player asks for it */
  mime: string
  ms: number
  /** loudness along the way, each 0 to 255 */
  peaks: Uint8Array<ArrayBuffer>
}

export interface VoiceRecording {
  /** loudness now, 0 to 1 */
  level(): number
  ms(): number
  /** resolves with what was said once {@link stop} was called, or the time is over */
  readonly take: Promise<VoiceTake | VoiceFailure>
  stop(): void
  /** nothing is kept */
  cancel(): void
}

/** What every phone plays first; a browser takes the first that it can write. */
const kinds = ['audio/mp4;codecs=mp4a.40.2', 'audio/webm;codecs=opus', 'audio/ogg;codecs=opus', 'audio/mp4']
const bitsPerSecond = 20_000
const levelMs = 50
/** How often it is seen how much there is, and more than any phone writes in that time. */
const pieceMs = 1000
const spareBytes = 40 * 1024
/** Shorter is a slip of the finger. */
const leastMs = 700

const whyNot = (reason: unknown): VoiceFailure => {
  const name = reason instanceof DOMException ? reason.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  return name === 'NotFoundError' || name === 'NotSupportedError' ? 'none' : 'failed'
}

const openMicrophone = async (): Promise<MediaStream> => {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined')
    throw new DOMException('no microphone here', 'NotFoundError')
  return navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
}

/** How loud it is now, 0 to 1. */
const listen = (stream: MediaStream) => {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  context.createMediaStreamSource(stream).connect(analyser)
  const wave = new Float32Array(analyser.fftSize)
  return {
    level(): number {
      analyser.getFloatTimeDomainData(wave)
      return Math.min(
        1,
        wave.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
      )
    },
    // the light of the microphone goes out whether or not the sound card answers
    close: () => void context.close().catch((reason: unknown) => console.info('sound stays open', reason)),
  }
}

export interface VoiceBounds {
  maxMs: number
  /** of the content: not every phone holds to the rate that it is asked for */
  maxBytes: number
  /** numbers that say how loud it was along the way */
  peaks: number
}

const recordFrom = (stream: MediaStream, { maxMs, maxBytes, peaks }: VoiceBounds): VoiceRecording => {
  const mimeType = kinds.find((kind) => MediaRecorder.isTypeSupported(kind))
  const recorder = new MediaRecorder(stream, {
    audioBitsPerSecond: bitsPerSecond,
    ...(mimeType ? { mimeType } : {}),
  })
  const ear = listen(stream)
  const pieces: Blob[] = []
  const levels: number[] = []
  const beganMs = performance.now()
  const ms = (): number => performance.now() - beganMs
  // `Promise.withResolvers` came to browsers in 2024 only
  let resolve: (outcome: VoiceTake | VoiceFailure) => void = () => undefined
  const take = new Promise<VoiceTake | VoiceFailure>((settle) => {
    resolve = settle
  })
  let isCancelled = false
  let heardMs = 0

  const stop = (): void => {
    if (recorder.state === 'inactive') return
    heardMs = ms()
    recorder.stop()
  }
  const ticking = setInterval(() => levels.push(ear.level()), levelMs)
  const ending = setTimeout(stop, maxMs)
  const finish = async (): Promise<VoiceTake | VoiceFailure> => {
    if (isCancelled || heardMs < leastMs) return 'tooShort'
    const blob = new Blob(pieces)
    const mime = recorder.mimeType || mimeType || pieces[0]?.type || ''
    if (blob.size === 0) return 'failed'
    const content = new Uint8Array(await blob.arrayBuffer())
    return { content, mime, ms: Math.min(maxMs, Math.round(heardMs)), peaks: peaksOf(levels, peaks) }
  }
  let bytes = 0
  recorder.ondataavailable = ({ data }) => {
    if (data.size > 0) pieces.push(data)
    bytes += data.size
    if (bytes > maxBytes - spareBytes) stop()
  }
  recorder.onerror = () => {
    heardMs = 0
    resolve('failed')
  }
  recorder.onstop = () => {
    clearInterval(ticking)
    clearTimeout(ending)
    ear.close()
    for (const track of stream.getTracks()) track.stop()
    finish().then(resolve, () => resolve('failed'))
  }
  recorder.start(pieceMs)
  return {
    level: () => ear.level(),
    ms,
    take,
    stop,
    cancel() {
      isCancelled = true
      stop()
    },
  }
}

/** Asks for the microphone; ends by itself at its bounds. */
export const startVoiceRecording = async (bounds: VoiceBounds): Promise<VoiceRecording | VoiceFailure> => {
  try {
    return recordFrom(await openMicrophone(), bounds)
  } catch (reason) {
    console.info('no microphone', reason)
    return whyNot(reason)
  }
}
