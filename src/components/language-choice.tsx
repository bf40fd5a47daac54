/** The languages by their own names. */

import { type Language, languageList, languages } from '../i18n/languages.ts'
import { t } from '../i18n/translate.ts'
import { SegmentedChoice } from './segmented-choice.tsx'

interface LanguageChoiceProps {
  value: Language
  onChange: (language: Language) => void
  /** in settings the legend is seen; on the first screen the names say enough */
  seenLegend?: boolean
}

export const LanguageChoice = ({ value, onChange, seenLegend = false }: LanguageChoiceProps) => (
  <SegmentedChoice
    legend={t('settings.language')}
    quietLegend={!seenLegend}
    options={languageList.map((language) => ({
      value: language,
      label: languages[language].name,
      lang: language,
    }))}
    value={value}
    onChange={onChange}
  />
)
