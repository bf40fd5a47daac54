/** What few needs say: a day, how long a small task takes, consent, and the message that it was read from. */

import { useEffect, useId, useState } from 'preact/hooks'
import { Field } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { MomentField } from '../components/moment-field.tsx'
import { Toggle } from '../components/toggle.tsx'
import { fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import type { NeedFormProps } from './need-form.tsx'
import { dateOf } from './need-form-value.ts'
import { NeedWhoSees } from './need-who-sees.tsx'

/** Who chooses «وبموافقته» by hand says so; a message that was pasted or shared in says nothing of it. */
const Consent = ({ value, onChange }: NeedFormProps) => {
  const isOpen = value.forWhom === 'other' && (value.original !== '' || !value.consent)
  // once it is asked it stays, also when it is answered
  const [asked, setAsked] = useState(isOpen)
  useEffect(() => {
    if (isOpen) setAsked(true)
  }, [isOpen])
  return (
    value.forWhom === 'other' &&
    (isOpen || asked) && (
      <Toggle
        label={t('more.consent')}
        hint={t('more.consentWhy')}
        checked={value.consent}
        onChange={(consent) => onChange({ consent })}
      />
    )
  )
}

/** Shown to whoever writes the need, to be read beside what was made of it; kept only where he says so. */
const Original = ({ value, onChange }: NeedFormProps) => {
  const id = useId()
  if (value.original === '') return null
  return (
    <section class="stack tight" aria-labelledby={id}>
      <h2 id={id}>{t('more.original')}</h2>
      <p class="told quoted" dir="auto">
        {value.original}
      </p>
      <Toggle
        label={t('more.keepOriginal')}
        hint={t(value.confidential ? 'more.originalForFew' : 'more.originalForAll')}
        checked={value.keepsOriginal}
        onChange={(keepsOriginal) => onChange({ keepsOriginal })}
      />
    </section>
  )
}

const DayAndLength = ({ value, onChange, failure }: NeedFormProps) => {
  const isSaid = value.due !== '' || value.minutes !== '' || fieldError(failure, 'minutes') !== undefined
  return (
    <details class="card contact-fields" open={isSaid}>
      <summary>
        <Icon name="calendar" />
        <span class="record-words strong">{t('more.dayOrLength')}</span>
        <Icon name="unfold" />
      </summary>
      <div class="pair">
        <MomentField
          kind="date"
          label={t('more.due')}
          value={value.due}
          min={dateOf(Date.now())}
          onChange={(due) => onChange({ due })}
        />
        <Field
          label={t('more.minutes')}
          value={value.minutes}
          inputMode="numeric"
          hint={t('more.minutesHint')}
          error={fieldError(failure, 'minutes')}
          onInput={(minutes) => onChange({ minutes })}
        />
      </div>
    </details>
  )
}

export const NeedFormMore = (props: NeedFormProps) => (
  <>
    <NeedWhoSees {...props} />
    <Consent {...props} />
    <DayAndLength {...props} />
    <Original {...props} />
  </>
)
