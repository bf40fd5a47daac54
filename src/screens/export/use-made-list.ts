/** Makes the list that was asked for, piece by piece; one with names only once the network has noted who takes it out and why. */

import { useRef, useState } from 'preact/hooks'
import { useBoardAreas } from '../../hooks/use-board.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useExportedNeeds } from '../../hooks/use-export.ts'
import { useMe, useMembersById, useNetwork } from '../../hooks/use-network.ts'
import { formatDate, formatTime } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedFilter } from '../../records/board/need-filter.ts'
import { csvLine } from '../../records/export/csv-file.ts'
import { exportNoteLimits } from '../../records/export-note/export-note.ts'
import { listColumns } from './export-table.ts'
import { filterWords } from './list-filter.tsx'
import type { MadeList } from './made-list.tsx'

export interface ListWish {
  filter: NeedFilter
  isFull: boolean
  withTitles: boolean
  /** asked for a list with names only */
  reason: string
}

/** What no file system takes. */
const inFileName = (words: string): string => words.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')

const day = (ms: number): string => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString()

const fileName = (isFull: boolean, by: string, nowMs: number): string => {
  const [date, time] = day(nowMs).split(/[T.]/)
  const parts = [t('app.name'), isFull ? t('export.full') : t('export.plain')]
  return [...parts, ...(isFull ? [by] : []), `${date}`, `${time}`.slice(0, 5)].map(inFileName).join('-')
}

export const useMadeList = () => {
  const gather = useExportedNeeds()
  const areas = useBoardAreas()
  const members = useMembersById()
  const network = useNetwork()
  const me = useMe()
  const { run, error, clearError } = useCommand()
  const [list, setList] = useState<MadeList | null>(null)
  const [part, setPart] = useState<number | null>(null)
  /** the newest wish: an older one that still reads is given up */
  const wanted = useRef(0)

  const forget = () => {
    wanted.current++
    setPart(null)
    setList(null)
    clearError()
  }
  const make = async (wish: ListWish) => {
    forget()
    const mine = wanted.current
    const { filter, isFull, reason } = wish
    const { heads, cells } = listColumns(wish, (person) => members.get(person)?.name ?? '')
    const rows: string[][] = []
    const csv: string[] = []
    setPart(0)
    await gather({ filter, isFull }, (needs, read) => {
      for (const need of needs) {
        const told = cells(need)
        rows.push(told)
        csv.push(csvLine(told))
      }
      // drawn again twenty times, not with each piece
      if (mine === wanted.current) setPart(Math.floor(read * 20) / 20)
    })
    const scope = filterWords(filter, areas).slice(0, exportNoteLimits.scopeChars)
    // no name leaves before the network knows of it
    const noted = isFull ? await run({ type: 'exportNote.add', reason, count: rows.length, scope }) : null
    if (mine !== wanted.current) return
    setPart(null)
    if (noted && !noted.ok) return
    const now = Date.now()
    const by = me?.name ?? network?.nickname ?? ''
    const made = t('export.madeBy', { name: by, date: formatDate(now), time: formatTime(now) })
    setList({
      ...{ heads, rows, csv, isFull, fileName: fileName(isFull, by, now) },
      lines: [
        network?.name || t('app.name'),
        scope,
        ...(isFull ? [made, t('export.because', { reason })] : [formatDate(now)]),
      ],
    })
  }
  return { list, part, error, make, forget }
}
