/** Reports as screens ask for them; for Dexie's liveQuery. A phone holds its own, and a coordinator's phone all. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { type ReportRow, reportType } from './report.ts'

const table = (db: NetworkDatabase) => db.table<ReportRow, string>(reportType.table)

/** About one of these things, the oldest first. */
export const reportsAbout = async (db: NetworkDatabase, ids: readonly string[]): Promise<ReportRow[]> =>
  (await table(db).where('aboutId').anyOf(ids).toArray()).sort((a, b) => a.createdAt - b.createdAt)

/** Those that wait for coordinators, the oldest first. */
export const openReports = async (db: NetworkDatabase): Promise<ReportRow[]> =>
  (
    await table(db)
      .filter(({ closed }) => !closed)
      .toArray()
  ).sort((a, b) => a.createdAt - b.createdAt)
