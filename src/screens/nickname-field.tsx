/** The name by which others know this person. */

import { Field } from '../components/field.tsx'
import { t } from '../i18n/translate.ts'

const nicknameChars = 40

interface NicknameFieldProps {
  value: string
  error: string | undefined
  onInput: (nickname: string) => void
}

export const NicknameField = (props: NicknameFieldProps) => (
  <Field
    name="nickname"
    label={t('me.name')}
    hint={t('me.nameHint')}
    max={nicknameChars}
    autocomplete="nickname"
    {...props}
  />
)
