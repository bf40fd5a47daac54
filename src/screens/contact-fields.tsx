/** Name, address and phone under a lock, with who will see them; folded until somebody has something to say there. */

import '../components/styles/forms.css'
import { Field } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { type Failure, fieldError } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { contactLimits } from '../records/contact/contact.ts'
import type { ContactValue } from './contact-value.ts'

interface ContactFieldsProps {
  value: ContactValue
  onChange: (changes: Partial<ContactValue>) => void
  failure: Failure | null
  /** who sees it, in words */
  who: string
}

export const ContactFields = ({ value, onChange, failure, who }: ContactFieldsProps) => {
  const filled = value.contactName !== '' || value.address !== '' || value.phone !== ''
  const broken = failure?.field?.startsWith('contact.') ?? false
  return (
    <details class="card contact-fields" open={filled || broken}>
      <summary>
        <Icon name="lock" />
        <span class="record-words">
          <span class="strong">{t('type.contact')}</span>
          <span class="soft">{who}</span>
        </span>
        <Icon name="unfold" />
      </summary>
      <div class="stack">
        <p class="soft">{t('contact.honest')}</p>
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
