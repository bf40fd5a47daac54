/** The address of a need, as far as it concerns who looks. */

import { t } from '../../i18n/translate.ts'
import { ContactCard } from '../contact-card.tsx'
import type { NeedPage } from './need-page.ts'

export const NeedAddress = ({ page: { view, names, isOpen, sight } }: { page: NeedPage }) =>
  isOpen || view.contact.exists ? (
    <ContactCard sight={sight} who={t('contact.who')} author={names.nameOf(view.need.creator)} />
  ) : null
