/** The address of a need, as far as it concerns who looks. */

import { t } from '../../i18n/translate.ts'
import { ContactCard } from '../contact-card.tsx'
import { contactSight } from '../contact-sight.ts'
import { type NeedPage, viewerOf } from './need-page.ts'

export const NeedAddress = ({ page }: { page: NeedPage }) => {
  const { need, contact } = page.view
  if (!page.isOpen && !contact.exists) return null
  return (
    <ContactCard
      sight={contactSight(contact, viewerOf(page))}
      who={t('contact.who')}
      author={page.names.nameOf(need.creator)}
    />
  )
}
