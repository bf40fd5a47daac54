/** What came from others since this person last looked; how far he looked stays on this phone. */

import { useEffect, useState } from 'preact/hooks'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type News, readNews, type Since } from '../records/news.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { type MemberRow, type Seen, seenKey } from '../storage/schema.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMyId } from './use-network.ts'
import { useNow } from './use-now.ts'

const beginning: Since = { n: 0, seniority: 0 }

interface Mark {
  seen: Seen
  /** how far there is something to look at */
  newest: Since
}

const readMark = async (db: NetworkDatabase): Promise<Mark> => {
  const last = await db.arrivals.orderBy('n').last()
  const people: MemberRow[] = await db.members.toArray()
  const kept = (await db.meta.get(seenKey))?.value as Seen | undefined
  const seniority = people.reduce((most, one) => Math.max(most, one.seniority), 0)
  return { seen: kept ?? { ...beginning, before: beginning }, newest: { n: last?.n ?? 0, seniority } }
}

const isNewer = (one: Since, other: Since): boolean => one.n > other.n || one.seniority > other.seniority

const useMark = (): Mark | undefined => useLiveQuery(readMark)

const useNewsSince = (since: Since | undefined, mark: Mark | undefined, most?: number): News | undefined => {
  const database = useDoor().database.value
  const me = useMyId()
  const now = useNow()
  const [news, setNews] = useState<News>()
  useEffect(() => {
    if (!database || !me || !since || !mark) return
    let current = true
    readNews(database, { me, now, since, most }).then(
      (read) => {
        if (current) setNews(read)
      },
      (reason: unknown) => console.warn('what changed cannot be read', reason),
    )
    return () => {
      current = false
    }
  }, [database, me, since?.n, since?.seniority, mark?.newest.n, mark?.newest.seniority])
  return news
}

/** Enough to say the first line of it; what is not looked at is not counted either. */
const mostForLine = 300

/** For the line on Today; undefined while there is nothing new, or nothing is read yet. */
export const useNewsLine = (): News | undefined => {
  const mark = useMark()
  const hasNews = mark !== undefined && isNewer(mark.newest, mark.seen)
  const news = useNewsSince(hasNews ? mark.seen : undefined, mark, mostForLine)
  return hasNews ? news : undefined
}

export interface Changes {
  me: DeviceId
  news: News
  /** nothing is new: these were looked at before */
  isOld: boolean
}

/** For the page: what is shown counts as looked at, and stays while the page is open. */
export const useChanges = (): Changes | undefined => {
  const database = useDoor().database.value
  const me = useMyId()
  const mark = useMark()
  const [since, setSince] = useState<Since & { isOld: boolean }>()
  useEffect(() => {
    if (!mark || !database) return
    const { seen, newest } = mark
    const isNews = isNewer(newest, seen)
    if (!since) setSince(isNews ? { ...seen, isOld: false } : { ...seen.before, isOld: true })
    if (!isNews) return
    if (since?.isOld) setSince({ ...seen, isOld: false })
    const before = since && !since.isOld ? since : seen
    const value: Seen = { ...newest, before: { n: before.n, seniority: before.seniority } }
    void database.meta.put({ key: seenKey, value })
  }, [database, mark])
  const news = useNewsSince(since, mark)
  return news && me && since ? { me, news, isOld: since.isOld } : undefined
}
