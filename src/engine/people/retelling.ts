/**
 * What somebody wrote before he was put out, and what had not left his phone by then, is said again once he is in again:
 * as of now, and by the device that he has now, for nobody takes what the old one writes. Only what was begun there
 * and never left: what he changed in records that others hold stays as they hold it.
 */

import { parseListName } from '../../../sync-server/protocol/ids.ts'
import type { Result } from '../../../sync-server/protocol/result.ts'
import { type ClaimRow, claimType } from '../../records/claim/claim.ts'
import type { RecordCommand } from '../../records/commands.ts'
import { type ContactRow, contactType } from '../../records/contact/contact.ts'
import { mergeRecord } from '../../records/merge.ts'
import { type NeedRow, needType } from '../../records/need/need.ts'
import { type OfferRow, offerType } from '../../records/offer/offer.ts'
import { decodeOperations } from '../../records/operation-codec.ts'
import type { Membership, RecordType, Row } from '../../records/record-type.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { OperationRow } from '../../storage/schema.ts'
import type { CommandError } from '../api.ts'
import type { UnsentOperations } from '../backup/network-copy.ts'

/** How what was said comes into the place that this phone has now. */
export interface Saying {
  /** makes it durable */
  run(command: RecordCommand): Promise<Result<{ recordId: string }, CommandError>>
  /** others have it, and it counts */
  isThere(table: string, id: string): Promise<boolean>
}

/** In `meta` of the old place: the new id of each record that was said again. */
const retoldKey = 'retold'

/** Who wrote for himself alone: nobody else had a part in what never left the phone. */
const alone: Membership = { roleOf: () => 'member', memberOf: (device) => device, doesCount: () => true }

const operationsOf = ({ room, list, index, plaintext }: UnsentOperations): OperationRow[] => {
  const operations = decodeOperations(plaintext)
  const author = parseListName(list)?.device
  if (!operations.ok || !author) return []
  return operations.value.map(({ id, ...operation }, position) => ({
    ...operation,
    ...{ recordId: id, room, list, index, position, author, keyId: '', audience: '' },
  }))
}

const unsentOperations = async (old: NetworkDatabase): Promise<OperationRow[][]> => {
  const rows = await old.outbox.filter(({ delivered }) => delivered === 0).toArray()
  const own = rows.flatMap(({ again, ...row }) => (again ? [{ ...row, plaintext: again.plaintext }] : []))
  return byRecord(own.flatMap(operationsOf))
}

const byRecord = (operations: readonly OperationRow[]): OperationRow[][] => {
  const records = new Map<string, OperationRow[]>()
  for (const operation of operations)
    records.set(operation.recordId, [...(records.get(operation.recordId) ?? []), operation])
  return [...records.values()]
}

const rowsOf = <R extends Row>(records: readonly OperationRow[][], type: RecordType<R>): R[] =>
  records.flatMap((operations) => {
    const state = mergeRecord(operations, type as unknown as RecordType, alone)
    const row = state && type.toRow(state)
    return row ? [row] : []
  })

const contactFor = (contacts: readonly ContactRow[], id: string) => {
  const contact = contacts.find(({ aboutId }) => aboutId === id)
  if (!contact) return {}
  const { name, address, phone, confidential } = contact
  return { contact: { name, address, phone, reach: confidential ? 'approved' : 'members' } } as const
}

interface Said {
  id: string
  table: string
  command: RecordCommand
}

/** Needs and offers first: a claim may be on one of these needs. Commands take of a row what is theirs. */
const sayingsOf = (records: readonly OperationRow[][]): Said[] => {
  const contacts = rowsOf<ContactRow>(records, contactType)
  const needs = rowsOf<NeedRow>(records, needType).filter(({ cancelled }) => !cancelled)
  const offers = rowsOf<OfferRow>(records, offerType).filter(({ ended }) => !ended)
  const claims = rowsOf<ClaimRow>(records, claimType).filter(({ state }) => state !== 'released')
  return [
    ...needs.map((row) => ({
      id: row.id,
      table: needType.table,
      command: { ...row, ...contactFor(contacts, row.id), type: 'need.add' as const },
    })),
    ...offers.map((row) => ({
      id: row.id,
      table: offerType.table,
      command: { ...row, ...contactFor(contacts, row.id), type: 'offer.add' as const },
    })),
    ...claims.map(({ id, needId, amount }) => ({
      id,
      table: claimType.table,
      command: { type: 'claim.take' as const, needId, amount },
    })),
  ]
}

/**
 * `isWhole`: nothing of the old place is left to be said. Safe to begin again: what was said is noted at once, so that a
 * fall in between says one thing twice and loses none.
 */
export const retell = async (
  old: NetworkDatabase,
  saying: Saying,
): Promise<{ count: number; isWhole: boolean }> => say(old, await unsentOperations(old), saying)

/** What a person wrote in the old place and is not over: for a notebook into which nobody else could let his phone in. */
export const retellAll = async (
  old: NetworkDatabase,
  devices: ReadonlySet<string>,
  saying: Saying,
): Promise<{ count: number; isWhole: boolean }> => {
  const own = await old.operations
    .where('author')
    .anyOf([...devices])
    .toArray()
  const claims = await old.table<ClaimRow>(claimType.table).toArray()
  const done = new Set(claims.filter(({ state }) => state === 'done').map(({ needId }) => String(needId)))
  const open = byRecord(own).filter(([first]) => first !== undefined && !done.has(first.recordId))
  return say(old, open, saying)
}

const say = async (
  old: NetworkDatabase,
  records: readonly OperationRow[][],
  { run, isThere }: Saying,
): Promise<{ count: number; isWhole: boolean }> => {
  const retold = { ...((await old.meta.get(retoldKey))?.value as Record<string, string> | undefined) }
  let count = 0
  let isWhole = true
  for (const { id, table, command } of sayingsOf(records)) {
    if (retold[id] || (await isThere(table, id))) continue
    const said = await run(
      command.type === 'claim.take'
        ? { ...command, needId: retold[command.needId] ?? command.needId }
        : command,
    )
    // a need that is covered, cancelled or gone by now has no use for his promise
    if (said.ok || command.type === 'claim.take') {
      retold[id] = said.ok ? said.value.recordId : id
      await old.meta.put({ key: retoldKey, value: { ...retold } })
      count++
    } else isWhole = false
  }
  return { count, isWhole }
}
