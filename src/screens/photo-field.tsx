/** Adds pictures to a need: made small and clean on this phone, shown, taken out again. */

import { useRef, useState } from 'preact/hooks'
import { Icon } from '../components/icon.tsx'
import { IconButton } from '../components/icon-button.tsx'
import { shrinkPhoto } from '../components/shrink-photo.ts'
import { StatusLine } from '../components/status-line.tsx'
import { useKeepMedia } from '../hooks/use-media.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { mediaLimits, type Photo } from '../records/need/media.ts'
import { PhotoView } from './photo-view.tsx'

interface PhotoFieldProps {
  photos: readonly Photo[]
  onChange: (photos: Photo[]) => void
}

const bounds = { maxBytes: mediaLimits.photoBytes, maxThumbBytes: mediaLimits.thumbBytes }

export const PhotoField = ({ photos, onChange }: PhotoFieldProps) => {
  const { keep, drop } = useKeepMedia()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // the newest, while several are made ready one after the other
  const newest = useRef(photos)
  newest.current = photos

  const add = async (file: File): Promise<void> => {
    const small = await shrinkPhoto(file, bounds)
    if (typeof small === 'string') return setProblem(t(`photo.${small}`))
    const { content, thumb, w, h } = small
    const kept = await keep('photo', content)
    if (!kept.ok) return setProblem(errorWords(kept.error))
    newest.current = [...newest.current, { ...kept.value, thumb, w, h }]
    onChange([...newest.current])
  }
  const addAll = async (files: FileList | null): Promise<void> => {
    setProblem(null)
    setBusy(true)
    for (const file of Array.from(files ?? []).slice(0, mediaLimits.photos - photos.length)) await add(file)
    setBusy(false)
  }
  const leave = (photo: Photo): void => {
    drop(photo.id)
    onChange(photos.filter(({ id }) => id !== photo.id))
  }
  return (
    <>
      {photos.length > 0 && (
        <ul class="photos">
          {photos.map((photo, i) => (
            <li key={photo.id}>
              <PhotoView photo={photo} number={i + 1} count={photos.length} />
              <IconButton
                icon="close"
                label={t('photo.remove', { number: i + 1 })}
                onClick={() => leave(photo)}
              />
            </li>
          ))}
        </ul>
      )}
      {photos.length < mediaLimits.photos && (
        <label class={`button ghost photo-add ${isBusy ? 'busy' : ''}`}>
          <Icon name="photo" />
          <span>{isBusy ? t('photo.making') : photos.length > 0 ? t('photo.more') : t('photo.add')}</span>
          <input
            type="file"
            accept="image/*"
            multiple
            aria-disabled={isBusy}
            class="only-heard"
            onClick={(event) => isBusy && event.preventDefault()}
            onChange={({ currentTarget }) => {
              void addAll(currentTarget.files).then(() => {
                currentTarget.value = ''
              })
            }}
          />
        </label>
      )}
      <p class="field-hint">
        <Icon name="shield" size="small" /> {t('photo.safe')}
      </p>
      <div role="status">
        {problem !== null && (
          <StatusLine icon="warning" tone="wait">
            {problem}
          </StatusLine>
        )}
      </div>
    </>
  )
}
