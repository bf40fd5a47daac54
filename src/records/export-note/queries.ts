/** Notes of lists that left the network, as screens ask for them; for Dexie's liveQuery. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { type ExportNoteRow, exportNoteType } from './export-note.ts'

/** The newest first. */
export const exportNotes = (db: NetworkDatabase): Promise<ExportNoteRow[]> =>
  db.table<ExportNoteRow, string>(exportNoteType.table).orderBy('createdAt').reverse().toArray()
