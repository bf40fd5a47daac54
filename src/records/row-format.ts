/** Where rows lie: all that the page must know of a type to open the database. The types themselves come with who reads them. */

import type { RowFormat } from '../storage/database.ts'

/**
 * Type of record → Dexie table of its rows, and the indexes after the primary key `id`. No index on a truth value:
 * IndexedDB leaves those out.
 */
const tables = {
  need: ['needs', 'creator, mediaAt, [boardRank+newestFirst+id], [category+areaKey+newestFirst]'],
  offer: ['offers', 'creator, [boardRank+newestFirst+id]'],
  claim: ['claims', 'needId, creator, state'],
  contact: ['contacts', 'aboutId'],
  grant: ['grants', 'aboutId, claimId, keyId'],
  profile: ['profiles', 'creator'],
  confirmation: ['confirmations', 'claimId'],
  comment: ['comments', 'aboutId'],
  report: ['reports', 'aboutId'],
  hiding: ['hidings', 'aboutId'],
  'same-as': ['sameAs', 'keepId, otherId'],
  'export-note': ['exportNotes', 'createdAt'],
  ask: ['asks', 'needId, personId'],
  category: ['categories', 'createdAt'],
  'promise-hours': ['promiseHours', 'of'],
} as const satisfies Record<string, readonly [table: string, indexes: string]>

const tableByName = new Map<string, string>(Object.entries(tables).map(([name, [table]]) => [name, table]))

/** The table of a type's rows; undefined for a type that this version does not know. */
export const tableOfType = (name: string): string | undefined => tableByName.get(name)

/**
 * For `openNetworkDatabase`. Raise the version by one whenever a type, an index or what a row holds changes: each phone
 * then projects all its operations again, also those of types that an older version kept without knowing them.
 */
export const rowFormat: RowFormat = {
  tables: Object.fromEntries(Object.values(tables).map(([table, indexes]) => [table, `id, ${indexes}`])),
  version: 7,
}
