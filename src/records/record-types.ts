/** The types of record that a phone must be able to read from its first exchange on; `later-records.ts` has the others. */

import { claimType } from './claim/claim.ts'
import { contactType } from './contact/contact.ts'
import { grantType } from './grant/grant.ts'
import { needType } from './need/need.ts'
import { offerType } from './offer/offer.ts'
import { profileType } from './profile/profile.ts'
import type { RecordType } from './record-type.ts'

export const recordTypes: readonly RecordType[] = [
  needType,
  offerType,
  claimType,
  contactType,
  grantType,
  profileType,
]
