/** The network's own categories as screens ask for them; for Dexie's liveQuery. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { tableOfType } from '../row-format.ts'
import type { CategoryRow } from './category.ts'

/** The archived too, in the order in which they were added. */
export const ownCategories = (db: NetworkDatabase): Promise<CategoryRow[]> =>
  db
    .table<CategoryRow, string>(tableOfType('category') ?? '')
    .orderBy('createdAt')
    .toArray()
