/** A list that leaves the network: what stands in it, what never does, and what a table program makes of its cells. */

import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import tables from '../../locales/reading/tables.json' with { type: 'json' }
import type { NeedFilter } from '../../src/records/board/need-filter.ts'
import { coarseArea } from '../../src/records/export/coarse-area.ts'
import { byteOrderMark, csvCell, csvLine } from '../../src/records/export/csv-file.ts'
import { exportOffers } from '../../src/records/export/export-offers.ts'
import { type ExportedNeed, exportPieces } from '../../src/records/export/export-pieces.ts'
import { foldedWords } from '../../src/records/import/map-columns.ts'
import { parseTable } from '../../src/records/import/parse-table.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { MemberRow } from '../../src/storage/schema.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const zeinab = deviceOf(1)
const coordinator = deviceOf(2)
const second = deviceOf(3)
const members = membersWith({
  [zeinab]: 'member',
  [coordinator]: 'coordinator',
  [second]: 'coordinator',
})
const hourMs = 3600 * 1000
const now = 1_000 * hourMs

let count = 0
const opened = async (notebook: Notebook): Promise<NetworkDatabase> => {
  const place = { networkId: `export-${count++}` as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const db = openNetworkDatabase(place, rowFormat)
  await db.open()
  for (const table of Object.keys(rowFormat.tables)) await db.table(table).bulkPut(notebook.rows(table))
  const coordinators = [coordinator, second]
  await db.members.bulkPut(
    coordinators.map((deviceId) => ({ deviceId, role: 'coordinator', end: null }) as MemberRow),
  )
  return db
}

const csvOf = (rows: readonly (readonly string[])[]): string => rows.map(csvLine).join('')

const allOf = async (
  db: NetworkDatabase,
  wanted: { filter?: NeedFilter; isFull?: boolean } = {},
): Promise<ExportedNeed[]> => {
  const all: ExportedNeed[] = []
  const { filter = {}, isFull = false } = wanted
  for await (const { needs } of exportPieces(db, { filter, isFull, nowMs: now })) all.push(...needs)
  return all
}

describe('a CSV file', () => {
  test('begins with a byte order mark, ends its lines as RFC 4180 says and quotes what must be', () => {
    expect(
      byteOrderMark +
        csvOf([
          ['النوع', 'a,b'],
          ['قال «نعم»', 'two\nlines "x"'],
        ]),
    ).toBe('\ufeffالنوع,"a,b"\r\nقال «نعم»,"two\nlines ""x"""\r\n')
  })

  test.each([
    '=1+1',
    '+9647701234567',
    '-2+3',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '  =HYPERLINK("http://x")',
    '＝1+1',
    '\u0000=cmd|calc',
  ])('makes no formula of %j', (cell) => {
    expect(csvCell(cell).replace(/^"/, '')).toMatch(/^'/)
  })

  test('gives back every cell when it is read again', () => {
    const cell = fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .map((text) => text.replace(/[\p{C}\s]+/gu, ' ').trim())
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const told = rows.filter(
          (row) =>
            row.some((each) => each !== '') && !/^#/.test(row[0]) && !row.some((each) => /^'/.test(each)),
        )
        fc.pre(told.length > 0)
        // the first line says by which sign cells are apart
        const read = parseTable(csvOf([['a', 'b', 'c'], ...told]))
        expect(read.ok && read.value.rows.slice(1)).toEqual(told)
      }),
    )
  })
})

test('a place stands on a list without its door', () => {
  const doors = foldedWords(tables.doors)
  expect(coarseArea('شارع ١٢، بيت ٤ عند أم علي', doors)).toBe('شارع ١٢')
  expect(coarseArea('حي الزهور - العمارة 7', doors)).toBe('حي الزهور')
  expect(coarseArea('Block 4, near the bakery', doors)).toBe('Block 4')
  expect(coarseArea('Rue 12, appt 4 chez Mme Alaoui', doors)).toBe('Rue 12')
  expect(coarseArea('Cité Ennasr à l’étage 3', doors)).toBe('Cité Ennasr à')
  expect(coarseArea('بيت أبو كرم', doors)).toBe('')
})

describe('the offers of a list', () => {
  const written = async () => {
    const book = createNotebook(zeinab, members)
    const add = async (title: string, rest = {}, at = now - hourMs) =>
      idOf(await book.run({ type: 'offer.add', kind: 'goods', title, ...rest }, at))
    const contact = { name: 'أم نور', phone: '07701234567', address: 'بيت ٤', reach: 'members' as const }
    const bread = await add('خبز', { contact }, now - 2 * hourMs)
    const milk = await add('حليب')
    const gone = { type: 'dated' as const, from: now - 9 * hourMs, to: now - 8 * hourMs }
    await add('كان أمس', { schedule: gone })
    const ended = await add('انتهى')
    await book.run({ type: 'offer.end', id: ended }, now)
    return { book, bread, milk }
  }

  test('are those that stand, the newest first, with contacts only where they are wanted', async () => {
    const { book } = await written()
    const db = await opened(book)
    const plain = await exportOffers(db, { isFull: false, nowMs: now })
    expect(plain.map(({ offer }) => offer.title)).toEqual(['حليب', 'خبز'])
    expect(plain.every(({ contact }) => contact === undefined)).toBe(true)
    const full = await exportOffers(db, { isFull: true, nowMs: now })
    expect(full.map(({ contact }) => contact?.phone)).toEqual([undefined, '07701234567'])
  })

  test('leave out what two coordinators hid', async () => {
    const { book, bread } = await written()
    for (const device of [coordinator, second]) {
      const other = createNotebook(device, members)
      other.receive(book)
      await other.run({ type: 'hiding.add', aboutId: bread, aboutType: 'offer' }, now)
      book.receive(other)
    }
    const told = await exportOffers(await opened(book), { isFull: true, nowMs: now })
    expect(told.map(({ offer }) => offer.title)).toEqual(['حليب'])
  })
})

describe('the needs of a list', () => {
  const written = async () => {
    const book = createNotebook(zeinab, members)
    const add = async (title: string, rest = {}) =>
      idOf(
        await book.run({ type: 'need.add', category: 'food', title, area: 'شارع 12', ...rest }, now - hourMs),
      )
    const contact = { name: 'أم نور', phone: '07701234567', address: 'بيت ٤' }
    const first = await add('سلة', { contact })
    const urgent = await add('حليب', { urgency: 'today', area: 'حي الزهور' })
    return { book, first, urgent }
  }

  test('come in the order of the board, and by its filters', async () => {
    const { book } = await written()
    const db = await opened(book)
    expect((await allOf(db)).map(({ need }) => need.title)).toEqual(['حليب', 'سلة'])
    const found = await allOf(db, { filter: { urgency: 'possible', text: 'سلة' } })
    expect(found.map(({ need }) => need.title)).toEqual(['سلة'])
    expect(await allOf(db, { filter: { state: 'met' } })).toEqual([])
  })

  test('bring their contacts only where they are wanted', async () => {
    const { book } = await written()
    const db = await opened(book)
    expect((await allOf(db)).every(({ contact }) => contact === undefined)).toBe(true)
    const full = await allOf(db, { isFull: true })
    expect(full.map(({ contact }) => contact?.phone)).toEqual([undefined, '07701234567'])
  })

  test('leave out what only coordinators read, unless names are wanted', async () => {
    const { book, first, urgent } = await written()
    const db = await opened(book)
    await db.table('needs').update(first, { confidential: true })
    expect((await allOf(db)).map(({ need }) => need.id)).toEqual([urgent])
    expect((await allOf(db, { isFull: true })).length).toBe(2)
  })

  test('leave out what two coordinators hid, and what is shown as part of another', async () => {
    const { book, first, urgent } = await written()
    const phone = createNotebook(coordinator, members)
    const other = createNotebook(second, members)
    for (const each of [phone, other]) each.receive(book)
    for (const each of [phone, other])
      await each.run({ type: 'hiding.add', aboutId: first, aboutType: 'need', note: '' }, now)
    phone.receive(other)
    expect((await allOf(await opened(phone))).map(({ need }) => need.id)).toEqual([urgent])

    const merging = createNotebook(coordinator, members)
    merging.receive(book)
    await merging.run({ type: 'sameAs.merge', keepId: first, otherId: urgent }, now)
    expect((await allOf(await opened(merging), { isFull: true })).map(({ need }) => need.id)).toEqual([first])
  })

  test('of five thousand come in pieces, each need once', async () => {
    const { book, first } = await written()
    const db = await opened(book)
    const row = await db.table('needs').get(first)
    await db.table('needs').bulkPut(
      Array.from({ length: 950 }, (_, i) => ({
        ...row,
        id: `${i}`.padStart(22, 'N'),
        newestFirst: -(i % 7),
      })),
    )
    let greatest = 0
    const ids: string[] = []
    for await (const { needs } of exportPieces(db, { filter: {}, isFull: true, nowMs: now })) {
      greatest = Math.max(greatest, needs.length)
      ids.push(...needs.map(({ need }) => need.id))
    }
    expect(greatest).toBeLessThanOrEqual(25)
    expect(ids.length).toBe(952)
    expect(new Set(ids).size).toBe(952)
  })
})

describe('that a list with names left the network', () => {
  const note = { type: 'exportNote.add', reason: 'توزيع الخميس', count: 40, scope: 'شارع ١٢' } as const

  test('is noted by a coordinator, for everybody to see, and stays as it is', async () => {
    const phone = createNotebook(coordinator, members)
    const id = idOf(await phone.run(note, now))
    const hers = createNotebook(zeinab, members)
    hers.receive(phone)
    expect(hers.rows('exportNotes')).toMatchObject([
      { id, creator: coordinator, reason: 'توزيع الخميس', count: 40 },
    ])
    const { op: _, fields: __, nonce: ___, ...rest } = phone.operations[0] as Notebook['operations'][number]
    const changes = [
      { ...rest, op: 'erase' as const, index: 9, at: [1, now] as [number, number] },
      { ...rest, op: 'set' as const, index: 8, at: [2, now] as [number, number], fields: { reason: 'غيره' } },
    ]
    phone.operations.push(...changes)
    expect(phone.rows('exportNotes')).toMatchObject([{ reason: 'توزيع الخميس' }])
  })

  test('is nothing a member can note, and nothing without a reason', async () => {
    expect(await createNotebook(zeinab, members).run(note, now)).toMatchObject({
      ok: false,
      error: { code: 'notAllowed' },
    })
    expect(await createNotebook(coordinator, members).run({ ...note, reason: ' ' }, now)).toMatchObject({
      ok: false,
      error: { code: 'invalid', field: 'reason' },
    })
  })
})
