/** What is still on this phone only, thing by thing, as the person who wrote it knows it. */

import type { NeedRow } from '../records/need/need.ts'
import { tableOfType } from '../records/row-format.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OutboxRow } from '../storage/schema.ts'
import { rowsByThing } from './rows-by-thing.ts'
import { unsentRows } from './unsent.ts'
import { useLiveQuery } from './use-live-query.ts'

export interface OutboxThing {
  key: string
  /** name of a record type, `photo` or `voice`; `network` for a step of the network itself, such as an invite */
  type: string
  /** how far a claim has come by now; '' for what has no steps */
  state: string
  /** as typed; '' where the category stands for it */
  title: string
  category: string
  /** its page, or that of what it is about; none for a step of the network */
  href: string | undefined
  /** ms since 1970, of its latest step */
  savedAt: number
  /** a relay has refused it; what to do is said in words */
  refused: boolean
  /** how it is taken back, where it can be */
  takeBack: TakeBack | null
}

export type TakeBack =
  | { type: 'need.cancel'; id: string; reason: string }
  | { type: 'offer.end'; id: string }
  | { type: 'claim.release'; id: string }

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

interface Named {
  type: string
  state: string
  /** the record that has a page and words of its own */
  about: { type: string; id: string; row: Record<string, unknown> }
}

const takeBackOf = (id: string, { type, state, about }: Named): TakeBack | null => {
  if (type === 'need') return about.row.cancelled ? null : { type: 'need.cancel', id, reason: '' }
  if (type === 'offer') return about.row.ended ? null : { type: 'offer.end', id }
  const isPromise = type === 'claim' && state !== 'released' && state !== 'done'
  return isPromise ? { type: 'claim.release', id } : null
}

const hasPage = (type: string): boolean => type === 'need' || type === 'offer'

/** A claim and a contact are named by the need that they are about. */
const rowNaming = async (
  database: NetworkDatabase,
  recordId: string,
  depth = 0,
): Promise<Named | undefined> => {
  const operation = await database.operations.where('recordId').equals(recordId).first()
  const table = operation && tableOfType(operation.type)
  if (!operation || !table) return undefined
  const row: Record<string, unknown> = (await database.table(table).get(recordId)) ?? {}
  // the key of a report says nothing but that there is one
  if (operation.type === 'grant' && row.contactId === row.aboutId)
    return rowNaming(database, textOf(row.aboutId), depth)
  const about = textOf(row.needId) || textOf(row.aboutId)
  const named = about !== '' && depth === 0 ? await rowNaming(database, about, 1) : undefined
  const state = textOf(row.state)
  return { type: operation.type, state, about: named?.about ?? { type: operation.type, id: recordId, row } }
}

/** Of all rows of one thing: the latest step says when, and it is refused when any was. */
const thingOf = async (database: NetworkDatabase, rows: readonly OutboxRow[]): Promise<OutboxThing> => {
  const first = rows[0]?.recordIds[0]
  const common = {
    key: first ?? 'other',
    savedAt: Math.max(...rows.map(({ savedAt }) => savedAt)),
    refused: rows.some(({ refused }) => refused !== undefined),
  }
  const naming = first === undefined ? undefined : await rowNaming(database, first)
  if (first === undefined || !naming)
    return { ...common, type: 'other', state: '', title: '', category: '', href: undefined, takeBack: null }
  const { type, state, about } = naming
  const href = hasPage(about.type) ? `/${about.type}/${about.id}` : undefined
  const words = {
    title: textOf(about.row.title) || textOf(about.row.word),
    category: textOf(about.row.category),
    href,
  }
  return { ...common, type, state, ...words, takeBack: takeBackOf(first, naming) }
}

/** The oldest step stands for all of them; refused when any was. */
const networkThing = (rows: readonly OutboxRow[]): OutboxThing[] => {
  const [first] = rows
  if (!first) return []
  const refused = rows.some((row) => row.refused !== undefined)
  const words = { state: '', title: '', category: '', href: undefined, takeBack: null }
  return [{ key: 'network', type: 'network', ...words, savedAt: first.savedAt, refused }]
}

/** Pictures and voice notes that their words have left behind. */
const mediaThings = async (database: NetworkDatabase): Promise<OutboxThing[]> => {
  const left = await database.blobs.where('state').equals('unsent').sortBy('usedAt')
  if (left.length === 0) return []
  const needs = await database.table<NeedRow>('needs').where('mediaAt').above(0).toArray()
  return left.map(({ id, kind, usedAt, refused }) => {
    const need = needs.find(
      ({ voice, photos }) => voice?.id === id || photos.some((photo) => photo.id === id),
    )
    const about = need && { title: need.title, category: need.category, href: `/need/${need.id}` }
    const words = about ?? { title: '', category: '', href: undefined }
    const common = { state: '', savedAt: usedAt, refused: refused !== undefined, takeBack: null }
    return { key: id, type: kind, ...common, ...words }
  })
}

/** Oldest first, as many as `useUnsentCount` says; `undefined` until read. */
export const useOutboxThings = (): readonly OutboxThing[] | undefined =>
  useLiveQuery(async (database) => {
    const rows = await unsentRows(database)
    const things = await Promise.all(rowsByThing(rows).map((group) => thingOf(database, group)))
    const network = networkThing(rows.filter((row) => row.recordIds.length === 0))
    return [...network, ...things, ...(await mediaThings(database))]
  })
