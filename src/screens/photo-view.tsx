/** One picture of a need: the small one at once, the whole one when it is here; a press shows it large. */

import { useEffect, useState } from 'preact/hooks'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useMedia } from '../hooks/use-media.ts'
import { t } from '../i18n/translate.ts'
import type { Photo } from '../records/need/media.ts'
import { isDrawable } from '../records/need/picture-size.ts'
import { sizeWords } from './size-words.ts'

/** The small picture from the record itself; null where there is none. */
const useThumb = ({ id, thumb }: Photo): string | null => {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    if (!isDrawable(thumb, 'thumb')) return
    const made = URL.createObjectURL(new Blob([thumb]))
    setUrl(made)
    return () => URL.revokeObjectURL(made)
    // each reading of the record brings the same bytes anew
  }, [id])
  return url
}

interface PhotoViewProps {
  photo: Photo
  /** its place among `count`, from 1 */
  number: number
  count: number
}

export const PhotoView = ({ photo, number, count }: PhotoViewProps) => {
  const { url, absent, coming, want } = useMedia('photo', photo)
  const thumb = useThumb(photo)
  const [isOpen, setOpen] = useState(false)
  const name = count > 1 ? t('photo.of', { number, total: count }) : t('photo.one')
  const shown = url ?? thumb
  const press = () => {
    if (url === null) want()
    setOpen(true)
  }
  return (
    <>
      <button
        type="button"
        class={`photo ${url === null ? 'small-only' : ''}`}
        aria-label={name}
        onClick={press}
      >
        {shown === null ? <Icon name="photo" size="large" /> : <img src={shown} alt="" />}
        {url === null && absent === 'waits' && <span class="photo-cost">{sizeWords(photo.bytes)}</span>}
      </button>
      <Dialog open={isOpen} title={name} onClose={() => setOpen(false)}>
        {shown !== null && (
          <img class="photo-large" src={shown} width={photo.w} height={photo.h} alt={name} />
        )}
        {coming !== null && (
          <progress class="voice-coming" max={1} value={coming} aria-label={t('photo.coming')} />
        )}
        {absent !== null && absent !== 'waits' && (
          <StatusLine icon={absent === 'broken' ? 'warning' : 'info'} tone="wait">
            {t(`photo.${absent}`)}
          </StatusLine>
        )}
      </Dialog>
    </>
  )
}
