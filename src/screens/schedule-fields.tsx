/** When an offer stands: days of every week, or one date; with hours. */

import '../components/styles/forms.css'
import { Chip } from '../components/chip.tsx'
import { MomentField } from '../components/moment-field.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { StatusLine } from '../components/status-line.tsx'
import type { Failure } from '../i18n/error-words.ts'
import { weekdayName } from '../i18n/time.ts'
import { t } from '../i18n/translate.ts'
import { weekdays } from '../i18n/week.ts'
import { dateOfToday, type OfferValue } from './offer-form-value.ts'

interface ScheduleFieldsProps {
  value: OfferValue
  onChange: (changes: Partial<OfferValue>) => void
  failure: Failure | null
  now: number
}

const Days = ({ value, onChange }: ScheduleFieldsProps) => {
  const has = (day: number) => value.days.includes(day)
  const toggle = (day: number) =>
    onChange({ days: has(day) ? value.days.filter((other) => other !== day) : [...value.days, day] })
  return (
    <fieldset class="choice">
      <legend>{t('offer.days')}</legend>
      <div class="chips">
        {weekdays().map((day) => (
          <Chip key={day} pressed={has(day)} onClick={() => toggle(day)}>
            {weekdayName(day)}
          </Chip>
        ))}
      </div>
      {value.days.length === 0 && <p class="field-hint">{t('offer.everyDay')}</p>}
    </fieldset>
  )
}

export const ScheduleFields = (props: ScheduleFieldsProps) => {
  const { value, onChange, failure, now } = props
  const broken = failure?.code === 'invalid' && (failure.field ?? '').startsWith('schedule')
  return (
    <div class="stack">
      <SegmentedChoice
        legend={t('offer.whenTitle')}
        value={value.when}
        options={[
          { value: 'standing', label: t('offer.standing'), icon: 'refresh' },
          { value: 'dated', label: t('offer.dated'), icon: 'calendar' },
        ]}
        onChange={(when) => onChange({ when })}
      />
      {value.when === 'standing' ? (
        <Days {...props} />
      ) : (
        <MomentField
          label={t('offer.date')}
          kind="date"
          min={dateOfToday(now)}
          value={value.date}
          onChange={(date) => onChange({ date })}
        />
      )}
      <div class="pair tight">
        <MomentField
          label={t('offer.from')}
          kind="time"
          value={value.from}
          onChange={(from) => onChange({ from })}
        />
        <MomentField label={t('offer.to')} kind="time" value={value.to} onChange={(to) => onChange({ to })} />
      </div>
      {broken && (
        <div role="alert">
          <StatusLine icon="warning" tone="urgent">
            {value.when === 'standing' ? t('form.chooseHours') : t('form.chooseDate')}
          </StatusLine>
        </div>
      )}
    </div>
  )
}
