/** What people do in the simulation, and what they are promised when the phone says "saved". */

import type { Command } from '../../src/engine/api.ts'
import { categoryKeys } from '../../src/records/categories.ts'
import type { ContactInput } from '../../src/records/contact/contact.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import { clientOfList, parseListName } from '../../sync-server/protocol/ids.ts'
import type { Phone } from '../support/phone.ts'
import { isApart, noteApart, noteGiven } from './sealed-apart.ts'
import { type Edit, insist, type Resident, type Village } from './village.ts'

/** The same on every phone and in every room that it was sealed for. */
export const operationText = ({ recordId, author, at, op, type, fields }: OperationRow): string =>
  JSON.stringify([recordId, author, at, op, type, fields])

const kinds = {
  'need.add': 6,
  'need.edit': 6,
  'need.cancel': 1,
  'offer.add': 2,
  'offer.edit': 1,
  'claim.take': 4,
  'claim.onWay': 2,
  'claim.done': 2,
  'claim.release': 1,
  'contact.give': 5,
}

const idIn = async (village: Village, phone: Phone, table: string): Promise<string | null> => {
  const rows = await phone.rows(table)
  return rows.length > 0 ? String(village.chance.pick(rows).id) : null
}

/** Half of them for everybody, half for whom it is given to. */
const contactFor = (village: Village): ContactInput => {
  const words = { name: village.text('أم'), phone: '', address: village.text('عنوان') }
  return { ...words, reach: village.chance.oneIn(2) ? 'approved' : 'members' }
}

/** Gives a contact that this phone could give; where it has none, takes a need of which somebody's could be. */
const giveOrTake = async ({ chance }: Village, phone: Phone): Promise<Command | null> => {
  const claims = await phone.rows('claims')
  const apart = (await phone.rows('contacts')).filter(({ confidential }) => confidential)
  const isMine = new Set(apart.map(({ aboutId }) => aboutId))
  const givable = claims.filter(
    ({ needId, creator }) => isMine.has(needId) && creator !== phone.place.deviceId,
  )
  if (givable.length > 0) return { type: 'contact.give', claimId: String(chance.pick(givable).id) }
  const given = (await phone.rows('grants')).map(({ aboutId }) => String(aboutId))
  const needs = (await phone.rows('needs')).map(({ id }) => String(id)).filter((id) => given.includes(id))
  return needs.length > 0 ? { type: 'claim.take', needId: chance.pick(needs), amount: 1 } : null
}

/** Something that a person could want now, or null where there is nothing to do it to. */
const commandFor = async (village: Village, phone: Phone): Promise<Command | null> => {
  const { chance } = village
  const type = chance.weighted(kinds)
  const urgency = chance.pick(['today', 'week', 'possible'] as const)
  const contact = chance.oneIn(2) ? { contact: contactFor(village) } : {}
  switch (type) {
    case 'need.add': {
      const [title, details] = [village.text('حاجة'), chance.oneIn(2) ? village.text('تفصيل') : '']
      const category = chance.pick(categoryKeys)
      return { type, title, details, category, urgency, quantity: chance.from(1, 4), ...contact }
    }
    case 'need.edit': {
      const id = await idIn(village, phone, 'needs')
      const changes = chance.oneIn(3) ? { urgency } : { title: village.text('تعديل') }
      return id ? { type, id, changes, ...contact } : null
    }
    case 'need.cancel': {
      const id = await idIn(village, phone, 'needs')
      return id ? { type, id, reason: '' } : null
    }
    case 'offer.add':
      return { type, title: village.text('عرض'), kind: 'transport', ...contact }
    case 'offer.edit': {
      const id = await idIn(village, phone, 'offers')
      return id ? { type, id, changes: { title: village.text('عرض') } } : null
    }
    case 'claim.take': {
      const needId = await idIn(village, phone, 'needs')
      return needId ? { type, needId, amount: 1 } : null
    }
    case 'contact.give':
      return giveOrTake(village, phone)
    default: {
      const id = await idIn(village, phone, 'claims')
      return id ? { type, id } : null
    }
  }
}

const operationsOf = (phone: Phone, index: 'recordId' | 'author', value: string): Promise<OperationRow[]> =>
  phone.local.database.operations.where(index).equals(value).toArray()

const titlesOf = async (phone: Phone, recordId: string): Promise<Set<string>> => {
  const operations = await operationsOf(phone, 'recordId', recordId)
  return new Set(operations.flatMap(({ fields }) => (fields?.title ? [String(fields.title)] : [])))
}

/** Places in own lists where the next entries go, by room. */
const ownEnds = async (phone: Phone): Promise<Map<string, string>> =>
  new Map(
    (await phone.local.database.ownLists.toArray()).map(({ room, list, nextIndex }) => [
      room,
      `${list} ${nextIndex - 1}`,
    ]),
  )

/** "Saved" is said when the outbox and the mirror both have it; the outbox keeps it until a relay has it. */
const insistSaved = async (
  { phone, acked }: Resident,
  before: ReadonlyMap<string, string>,
): Promise<void> => {
  const mirror = await phone.mirrored()
  const outbox = await phone.local.database.outbox.toArray()
  for (const [room, end] of await ownEnds(phone)) {
    if (before.get(room) === end) continue
    const [list = '', index = ''] = end.split(' ')
    const isIt = (entry: { room: string; list: string; index: number }) =>
      entry.room === room && entry.list === list && entry.index === Number(index)
    const key = parseListName(list)
    const isAcked = key !== null && (acked.get(`${room} ${clientOfList(key)}`) ?? 0) > Number(index)
    insist(mirror.some(isIt), 'what is saved is in the mirror')
    insist(isAcked || outbox.some(isIt), 'what is saved is in the outbox until a relay has it')
  }
}

const noSurprise = ['notAllowed', 'notFound', 'alreadyTaken', 'notYetMember', 'noNetwork', 'ended']

/** One command of a random kind; what is answered ok is remembered as promised. */
export const doWork = async (village: Village, resident: Resident): Promise<void> => {
  const { phone } = resident
  if (!phone.engine.local) return
  const { prefix, engine } = phone
  const { device } = phone.local.keys
  const command = await commandFor(village, phone)
  if (!command) return
  const before = await ownEnds(phone)
  const edit: Edit | null =
    command.type === 'need.edit' && command.changes.title
      ? {
          recordId: command.id,
          title: command.changes.title,
          seen: await titlesOf(phone, command.id),
          author: device,
        }
      : null
  const result = await engine.run(command)
  // the battery was out before the answer: nobody was promised anything
  if (phone.prefix !== prefix) return
  village.story.push(`${resident.phone.name}: ${command.type} ${result.ok ? 'ok' : result.error.code}`)
  if (!result.ok) {
    insist(
      noSurprise.includes(result.error.code),
      `${command.type} does not end in ${JSON.stringify(result.error)}`,
    )
    return
  }
  await insistSaved(resident, before)
  const written = await operationsOf(phone, 'author', device)
  noteApart(village, phone, written)
  for (const operation of written)
    if (!isApart(phone, operation)) village.saves.set(operationText(operation), device)
  if (command.type === 'contact.give') await noteGiven(village, phone, command.claimId)
  if (edit) village.edits.push(edit)
}
