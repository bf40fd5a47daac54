/** The form of an offer: what kind, in words, when, and what goes with the kind. */

import '../components/styles/forms.css'
import { Field } from '../components/field.tsx'
import { IconChoice } from '../components/icon-choice.tsx'
import { NumberField } from '../components/number-field.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { Toggle } from '../components/toggle.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { type OfferRow, offerLimits } from '../records/offer/offer.ts'
import { ownChoices } from './category-words.ts'
import { ContactFields } from './contact-fields.tsx'
import { laterPart } from './later-part.tsx'
import { canBeRemote, isCounted, type OfferValue } from './offer-form-value.ts'
import { kindIcon, offerKinds, offerTitle } from './offer-words.ts'
import { ScheduleFields } from './schedule-fields.tsx'

export interface OfferFormProps {
  value: OfferValue
  onChange: (changes: Partial<OfferValue>) => void
  failure: Failure | null
  areas: readonly string[]
  now: number
  onSubmit: () => void
  /** every member's phone could read it until now */
  contactWasOpen?: boolean
  /** there is one, and this phone cannot open it */
  contactIsElsewhere?: boolean
}

/** Kinds of need that few networks have. */
const OfferFor = laterPart(() => import('./offer-for.tsx').then((parts) => parts.OfferFor))

const Words = ({ value, onChange, failure }: OfferFormProps) => (
  <>
    <div class="thirds">
      <IconChoice<OfferRow['kind']>
        legend={t('offer.kind')}
        value={value.kind}
        options={offerKinds.map((kind) => ({ value: kind, icon: kindIcon(kind), label: t(`offer.${kind}`) }))}
        onChange={(kind) => onChange({ kind })}
      />
    </div>
    <Field
      label={t('form.title')}
      value={value.title}
      max={offerLimits.titleChars}
      hint={t('form.titleHint', { title: offerTitle({ title: '', kind: value.kind }) })}
      error={fieldError(failure, 'title')}
      onInput={(title) => onChange({ title })}
    />
  </>
)

const Amount = ({ value, onChange, failure }: OfferFormProps) => (
  <div class="stack">
    <Toggle
      label={t('offer.limited')}
      checked={value.limited}
      onChange={(limited) => onChange({ limited })}
    />
    {value.limited && (
      <div class="pair">
        <NumberField
          label={t('form.quantity')}
          value={value.quantity}
          min={offerLimits.quantityMin}
          max={offerLimits.quantityMax}
          error={fieldError(failure, 'quantity')}
          onChange={(quantity) => onChange({ quantity })}
        />
        <Field
          label={t('form.unit')}
          value={value.unit}
          max={offerLimits.unitChars}
          hint={t('form.unitHint')}
          error={fieldError(failure, 'unit')}
          onInput={(unit) => onChange({ unit })}
        />
      </div>
    )}
  </div>
)

/** Lengths that people say; another one that is there already stays choosable. */
const lengths = ['', '30', '60', '120']

const lengthWords = (minutes: string): string => {
  const count = Number(minutes)
  if (minutes === '') return t('offer.minutesAny')
  return count % 60 === 0 ? t('n.hoursAlone', { count: count / 60 }) : t('n.minutesAlone', { count })
}

const Length = ({ value, onChange }: OfferFormProps) => (
  <div class="halves">
    <SegmentedChoice
      legend={t('offer.howLong')}
      value={value.minutes}
      options={[...new Set([...lengths, value.minutes])].map((minutes) => ({
        value: minutes,
        label: lengthWords(minutes),
      }))}
      onChange={(minutes) => onChange({ minutes })}
    />
  </div>
)

export const OfferForm = (props: OfferFormProps) => {
  const { value, onChange, failure, areas } = props
  return (
    <form
      class="stack roomy"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSubmit()
      }}
    >
      <Words {...props} />
      {(value.category || ownChoices().length > 0) && (
        <OfferFor category={value.category ?? null} onChange={(category) => onChange({ category })} />
      )}
      <ScheduleFields {...props} />
      {isCounted(value.kind) ? <Amount {...props} /> : <Length {...props} />}
      {canBeRemote(value.kind) && (
        <Toggle
          label={t('offer.remote')}
          hint={t('offer.remoteHint')}
          checked={value.remote}
          onChange={(remote) => onChange({ remote })}
        />
      )}
      <Field
        label={t('form.area')}
        value={value.area}
        max={offerLimits.areaChars}
        suggestions={areas}
        error={fieldError(failure, 'area')}
        onInput={(area) => onChange({ area })}
      />
      <Field
        label={t('form.details')}
        rows={3}
        value={value.details}
        max={offerLimits.detailsChars}
        hint={t('form.detailsHint')}
        error={fieldError(failure, 'details')}
        onInput={(details) => onChange({ details })}
      />
      <ContactFields
        value={value}
        onChange={onChange}
        failure={failure}
        about="offer"
        wasOpen={props.contactWasOpen ?? false}
        isElsewhere={props.contactIsElsewhere ?? false}
      />
      <button type="submit" class="only-heard" tabIndex={-1} aria-hidden="true" />
    </form>
  )
}
