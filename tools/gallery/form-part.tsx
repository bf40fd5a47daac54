/** The gallery's part of what one fills in. */

import { Field } from '../../src/components/field.tsx'
import { MomentField } from '../../src/components/moment-field.tsx'
import { NumberField } from '../../src/components/number-field.tsx'
import { t } from '../../src/i18n/translate.ts'
import { Kept } from './kept.tsx'
import { sample } from './sample.ts'

const TextFields = () => (
  <>
    <h2>Field</h2>
    <Kept first="">
      {(value, change) => (
        <Field
          label={t('form.title')}
          hint={t('form.titleHint', { title: t('cat.water') })}
          optional
          value={value}
          onInput={change}
        />
      )}
    </Kept>
    <Kept first={sample().title}>
      {(value, change) => (
        <Field label={t('form.title')} value={value} max={sample().title.length + 12} onInput={change} />
      )}
    </Kept>
    <Kept first={sample().mixed}>
      {(value, change) => (
        <Field
          label={t('form.area')}
          value={value}
          suggestions={[sample().area, sample().title]}
          error={t('err.tooLong', { limit: 20 })}
          max={20}
          onInput={change}
        />
      )}
    </Kept>
    <Kept first={sample().details}>
      {(value, change) => <Field label={t('form.area')} value={value} max={20} onInput={change} />}
    </Kept>
    <Kept first="">
      {(value, change) => (
        <Field
          label={sample().longTitle}
          hint={t('form.detailsHint')}
          error={t('err.linkBroken')}
          value={value}
          onInput={change}
        />
      )}
    </Kept>
    <Kept first={`${sample().details}\n${sample().mixed}`}>
      {(value, change) => (
        <Field label={t('form.details')} rows={4} value={value} max={500} onInput={change} />
      )}
    </Kept>
    <Kept first="+964 770 123 4567">
      {(value, change) => (
        <Field label={t('contact.phone')} direction="ltr" inputMode="tel" value={value} onInput={change} />
      )}
    </Kept>
    <Kept first="four quiet words">
      {(value, change) => <Field label={t('backup.pass')} secret value={value} onInput={change} />}
    </Kept>
  </>
)

const NumbersAndTimes = () => (
  <>
    <h2>Number, time, date</h2>
    <div class="pair">
      <Kept first={5}>
        {(value, change) => (
          <NumberField label={t('form.quantity')} hint={t('form.unitHint')} value={value} onChange={change} />
        )}
      </Kept>
      <Kept first={9999}>
        {(value, change) => (
          <NumberField
            label={t('form.quantity')}
            error={t('err.tooLarge', { limit: 9999 })}
            value={value}
            onChange={change}
          />
        )}
      </Kept>
    </div>
    <div class="pair tight">
      <Kept first="09:30">
        {(value, change) => (
          <MomentField label={t('offer.from')} kind="time" value={value} onChange={change} />
        )}
      </Kept>
      <Kept first="">
        {(value, change) => <MomentField label={t('offer.to')} kind="time" value={value} onChange={change} />}
      </Kept>
    </div>
    <Kept first="">
      {(value, change) => (
        <MomentField label={t('offer.date')} kind="date" min="2026-11-20" value={value} onChange={change} />
      )}
    </Kept>
  </>
)

export const FormPart = () => (
  <main class="gallery-part">
    <TextFields />
    <NumbersAndTimes />
  </main>
)
