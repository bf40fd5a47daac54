/** What people say about a thing: comments, and reports as far as this phone may read them. */

import type { CommentRow } from '../records/comment/comment.ts'
import { commentsOn } from '../records/comment/queries.ts'
import { openReports, reportsAbout } from '../records/report/queries.ts'
import type { ReportRow } from '../records/report/report.ts'
import { useHidings } from './use-hidings.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMe } from './use-network.ts'

/** On one need or offer, the oldest first; `undefined` until read. */
export const useComments = (aboutId: string): readonly CommentRow[] | undefined =>
  useLiveQuery((db) => commentsOn(db, aboutId), [aboutId])

/** Own ones, and all to coordinators; the oldest first. */
export const useReportsAbout = (id: string): readonly ReportRow[] =>
  useLiveQuery((db) => reportsAbout(db, [id]), [id]) ?? []

export const useIsCoordinator = (): boolean => {
  const me = useMe()
  return me?.role === 'coordinator' && me.end === null
}

export interface OpenReport {
  report: ReportRow
  /** the need or offer that it is about, or that the comment it is about stands on; undefined when it is gone */
  page: { type: 'need' | 'offer'; id: string } | undefined
}

/** For coordinators, without their own reports: what waits for their judgement. */
export const useOpenReports = (): readonly OpenReport[] => {
  const hidings = useHidings()
  const isCoordinator = useIsCoordinator()
  const me = useMe()?.deviceId
  const found = useLiveQuery(
    async (db) => {
      if (!isCoordinator) return []
      const reports = (await openReports(db)).filter(({ creator }) => creator !== me)
      const comments = await db
        .table<CommentRow, string>('comments')
        .bulkGet(reports.map(({ aboutId }) => aboutId))
      return reports.map((report, i): OpenReport => {
        const comment = comments[i]
        if (report.aboutType !== 'comment')
          return { report, page: { type: report.aboutType, id: report.aboutId } }
        return { report, page: comment && { type: comment.aboutType, id: comment.aboutId } }
      })
    },
    [isCoordinator, me],
  )
  const isDecided = (id: string): boolean => {
    const view = hidings.get(id)
    return view?.state === 'hidden' || (me !== undefined && view?.by.includes(me) === true)
  }
  return (found ?? []).filter(({ report }) => !isDecided(report.aboutId))
}
