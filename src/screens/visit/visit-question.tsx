/** What answers one question of a visit: fields of the ordinary form, large and alone. */

import { Bdi } from '../../components/bdi.tsx'
import { Chip } from '../../components/chip.tsx'
import { Field } from '../../components/field.tsx'
import { NumberField } from '../../components/number-field.tsx'
import { SegmentedChoice } from '../../components/segmented-choice.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { type Failure, fieldError } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import { needLimits } from '../../records/need/need.ts'
import { AreaField } from '../area-field.tsx'
import { CategoryChoice } from '../category-choice.tsx'
import { ContactFields } from '../contact-fields.tsx'
import { needTitle } from '../need-words.ts'
import { UrgencyChoice } from '../urgency-choice.tsx'
import { VoiceField } from '../voice-field.tsx'
import {
  answerChanges,
  categoryChanges,
  type HouseAnswer,
  houseAnswer,
  type VisitStep,
  type VisitValue,
} from './visit-value.ts'

export interface VisitQuestionProps {
  value: VisitValue
  onChange: (changes: Partial<VisitValue>) => void
  failure: Failure | null
  areas: readonly string[]
}

/** As many as stand above the field on the smallest phone. */
const maxChips = 6

const What = ({ value, onChange, failure }: VisitQuestionProps) => (
  <CategoryChoice
    legend={t('visit.what')}
    quietLegend
    isNew
    value={value}
    onChange={(changes) => onChange(categoryChanges(value, changes))}
    failure={failure}
  />
)

const Say = ({ value, onChange, failure }: VisitQuestionProps) => (
  <>
    <VoiceField voice={value.voice} said={value.said} onChange={onChange} />
    {(value.voice === null || value.title !== '' || failure !== null) && (
      <Field
        name="title"
        label={t('form.title')}
        value={value.title}
        max={needLimits.titleChars}
        hint={t('form.titleHint', { title: needTitle({ title: '', category: value.category ?? 'other' }) })}
        error={fieldError(failure, 'title')}
        onInput={(title) => onChange({ title })}
      />
    )}
  </>
)

const When = ({ value, onChange }: VisitQuestionProps) => (
  <UrgencyChoice
    legend={t('visit.when')}
    quietLegend
    value={value.urgency}
    onChange={(urgency) => onChange({ urgency })}
  />
)

const Amount = ({ value, onChange, failure }: VisitQuestionProps) => (
  <NumberField
    label={t('form.quantity')}
    value={value.quantity}
    min={needLimits.quantityMin}
    max={needLimits.quantityMax}
    hint={t('visit.amountHint')}
    error={fieldError(failure, 'quantity')}
    onChange={(quantity) => onChange({ quantity })}
  />
)

const Where = ({ value, onChange, failure, areas }: VisitQuestionProps) => (
  <>
    {areas.length > 0 && (
      <div class="chips">
        {areas.slice(0, maxChips).map((area) => (
          <Chip key={area} pressed={area === value.area} onClick={() => onChange({ area })}>
            <Bdi>{area}</Bdi>
          </Chip>
        ))}
      </div>
    )}
    <AreaField value={value.area} onChange={onChange} failure={failure} areas={areas} />
    <ContactFields
      value={{ ...value, reach: 'approved' }}
      onChange={onChange}
      failure={failure}
      about="need"
      isForFew
      wasOpen={false}
      isElsewhere={false}
    />
  </>
)

const Agree = ({ value, onChange, failure }: VisitQuestionProps) => (
  <>
    <p class="soft">{t('visit.agreeWhat')}</p>
    <SegmentedChoice<HouseAnswer>
      legend={t('visit.agree')}
      quietLegend
      value={houseAnswer(value)}
      options={[
        { value: 'all', label: t('visit.yesAll'), icon: 'people' },
        { value: 'few', label: t('visit.yesFew'), icon: 'lock' },
        { value: 'no', label: t('act.no'), icon: 'close', tone: 'urgent' },
      ]}
      onChange={(answer) => onChange(answerChanges(answer))}
      error={fieldError(failure, 'consent')}
    />
    <div role="status">
      {value.isRefused && (
        <StatusLine icon="info" tone="wait">
          {t('visit.noWrite')}
        </StatusLine>
      )}
    </div>
    {value.category === 'mental' && !value.isRefused && <p class="soft">{t('few.mental')}</p>}
  </>
)

const questions = { what: What, say: Say, when: When, amount: Amount, where: Where, agree: Agree }

export const VisitQuestion = ({
  step,
  ...props
}: VisitQuestionProps & { step: Exclude<VisitStep, 'check'> }) => {
  const Question = questions[step]
  return <Question {...props} />
}
