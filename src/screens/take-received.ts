/** A file that another app shared becomes a photo or the voice note of a need: made ready here, kept by the engine. */

import { shrinkPhoto } from '../components/shrink-photo.ts'
import { voiceFromFile } from '../components/voice-from-file.ts'
import type { ReceivedFile } from '../hooks/received-files.ts'
import { useKeepMedia } from '../hooks/use-media.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { mediaLimits, voiceMime } from '../records/need/media.ts'
import type { MediaValue } from './need-form-value.ts'

export interface TakenFile {
  changes: Partial<MediaValue>
  /** what there is to say about it; '' for nothing */
  note: string
  /** false where it may be taken another time */
  isOver: boolean
}

const photoBounds = { maxBytes: mediaLimits.photoBytes, maxThumbBytes: mediaLimits.thumbBytes }
const voiceBounds = {
  maxMs: mediaLimits.voiceMs,
  maxBytes: mediaLimits.voiceBytes,
  peaks: mediaLimits.peaks,
}

export const hasRoomFor = (kind: ReceivedFile['kind'], { photos, voice }: MediaValue): boolean =>
  kind === 'photo' ? photos.length < mediaLimits.photos : voice === null

/** For a form that {@link hasRoomFor} it. */
export const useTakeReceived = () => {
  const { keep } = useKeepMedia()

  const takePhoto = async (file: Blob, { photos }: MediaValue): Promise<TakenFile> => {
    const small = await shrinkPhoto(file, photoBounds)
    if (typeof small === 'string') return { changes: {}, note: t(`photo.${small}`), isOver: true }
    const { content, thumb, w, h } = small
    const kept = await keep('photo', content)
    if (!kept.ok) return { changes: {}, note: errorWords(kept.error), isOver: false }
    return { changes: { photos: [...photos, { ...kept.value, thumb, w, h }] }, note: '', isOver: true }
  }
  const takeVoice = async (file: Blob): Promise<TakenFile> => {
    const take = await voiceFromFile(file, voiceBounds)
    if (typeof take === 'string') return { changes: {}, note: t(`shared.${take}`), isOver: true }
    const { content, mime, ms, peaks, isCut } = take
    const kept = await keep('voice', content)
    if (!kept.ok) return { changes: {}, note: errorWords(kept.error), isOver: false }
    const voice = { ...kept.value, mime: voiceMime(mime), ms, peaks }
    return { changes: { voice }, note: isCut ? t('shared.cut') : '', isOver: true }
  }
  return ({ kind, file }: ReceivedFile, value: MediaValue): Promise<TakenFile> =>
    kind === 'photo' ? takePhoto(file, value) : takeVoice(file)
}
