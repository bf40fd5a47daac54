/** A recording that came as a file becomes a voice note: as it is, cut where it can be, with how loud it is along the way. */

import { cutOgg } from './cut-ogg.ts'
import { peaksOf } from './voice-peaks.ts'
import type { VoiceBounds, VoiceTake } from './voice-recording.ts'

export interface FileTake extends VoiceTake {
  /** it went on: the rest is not here */
  isCut: boolean
}

/** Enough to see how loud it is; a minute of it is 2 MB. */
const samplesPerSecond = 8000
const levelMs = 50
/** A file says its length a little differently from its player. */
const spareMs = 1000
/** Some files make a player think for ever. */
const patienceMs = 10_000

/** As a player says it, before anything is decoded; null for what it cannot play. */
const lengthMs = (blob: Blob): Promise<number | null> =>
  new Promise((resolve) => {
    const player = new Audio()
    const address = URL.createObjectURL(blob)
    const end = (ms: number | null): void => {
      clearTimeout(ending)
      player.removeAttribute('src')
      URL.revokeObjectURL(address)
      resolve(ms)
    }
    const ending = setTimeout(() => end(null), patienceMs)
    player.onloadedmetadata = () => end(player.duration * 1000)
    player.onerror = () => end(null)
    player.preload = 'metadata'
    player.src = address
  })

const levelsOf = (samples: Float32Array): number[] => {
  const stretch = (samplesPerSecond * levelMs) / 1000
  return Array.from({ length: Math.ceil(samples.length / stretch) }, (_, i) =>
    samples
      .subarray(i * stretch, (i + 1) * stretch)
      .reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
  )
}

const decode = async (content: Uint8Array<ArrayBuffer>): Promise<AudioBuffer | null> => {
  try {
    // decoding takes the bytes away
    return await new OfflineAudioContext(1, 1, samplesPerSecond).decodeAudioData(content.slice().buffer)
  } catch (reason) {
    console.info('a recording that this browser cannot read', reason)
    return null
  }
}

/** Ogg is cut at the bounds; other kinds that are over them cannot be. */
export const voiceFromFile = async (
  file: Blob,
  bounds: VoiceBounds,
): Promise<FileTake | 'unreadable' | 'tooLong'> => {
  // the rest of a long one is never read
  const read = new Uint8Array(await file.slice(0, bounds.maxBytes).arrayBuffer())
  const cut = cutOgg(read, bounds)
  if (!cut && file.size > bounds.maxBytes) return 'tooLong'
  const content = cut ?? read
  const mime = cut ? 'audio/ogg;codecs=opus' : file.type
  const saidMs = await lengthMs(new Blob([content], { type: mime }))
  if (saidMs === null) return 'unreadable'
  const isTooLong = (ms: number): boolean => ms > bounds.maxMs + spareMs
  // what a browser recorded says no length: its bytes bound it until it is decoded
  if (Number.isFinite(saidMs) && isTooLong(saidMs)) return 'tooLong'
  const sound = await decode(content)
  if (!sound || sound.length === 0) return 'unreadable'
  if (isTooLong(sound.duration * 1000)) return 'tooLong'
  return {
    content,
    mime,
    ms: Math.max(1, Math.min(bounds.maxMs, Math.round(sound.duration * 1000))),
    peaks: peaksOf(levelsOf(sound.getChannelData(0)), bounds.peaks),
    isCut: content.length < file.size,
  }
}
