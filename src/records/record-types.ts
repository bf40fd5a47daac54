/** Every type of record that this version knows; a new one is one line here (README.md). */

import type { RowFormat } from '../storage/database.ts'
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

const typesByName = new Map(recordTypes.map((type) => [type.name, type]))

/** The type, or undefined for one that this version does not know: its operations are kept and give no row. */
export const recordTypeByName = (name: string): RecordType | undefined => typesByName.get(name)

/** Dexie tables of rows: name → primary key and indexes. */
export const recordTables: Readonly<Record<string, string>> = Object.fromEntries(
  recordTypes.map(({ table, indexes }) => [table, indexes === '' ? 'id' : `id, ${indexes}`]),
)

/**
 * For `openNetworkDatabase`. Raise the version by one whenever a type, an index or what a row holds changes: each phone
 * then projects all its operations again, also those of types that an older version kept without knowing them.
 */
export const rowFormat: RowFormat = { tables: recordTables, version: 5 }
