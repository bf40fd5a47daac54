/** Name, address and phone under a lock, with the choice of who will see them; folded until somebody writes there. */

import '../components/styles/details.css'
import '../components/styles/forms.css'
import { Card } from '../components/card.tsx'
import { Field } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { SegmentedChoice } from '../components/segmented-choice.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { type ContactReach, contactLimits } from '../records/contact/contact.ts'
import type { ContactValue } from './contact-value.ts'

interface ContactFieldsProps {
  value: ContactValue
  onChange: (changes: Partial<ContactValue>) => void
  failure: Failure | null
  about: 'need' | 'offer'
  /** what is written there now was open to members: a tighter choice cannot unsay it */
  wasOpen: boolean
  /** there is one that this phone cannot open: empty fields would ask to write over it unseen */
  isElsewhere: boolean
  /** it goes with a need for few: when it shows is no choice */
  isForFew?: boolean
}

const words = {
  need: {
    legend: 'contact.whenShown',
    approved: 'contact.afterApproval',
    members: 'contact.atOnce',
    why: { approved: 'contact.afterApprovalWhy', members: 'contact.atOnceWhy' },
  },
  offer: {
    legend: 'contact.whoSees',
    approved: 'contact.coordinatorsOnly',
    members: 'contact.allMembers',
    why: { approved: 'contact.coordinatorsOnlyWhy', members: 'contact.atOnceWhy' },
  },
} as const

const Reach = ({ value, onChange, about, wasOpen }: ContactFieldsProps) => {
  const { legend, approved, members, why } = words[about]
  const options: { value: ContactReach; label: string }[] = [
    { value: 'approved', label: t(approved) },
    { value: 'members', label: t(members) },
  ]
  return (
    <div class="halves stack tight">
      <SegmentedChoice
        legend={t(legend)}
        value={value.reach}
        options={about === 'need' ? options : options.reverse()}
        onChange={(reach) => onChange({ reach })}
      />
      <p class="soft">{t(why[value.reach])}</p>
      {wasOpen && value.reach === 'approved' && <p class="soft">{t('contact.wasOpen')}</p>}
    </div>
  )
}

export const ContactFields = (props: ContactFieldsProps) => {
  const { value, onChange, failure, about, isElsewhere } = props
  const filled = value.contactName !== '' || value.address !== '' || value.phone !== ''
  const broken = failure?.field?.startsWith('contact.') ?? false
  if (isElsewhere && !filled) {
    return (
      <Card as="section">
        <h2 class="card-head">
          <Icon name="lock" />
          <span>{t('type.contact')}</span>
        </h2>
        <p class="soft">{t('contact.elsewhere')}</p>
      </Card>
    )
  }
  return (
    <details class="card contact-fields" open={filled || broken}>
      <summary>
        <Icon name="lock" />
        <span class="record-words">
          <span class="strong">{t('type.contact')}</span>
          <span class="soft">
            {t(words[about].legend)} {t(words[about][value.reach])}
          </span>
        </span>
        <Icon name="unfold" />
      </summary>
      <div class="stack">
        {!props.isForFew && <Reach {...props} />}
        <Field
          label={t('contact.name')}
          value={value.contactName}
          max={contactLimits.nameChars}
          error={fieldError(failure, 'contact.name')}
          onInput={(contactName) => onChange({ contactName })}
        />
        <Field
          label={t('contact.address')}
          value={value.address}
          rows={2}
          max={contactLimits.addressChars}
          error={fieldError(failure, 'contact.address')}
          onInput={(address) => onChange({ address })}
        />
        <Field
          label={t('contact.phone')}
          value={value.phone}
          direction="ltr"
          inputMode="tel"
          max={contactLimits.phoneChars}
          error={fieldError(failure, 'contact.phone')}
          onInput={(phone) => onChange({ phone })}
        />
      </div>
    </details>
  )
}
