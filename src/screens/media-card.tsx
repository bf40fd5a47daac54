/** What a need says by voice and in pictures, and whether it has left this phone. */

import '../components/styles/media.css'
import { Bdi } from '../components/bdi.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useUnsentMedia } from '../hooks/use-media.ts'
import { t } from '../i18n/translate.ts'
import type { NeedRow } from '../records/need/need.ts'
import { PhotoView } from './photo-view.tsx'
import { VoiceNote } from './voice-note.tsx'

const Unsent = ({ need: { photos, voice } }: { need: NeedRow }) => {
  const unsent = new Set(useUnsentMedia()?.map(({ id }) => id))
  const left = photos.filter(({ id }) => unsent.has(id)).length
  return (
    <>
      {voice && unsent.has(voice.id) && <StatusLine icon="waiting">{t('voice.left')}</StatusLine>}
      {left > 0 && <StatusLine icon="waiting">{t('photo.left', { count: left })}</StatusLine>}
    </>
  )
}

export const MediaCard = ({ need }: { need: NeedRow }) => {
  const { photos, voice, said } = need
  return (
    <Card as="section">
      {voice && <VoiceNote voice={voice} label={t('voice.title')} />}
      {said !== '' && (
        <div>
          <p class="soft">{t('voice.text')}</p>
          <p class="told">
            <Bdi>{said}</Bdi>
          </p>
        </div>
      )}
      {photos.length > 0 && (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={photo.id}>
              <PhotoView photo={photo} number={i + 1} count={photos.length} />
            </li>
          ))}
        </ul>
      )}
      <Unsent need={need} />
    </Card>
  )
}
