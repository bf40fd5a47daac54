/** The form of a need: drawings first, words as far as somebody wants to write, and nothing that must be read. */

import '../components/styles/forms.css'
import type { ComponentChildren } from 'preact'
import { Field } from '../components/field.tsx'
import { NumberField } from '../components/number-field.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { needLimits } from '../records/need/need.ts'
import { AreaField } from './area-field.tsx'
import { CategoryChoice } from './category-choice.tsx'
import { ContactFields } from './contact-fields.tsx'
import { laterPart } from './later-part.tsx'
import type { NeedValue } from './need-form-value.ts'
import { needTitle } from './need-words.ts'
import { UrgencyChoice } from './urgency-choice.tsx'

export interface NeedFormProps {
  value: NeedValue
  onChange: (changes: Partial<NeedValue>) => void
  failure: Failure | null
  areas: readonly string[]
  /** contact is written by the need's author only */
  withContact: boolean
  /** every member's phone could read it until now */
  contactWasOpen?: boolean
  /** there is one, and this phone cannot open it */
  contactIsElsewhere?: boolean
  /** something to say where place and words are known */
  hint?: ComponentChildren
  onSubmit: () => void
  /** it is being written: who will see it is still a choice */
  isNew?: boolean
  /** Ctrl or ⌘ with Enter, for who writes many with a keyboard */
  onNext?: () => void
}

/** What few needs say: they do not make the form's first look wait. */
const NeedFormMore = laterPart(() => import('./need-form-more.tsx').then(({ NeedFormMore }) => NeedFormMore))

/** Whoever has touched a drawing sees where to speak, also on the smallest phone. */
const showVoice = (): void => document.querySelector('.media-field')?.scrollIntoView({ block: 'nearest' })

/** Voice and pictures, beside what is typed. */
const MediaFields = laterPart(() => import('./media-fields.tsx').then((parts) => parts.MediaFields))

const Words = ({ value, onChange, failure }: NeedFormProps) => (
  <>
    <Field
      name="title"
      label={t('form.title')}
      value={value.title}
      max={needLimits.titleChars}
      hint={
        value.category === null
          ? undefined
          : t('form.titleHint', { title: needTitle({ title: '', category: value.category }) })
      }
      error={fieldError(failure, 'title')}
      onInput={(title) => onChange({ title })}
    />
    <UrgencyChoice
      legend={t('form.when')}
      value={value.urgency}
      onChange={(urgency) => onChange({ urgency })}
    />
  </>
)

const Amount = ({ value, onChange, failure }: NeedFormProps) => (
  <div class="pair">
    <NumberField
      label={t('form.quantity')}
      value={value.quantity}
      min={needLimits.quantityMin}
      max={needLimits.quantityMax}
      error={fieldError(failure, 'quantity')}
      onChange={(quantity) => onChange({ quantity })}
    />
    <Field
      label={t('form.unit')}
      value={value.unit}
      max={needLimits.unitChars}
      hint={t('form.unitHint')}
      error={fieldError(failure, 'unit')}
      onInput={(unit) => onChange({ unit })}
    />
  </div>
)

export const NeedForm = (props: NeedFormProps) => {
  const { value, onChange, failure, areas } = props
  return (
    <form
      class="stack roomy"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !props.onNext) return
        event.preventDefault()
        props.onNext()
      }}
    >
      <CategoryChoice
        {...props}
        legend={t('form.what')}
        onChange={(changes) => {
          onChange(changes)
          if (value.category === null) showVoice()
        }}
      />
      <MediaFields value={value} onChange={onChange} />
      <Words {...props} />
      <AreaField value={value.area} onChange={onChange} failure={failure} areas={areas} />
      {props.hint}
      <Amount {...props} />
      <Field
        label={t('form.details')}
        rows={3}
        value={value.details}
        max={needLimits.detailsChars}
        hint={t('form.detailsHint')}
        error={fieldError(failure, 'details')}
        onInput={(details) => onChange({ details })}
      />
      <SegmentedChoice
        legend={t('form.forWhom')}
        value={value.forWhom}
        options={[
          { value: 'self', label: t('for.self') },
          { value: 'household', label: t('for.house') },
          { value: 'other', label: t('for.other') },
        ]}
        // «وبموافقته» stands on the choice
        onChange={(forWhom) => onChange({ forWhom, consent: forWhom === 'other' })}
      />
      <NeedFormMore {...props} />
      {props.withContact && (
        <ContactFields
          value={value.confidential ? { ...value, reach: 'approved' } : value}
          onChange={onChange}
          failure={failure}
          about="need"
          isForFew={value.confidential}
          wasOpen={props.contactWasOpen ?? false}
          isElsewhere={props.contactIsElsewhere ?? false}
        />
      )}
      <button type="submit" class="only-heard" tabIndex={-1} aria-hidden="true" />
    </form>
  )
}
