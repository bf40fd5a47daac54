/** Makes the list that was asked for, piece by piece; one with names only once the network has noted who takes it out and why. */

import { useRef, useState } from 'preact/hooks'
import { useBoardAreas } from '../../hooks/use-board.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useExportedNeeds, useExportedOffers } from '../../hooks/use-export.ts'
import { useMe, useMembersById, useNetwork } from '../../hooks/use-network.ts'
import { formatDate, formatTime } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { NeedFilter } from '../../records/board/need-filter.ts'
import { csvLine } from '../../records/export/csv-file.ts'
import { exportNoteLimits } from '../../records/export-note/export-note.ts'
import { needColumns, offerColumns } from './export-table.ts'
import { filterWords } from './list-filter.tsx'
import type { MadeList } from './made-list.tsx'

export interface ListWish {
  of: 'needs' | 'offers'
  /** of needs */
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
  const gatherOffers = useExportedOffers()
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
    const { filter, isFull, reason, of } = wish
    const nameOf = (person: string) => members.get(person)?.name ?? ''
    setPart(0)
    const readNeeds = async () => {
      const { heads, cells } = needColumns(wish, nameOf)
      const rows: string[][] = []
      await gather({ filter, isFull }, (needs, read) => {
        rows.push(...needs.map(cells))
        // drawn again twenty times, not with each piece
        if (mine === wanted.current) setPart(Math.floor(read * 20) / 20)
      })
      return { heads, rows }
    }
    const readOffers = async () => {
      const { heads, cells } = offerColumns(wish, nameOf)
      return { heads, rows: (await gatherOffers(isFull)).map(cells) }
    }
    const { heads, rows } = await (of === 'needs' ? readNeeds() : readOffers())
    const said = of === 'needs' ? filterWords(filter, areas) : t('export.offersNow')
    const scope = said.slice(0, exportNoteLimits.scopeChars)
    // no name leaves before the network knows of it
    const noted = isFull ? await run({ type: 'exportNote.add', reason, count: rows.length, scope, of }) : null
    if (mine !== wanted.current) return
    setPart(null)
    if (noted && !noted.ok) return
    const now = Date.now()
    const by = me?.name ?? network?.nickname ?? ''
    const made = t('export.madeBy', { name: by, date: formatDate(now), time: formatTime(now) })
    setList({
      ...{
        of,
        heads,
        rows,
        csv: rows.map((row) => csvLine(row)),
        isFull,
        fileName: fileName(isFull, by, now),
      },
      lines: [
        network?.name || t('app.name'),
        scope,
        ...(isFull ? [made, t('export.because', { reason })] : [formatDate(now)]),
      ],
    })
  }
  return { list, part, error, make, forget }
}
