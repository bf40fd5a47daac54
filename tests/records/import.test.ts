/** Tables of other hands: whatever bytes they are, they become rows, and rows become needs or a sentence on what is wrong. */

import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import tables from '../../locales/reading/tables.json' with { type: 'json' }
import { fold } from '../../src/i18n/fold.ts'
import { type CategoryKey, categoryKeys } from '../../src/records/categories.ts'
import { decodeText } from '../../src/records/import/decode-text.ts'
import { KnownNeeds } from '../../src/records/import/known-needs.ts'
import { type Columns, guessColumns, hasHeads } from '../../src/records/import/map-columns.ts'
import { parseTable, tableLimits } from '../../src/records/import/parse-table.ts'
import { readDate, readMonths } from '../../src/records/import/read-date.ts'
import { type ReadingTable, readNeedRow } from '../../src/records/import/read-need-row.ts'
import type { AddedNeed } from '../../src/records/need/add-many.ts'
import { createLexicon } from '../../src/records/need/reading/lexicon.ts'
import { readPiece } from '../../src/records/need/reading/read-piece.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { openNetworkDatabase } from '../../src/storage/database.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, membersWith } from '../support/notebook.ts'
import { readingLists } from '../support/reading-lists.ts'

const wordsOf = (path: string): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))

const rowsOf = (text: string): string[][] => {
  const read = parseTable(text)
  return read.ok ? read.value.rows : []
}

const utf16 = (text: string, isBig: boolean, mark: boolean): Uint8Array => {
  const units = (mark ? `\ufeff${text}` : text).split('').map((unit) => unit.charCodeAt(0))
  return new Uint8Array(units.flatMap((unit) => (isBig ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])))
}

describe('the bytes of a table', () => {
  const text = 'الاسم;العدد\r\nأم نور;5'

  test.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16 as Excel writes it', utf16(text, false, true)],
    ['UTF-16 the other way round', utf16(text, true, true)],
  ])('are read as %s', (_, bytes) => {
    expect(decodeText(bytes)).toBe(text)
  })

  test('are read as UTF-16 where nothing marks it but the noughts of signs and digits', () => {
    const plain = 'name,phone\r\nA,07701234567\r\nب,07801234567'
    expect(decodeText(utf16(plain, false, false))).toBe(plain)
    expect(decodeText(utf16(plain, true, false))).toBe(plain)
  })

  test('are read in the code page of old Windows where they are nothing else', () => {
    // «حليب» in windows-1256
    expect(decodeText(new Uint8Array([0xcd, 0xe1, 0xed, 0xc8]))).toBe('حليب')
  })

  test('hold no NUL afterwards, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeText(bytes)).not.toContain('\0')
      }),
    )
  })
})

describe('a table', () => {
  test.each([
    ['a comma', 'نوع,عدد\r\nطعام,5', ['طعام', '5']],
    ['a semicolon', 'نوع;عدد\r\n"طعام; جاف";5,5', ['طعام; جاف', '5,5']],
    ['a tab', 'نوع\tعدد\nطعام\t5', ['طعام', '5']],
    ['what it says itself', 'sep=;\r\nنوع,ه;عدد\r\nطعام;5', ['طعام', '5']],
  ])('is parted by %s', (_, text, row) => {
    expect(rowsOf(text)[1]).toEqual(row)
  })

  test('keeps lines and quotes inside of a cell, and leaves out lines that are empty or remarks', () => {
    const text = '# كاملة · زينب\r\na,b\r\n\r\n"two\r\nlines","say ""yes"" now"\r\n,\r\n'
    expect(rowsOf(text)).toEqual([
      ['a', 'b'],
      ['two\r\nlines', 'say "yes" now'],
    ])
  })

  test('gives a formula as the plain words that it is, and takes off the sign before them', () => {
    expect(rowsOf("a,b\n=1+1,'=1+1\n'+964770,'07701234567")).toEqual([
      ['a', 'b'],
      ['=1+1', '=1+1'],
      ['+964770', '07701234567'],
    ])
  })

  test('of one line of a megabyte, of open quotes or of a million commas is read at once and stays small', () => {
    const began = process.cpuUsage()
    for (const text of [
      'x'.repeat(1e6),
      `"${'y'.repeat(1e6)}`,
      ','.repeat(1e6),
      '""'.repeat(5e5),
      '"a"b'.repeat(2e5),
    ]) {
      const rows = rowsOf(`a,b\n${text}`)
      for (const row of rows) {
        expect(row.length).toBeLessThanOrEqual(tableLimits.columns)
        for (const cell of row) expect(cell.length).toBeLessThanOrEqual(tableLimits.cellChars)
      }
    }
    // by the processor's clock: the machine may be busy with others
    expect(process.cpuUsage(began).user).toBeLessThan(3_000_000)
  })

  test('longer than a phone should take is cut, and says so', () => {
    const read = parseTable('a\n'.repeat(tableLimits.rows + 5))
    expect(read).toMatchObject({ ok: true, value: { isCut: true } })
    expect(read.ok && read.value.rows.length).toBe(tableLimits.rows)
  })

  test('of any text never fails, and says where there is nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', 'a', ' ', '\t', '#', "'") }),
        (text) => {
          const read = parseTable(text)
          if (read.ok) expect(read.value.rows.length).toBeGreaterThan(0)
          else expect(read.error).toBe('empty')
        },
      ),
    )
  })
})

describe('columns', () => {
  const guess = (...heads: string[]): Columns => guessColumns(heads, tables.columns)

  test('are told by the words over them, in Arabic, English and French spelling of tables', () => {
    expect(guess('ت', 'اسم رب الأسرة', 'رقم الهاتف', 'عنوان السكن', 'الاحتياج', 'العدد', 'ملاحظات')).toEqual([
      null,
      'name',
      'phone',
      'address',
      'title',
      'quantity',
      'details',
    ])
    expect(guess('Full name', 'Mobile', 'Area', 'Priority', 'Need', 'Qty')).toEqual([
      'name',
      'phone',
      'area',
      'urgency',
      'title',
      'quantity',
    ])
  })

  test('are each of one kind, the one that fits best', () => {
    expect(guess('اسم المادة', 'الاسم')).toEqual(['title', 'name'])
  })

  test('are those of our own lists', () => {
    for (const language of ['ar', 'ckb', 'en', 'fr']) {
      const later = wordsOf(`../../locales/later/words-${language}.json`).export
      const first = wordsOf(`../../locales/${language}.json`).contact
      const own = ['category', 'title', 'details', 'quantity', 'unit', 'urgency', 'area']
      const theirs = ['name', 'phone', 'address']
      const heads = [...own.map((key) => later?.[key] ?? ''), ...theirs.map((key) => first?.[key] ?? '')]
      const due = wordsOf(`../../locales/later/words-${language}.json`).more?.due ?? ''
      const rest = ['state', 'written', 'takenBy', 'writtenBy'].map((key) => later?.[key] ?? '')
      expect(guess(...heads, due, ...rest)).toEqual([...own, ...theirs, 'due', null, null, null, null])
    }
  })

  test('of a table without heads are not made up', () => {
    expect(hasHeads(guess('أم نور', '07701234567', 'بطانيات'))).toBe(false)
    expect(hasHeads(guess('الاسم', 'الهاتف'))).toBe(true)
  })
})

const lexicon = createLexicon(readingLists)
const reading = (columns: Columns): ReadingTable => ({
  columns,
  categories: new Map<string, CategoryKey>(categoryKeys.map((key) => [fold(key), key])),
  urgencies: new Map([[fold('عاجل'), 'today']]),
  months: readMonths(tables.months),
  categoryOf: (text) => readPiece(lexicon, text).category ?? undefined,
})

describe('a row', () => {
  const columns: Columns = ['name', 'phone', 'title', 'quantity', 'urgency', 'area', 'address']
  const read = (...row: string[]) => readNeedRow(row, reading(columns))

  test('is a need, with name, phone and address under the lock', () => {
    expect(read('أم نور', '٠٧٧٠ ١٢٣ ٤٥٦٧', 'بطانيات', '٥ قطع', 'عاجل', 'شارع ١٢', 'بيت ٤')).toMatchObject({
      ok: true,
      value: {
        need: {
          title: 'بطانيات',
          category: 'winter',
          quantity: 5,
          unit: 'قطع',
          urgency: 'today',
          area: 'شارع ١٢',
        },
        contact: { name: 'أم نور', phone: '07701234567', address: 'بيت ٤', reach: 'approved' },
      },
    })
  })

  test('keeps a second number, and a title that is too long whole in the details', () => {
    const long = 'سلة غذائية كاملة '.repeat(8)
    const value = read('أم نور', '07701234567 / 07801234567', long)
    expect(value).toMatchObject({
      ok: true,
      value: { contact: { phone: '07701234567', address: '07801234567' } },
    })
    const need = value.ok ? value.value.need : {}
    expect(need.title?.length).toBeLessThanOrEqual(80)
    expect(need.details).toBe(long.trim())
  })

  test.each([
    ['nothing is asked for', ['أم نور', '07701234567'], { field: 'title', rule: 'required' }],
    ['the table program cut the phone', ['', '7.70123E+09', 'خبز'], { field: 'phone', rule: 'phoneCut' }],
    ['the phone is no number', ['', 'عند الجيران', 'خبز'], { field: 'phone', rule: 'format' }],
    ['the amount is no number', ['', '', 'خبز', 'كثير'], { field: 'quantity', rule: 'format' }],
    [
      'the amount is too large',
      ['', '', 'خبز', '100000'],
      { field: 'quantity', rule: 'tooLarge', limit: 9999 },
    ],
    [
      'the place is too long',
      ['', '', 'خبز', '', '', 'ش'.repeat(61)],
      { field: 'area', rule: 'tooLong', limit: 60 },
    ],
  ])('says so where %s', (_, row, error) => {
    expect(read(...row)).toEqual({ ok: false, error })
  })

  test('of any cells is a need or an error, and what is a need can be written', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.constantFrom('=1+1', '\0', '٥', '-1', '1e9'),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(cell, { maxLength: 9 }), async (row) => {
        const value = readNeedRow(row, reading(columns))
        if (!value.ok) return
        const book = createNotebook(deviceOf(1), membersWith({ [deviceOf(1)]: 'member' }), [deviceOf(2)])
        expect(await book.run({ type: 'need.addMany', rows: [value.value] }, 5)).toMatchObject({ ok: true })
      }),
      { numRuns: 60 },
    )
  })
})

describe('a day in a table', () => {
  const months = readMonths(tables.months)
  const dayOf = (cell: string) => {
    const at = readDate(cell, months)
    return at === null ? null : new Date(at).toLocaleDateString('sv')
  }

  test.each([
    '2026-11-20',
    '2026/11/20 00:00:00',
    '2026-11-20T08:30:00Z',
    '20/11/2026',
    '20.11.26',
    '11/20/2026',
    '٢٠/١١/٢٠٢٦',
    '۲۰۲۶-۱۱-۲۰',
    '\u200f20\u200f/11\u200f/2026',
    '20 November 2026',
    'Nov 20, 2026',
    'vendredi 20 novembre 2026',
    '٢٠ تشرين الثاني ٢٠٢٦',
    'الجمعة ٢٠ نوفمبر ٢٠٢٦',
    '20 نونبر 2026',
    '٢٠ تشرینی دووەم ٢٠٢٦',
  ])('is read from %s', (cell) => {
    expect(dayOf(cell)).toBe('2026-11-20')
  })

  test.each(['', '31/6/2026', '20/11', '20 November', 'بعد العيد', '2026', '٥ بطانيات', '1/2/3/2026', 'May'])(
    'is not made up from %j',
    (cell) => {
      expect(dayOf(cell)).toBeNull()
    },
  )

  test('is the day that our own list says, in each language', () => {
    const at = new Date(2026, 5, 9, 12).getTime()
    for (const locale of ['ar-IQ', 'ar-EG', 'ar-DZ', 'ar-MA', 'ar-SA', 'en-GB', 'fr'])
      for (const numberingSystem of ['latn', 'arab']) {
        const options = { day: 'numeric', month: 'long', year: 'numeric', calendar: 'gregory' } as const
        expect(dayOf(new Intl.DateTimeFormat(locale, { ...options, numberingSystem }).format(at))).toBe(
          '2026-06-09',
        )
      }
  })

  test('that cannot be read stands in the details', () => {
    const row = (due: string) => readNeedRow(['خبز', 'طري', due], reading(['title', 'details', 'due']))
    expect(row('بعد العيد')).toMatchObject({
      ok: true,
      value: { need: { dueAt: null, details: 'طري\nبعد العيد' } },
    })
    expect(row('20/11/2026')).toMatchObject({ ok: true, value: { need: { details: 'طري' } } })
  })
})

describe('many needs in one step', () => {
  const member = deviceOf(1)
  const coordinator = deviceOf(2)
  const members = membersWith({ [member]: 'member', [coordinator]: 'coordinator' })
  const rows: AddedNeed[] = [
    { need: { category: 'food', title: 'سلة غذائية لبيت أم عمر', area: 'شارع 12' } },
    {
      need: { category: 'medicine', title: 'إنسولين' },
      contact: { name: 'أم نور', phone: '07701234567', reach: 'approved' },
    },
  ]

  test('are all written, with contacts that only coordinators open', async () => {
    const book = createNotebook(member, members, [coordinator])
    expect(await book.run({ type: 'need.addMany', rows }, 1000)).toMatchObject({ ok: true })
    expect(book.rows('needs')).toHaveLength(2)
    expect(book.rows('contacts')).toMatchObject([{ phone: '07701234567', confidential: true }])
    const stranger = createNotebook(deviceOf(3), members)
    stranger.receive(book)
    expect(stranger.rows('contacts')).toEqual([])
  })

  test('are none where one cannot be', async () => {
    const book = createNotebook(member, members, [coordinator])
    const wrong = { need: { title: 'x'.repeat(200) } }
    expect(await book.run({ type: 'need.addMany', rows: [...rows, wrong] }, 1000)).toMatchObject({
      ok: false,
    })
    expect(book.operations).toEqual([])
  })

  test('that stand here already or twice in the table are marked', async () => {
    const book = createNotebook(member, members, [coordinator])
    await book.run({ type: 'need.addMany', rows }, 1000)
    const place = { networkId: 'known' as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
    const db = openNetworkDatabase(place, rowFormat)
    await db.open()
    for (const table of Object.keys(rowFormat.tables)) await db.table(table).bulkPut(book.rows(table))
    const known = new KnownNeeds(db, 2000)
    const again = { need: { category: 'food', title: 'سله غذائيه لبيت ام عمر', area: 'الشارع ١٢' } } as const
    const water = { need: { category: 'water', title: 'ماء للشرب', area: 'شارع 12' } } as const
    expect(await known.find(again, 0)).toBe('here')
    expect(await known.find(water, 1)).toBe(null)
    expect(await known.find(water, 2)).toBe('above')
    // looked at once more, a row is not its own double
    expect(await known.find(water, 1)).toBe(null)
  })
})
