/** Voice and pictures in the form of a need; a voice note alone is enough for one. */

import '../components/styles/media.css'
import { t } from '../i18n/translate.ts'
import type { Photo, Voice } from '../records/need/media.ts'
import type { MediaValue } from './need-form-value.ts'
import { PhotoField } from './photo-field.tsx'
import { VoiceField } from './voice-field.tsx'

interface MediaFieldsProps {
  value: MediaValue
  onChange: (changes: { photos?: Photo[]; voice?: Voice | null; said?: string }) => void
}

export const MediaFields = ({ value, onChange }: MediaFieldsProps) => (
  <>
    <fieldset class="media-field">
      <legend>{t('voice.title')}</legend>
      <VoiceField voice={value.voice} said={value.said} onChange={onChange} />
    </fieldset>
    <fieldset class="media-field">
      <legend>{t('photo.title')}</legend>
      <PhotoField photos={value.photos} onChange={(photos) => onChange({ photos })} />
    </fieldset>
  </>
)
