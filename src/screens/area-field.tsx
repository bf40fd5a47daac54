/** In which street or quarter a need is: as it was written before, or anew. */

import { Field } from '../components/field.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { needLimits } from '../records/need/need.ts'

interface AreaFieldProps {
  value: string
  onChange: (changes: { area: string }) => void
  failure: Failure | null
  /** what was written before */
  areas: readonly string[]
}

export const AreaField = ({ value, onChange, failure, areas }: AreaFieldProps) => (
  <Field
    name="area"
    label={t('form.area')}
    value={value}
    max={needLimits.areaChars}
    suggestions={areas}
    error={fieldError(failure, 'area')}
    onInput={(area) => onChange({ area })}
  />
)
