/** The rows of a district: made by the app's own commands and reducer, so that they are what a phone would hold. */

import { categoryKeys } from '../../../src/records/categories.ts'
import type { RecordCommand } from '../../../src/records/commands.ts'
import { skillKeys, spokenLanguages } from '../../../src/records/profile/profile.ts'
import { recordTypes } from '../../../src/records/record-types.ts'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { type DeviceId, listNameOf } from '../../../sync-server/protocol/ids.ts'
import messages from '../../../tests/fixtures/messages.json' with { type: 'json' }
import names from '../../../tests/fixtures/names.json' with { type: 'json' }
import { createNotebook, idOf, membersWith, type Notebook } from '../../../tests/support/notebook.ts'

export const size = { needs: 5000, offers: 2000, people: 500 }
const hourMs = 3600_000

/** Table name → rows, as they are put into the database. */
export type Tables = Record<string, unknown[]>

const personOf = (number: number): DeviceId => {
  const bytes = new Uint8Array(16)
  new DataView(bytes.buffer).setUint32(0, number * 2654435761)
  return toBase64url(bytes) as DeviceId
}
const pick = <Value>(values: readonly Value[], number: number): Value =>
  values[number % values.length] as Value

const things = {
  ar: [
    'بطانيات شتوية',
    'حليب أطفال رقم ٢',
    'سلة غذائية',
    'دواء ضغط',
    'تصليح محرّك الماء',
    'كرسي متحرّك',
    'نقل إلى المستشفى',
  ],
  ckb: ['نان و برنج', 'دەرمانی شەکرە', 'پێخەف بۆ منداڵان', 'گواستنەوە بۆ نەخۆشخانە'],
  latin: [
    'Battaniye lâzım',
    'İlaç: insülin',
    'Médicament pour enfant',
    'Kışlık çocuk ayakkabısı',
    'Leçons de français',
  ],
} as const
const areas = [
  'شارع ١٢',
  'الشارع 4',
  'الزقاق ٧',
  'محلة ٣٠٦',
  'حي ١ حزيران',
  'قرب جامع النور',
  'Tisin Mahallesi',
  'گەڕەکی ئازادی',
]

/** Seven of ten in Arabic, two in Sorani, one in Latin letters. */
const titleOf = (n: number): string => {
  const script = n % 10 < 7 ? 'ar' : n % 10 < 9 ? 'ckb' : 'latin'
  return `${pick(things[script], n)} ${n % 3 === 0 ? n : ''}`.trim()
}
const areaOf = (n: number): string => (n % 11 === 0 ? '' : n % 5 === 0 ? `شارع ${n % 60}` : pick(areas, n))
const nameOf = (n: number): string => `${pick(names.names, n)} ${pick(names.names, n * 7 + 3).split(' ')[0]}`

const needCommand = (n: number): RecordCommand => ({
  type: 'need.add',
  category: pick(categoryKeys, n * 13),
  title: n % 17 === 0 ? '' : titleOf(n),
  details: n % 4 === 0 ? '' : pick(messages.messages, n).text,
  urgency: pick(['today', 'week', 'possible', 'possible'] as const, n * 3),
  quantity: n % 6 === 0 ? 10 : 1,
  unit: n % 6 === 0 ? 'قطعة' : '',
  area: areaOf(n),
  forWhom: 'other',
})

const offerCommand = (n: number): RecordCommand => ({
  type: 'offer.add',
  kind: pick(['time', 'skill', 'goods', 'transport', 'place'] as const, n),
  title: titleOf(n + 5),
  details: n % 3 === 0 ? '' : pick(messages.messages, n + 7).text,
  area: areaOf(n + 2),
  schedule: { type: 'standing', days: [n % 7], from: '10:00', to: '14:00' },
})

/** A need with what became of it: a third was taken, of those one in four brought. */
const needLife = async (n: number, at: number): Promise<Notebook> => {
  const members = membersWith({})
  const everybody = { ...members, roleOf: () => 'member' as const }
  const author = createNotebook(personOf(n % size.people), everybody)
  const id = idOf(await author.run(needCommand(n), at))
  if (n % 3 !== 0) return author
  const taker = createNotebook(personOf((n * 7 + 3) % size.people), everybody)
  taker.receive(author)
  const claim = idOf(
    await taker.run(
      { type: 'claim.take', needId: id, amount: n % 12 === 0 ? 10 : n % 6 === 0 ? 3 : 1 },
      at + hourMs,
    ),
  )
  if (n % 12 === 0) await taker.run({ type: 'claim.done', id: claim }, at + 2 * hourMs)
  return taker
}

const offerLife = async (n: number, at: number): Promise<Notebook> => {
  const everybody = { ...membersWith({}), roleOf: () => 'member' as const }
  const author = createNotebook(personOf(n % size.people), everybody)
  await author.run(offerCommand(n), at)
  return author
}

/** One in three has said what he can do. */
const profileOf = async (n: number, at: number): Promise<Notebook> => {
  const person = createNotebook(personOf(n), { ...membersWith({}), roleOf: () => 'member' as const })
  const skills = [pick(skillKeys, n), pick(skillKeys, n * 5 + 1)]
  await person.run(
    { type: 'profile.save', skills, languages: ['ar', pick(spokenLanguages, n)], area: areaOf(n) },
    at,
  )
  return person
}

const memberRow = (n: number, at: number) => ({
  deviceId: personOf(n),
  name: nameOf(n),
  role: 'member',
  languages: ['ar'],
  seniority: n + 1,
  joinedAt: at,
  invitedBy: null,
  isMe: 0,
  devices: [{ id: personOf(n), joinedAt: at, isThis: false }],
  end: null,
  endedBy: null,
  votes: [],
})

/** Two months of a district that ends at `nowMs`. Operations of one writer stand in one list, one after the other. */
export const districtTables = async (nowMs: number): Promise<Tables> => {
  const rowTables = recordTypes.map(({ table }) => table)
  const tables: Tables = Object.fromEntries(['operations', 'members', ...rowTables].map((name) => [name, []]))
  const nextIndex = new Map<string, number>()
  const add = (notebook: Notebook): void => {
    for (const table of rowTables) tables[table]?.push(...notebook.rows(table))
    for (const operation of notebook.operations) {
      const list = listNameOf({ device: operation.author, generation: 0 })
      const index = nextIndex.get(list) ?? 0
      nextIndex.set(list, index + 1)
      tables.operations?.push({ ...operation, list, index, position: 0 })
    }
  }
  const step = (60 * 24 * hourMs) / size.needs
  for (let n = 0; n < size.needs; n++) add(await needLife(n, nowMs - (size.needs - n) * step))
  for (let n = 0; n < size.offers; n++) add(await offerLife(n, nowMs - (size.offers - n) * 2 * step))
  for (let n = 0; n < size.people; n += 3) add(await profileOf(n, nowMs - 80 * 24 * hourMs))
  for (let n = 0; n < size.people; n++) tables.members?.push(memberRow(n, nowMs - 90 * 24 * hourMs))
  return tables
}
