/** A record from all its operations: total, pure, and the same in whatever order they arrived. */

import type { OperationRow } from '../storage/schema.ts'
import { compareText } from './compare-text.ts'
import { reportName } from './grant/grant.ts'
import type { Operation, RecordId, Stamp } from './operation.ts'
import { idOfNonce } from './operation-codec.ts'
import {
  type FieldState,
  type Membership,
  type RecordState,
  type RecordType,
  stampAt,
} from './record-type.ts'
import { isSameValue } from './same-value.ts'

/** Ascending: the greater stamp wins. */
export const compareStamps = (a: Stamp, b: Stamp): number =>
  a.count - b.count || a.wallMs - b.wallMs || compareText(a.author, b.author)

const stampOf = (row: OperationRow): Stamp => stampAt(row.at, row.author)

/** Stamp order; one device can write a stamp twice, so the place in the log comes last. */
const compareOperations = (a: OperationRow, b: OperationRow): number =>
  compareStamps(stampOf(a), stampOf(b)) ||
  compareText(a.room, b.room) ||
  compareText(a.list, b.list) ||
  a.index - b.index ||
  a.position - b.position

/**
 * Whether a create's id was made by its author: SHA-256 of author and nonce. The hash is asynchronous and merging
 * is not, so the engine asks this once on intake and never stores a create that fails.
 */
export const isCreatorBound = async (row: OperationRow): Promise<boolean> =>
  row.op === 'create' && row.nonce !== undefined && (await idOfNonce(row.author, row.nonce)) === row.recordId

/** Which type a record has: that of its first create; undefined while no create is here. */
export const typeNameOf = (operations: readonly OperationRow[]): string | undefined =>
  operations.filter(({ op }) => op === 'create').sort(compareOperations)[0]?.type

/** All writes of one field that share the greatest count so far, in stamp order. */
type Writes = Omit<FieldState, 'other'>[]
type WritesByField = ReadonlyMap<string, Writes>

/**
 * The last write wins. The greatest losing value is kept beside it when the two writers cannot have seen each
 * other: same count, another author, another value.
 */
const winnerOf = (writes: Writes): FieldState | undefined => {
  const [winner, ...losers] = [...writes].reverse()
  if (!winner) return undefined
  const other = losers.find(
    ({ value, stamp }) => stamp.author !== winner.stamp.author && !isSameValue(value, winner.value),
  )
  return other ? { ...winner, other } : winner
}

const withFields = (before: WritesByField, row: OperationRow): WritesByField => {
  const after = new Map(before)
  const stamp = stampOf(row)
  for (const [name, given] of Object.entries(row.fields ?? {})) {
    const earlier = after.get(name) ?? []
    const concurrent = earlier[0]?.stamp.count === stamp.count ? earlier : []
    after.set(name, [...concurrent, { value: given ?? null, stamp }])
  }
  return after
}

/** Without a prototype: a field may be called `constructor`. */
const fieldsOf = (writes: WritesByField): RecordState['fields'] => {
  const fields: Record<string, FieldState | undefined> = Object.create(null)
  for (const [name, list] of writes) fields[name] = winnerOf(list)
  return fields
}

const operationOf = ({ at, op, type, recordId, nonce, fields }: OperationRow): Operation => ({
  at,
  op,
  type,
  id: recordId as RecordId,
  ...(nonce ? { nonce } : {}),
  ...(fields ? { fields } : {}),
})

const created = (row: OperationRow, members: Membership): Omit<RecordState, 'fields'> => ({
  id: row.recordId as RecordId,
  type: row.type,
  creator: members.memberOf(row.author),
  createdAt: row.at[1],
  updatedAt: row.at[1],
  count: row.at[0],
  erased: false,
})

/** The name of an audience that is a content key and no chain; its base64url id follows. */
export const contentAudience = 'content:'
const isApart = ({ audience }: OperationRow): boolean => audience.startsWith(contentAudience)

/** What comes first can only be a create; afterwards others' creates do not count, and nothing counts after an erase. */
const isInPlace = (row: OperationRow, before: RecordState | undefined, members: Membership): boolean => {
  if (!before) return row.op === 'create'
  return !before.erased && (row.op !== 'create' || members.memberOf(row.author) === before.creator)
}

/** Where an operation stands in the log: its name among all. */
export const placeOf = ({ room, list, index, position }: OperationRow): string =>
  `${room} ${list} ${index} ${position}`

/** One operation that counts, and what it made of the record. */
export interface MergeStep {
  row: OperationRow
  before: RecordState | undefined
  after: RecordState
}

/**
 * `operations` are all of one record that count ({@link Membership.doesCount}), their creates bound to their authors
 * ({@link isCreatorBound}); duplicates do nothing. Each is put to `type.mayWrite` in stamp order; one that is refused stays in the log and does not count.
 * Empty while there is no create that counts, or when the record is of another type.
 */
export const mergeSteps = (
  operations: readonly OperationRow[],
  type: RecordType,
  members: Membership,
): MergeStep[] => {
  if (typeNameOf(operations) !== type.name) return []
  const steps: MergeStep[] = []
  let state: RecordState | undefined
  let writes: WritesByField = new Map()
  for (const row of [...operations].sort(compareOperations)) {
    if (row.type !== type.name || !isInPlace(row, state, members)) continue
    // nobody changes on few phones what stands on all, nor shows all what is for few
    if (steps[0] && isApart(row) !== isApart(steps[0].row)) continue
    // a report is closed under its own key by who was given it: not by the one it is about, who never was
    if (type.name === reportName && steps[0] && row.keyId !== steps[0].row.keyId) continue
    if (!type.mayWrite(row.author, state, operationOf(row), members)) continue
    writes = row.op === 'erase' ? new Map() : withFields(writes, row)
    const before = state
    state = {
      ...(before ?? created(row, members)),
      updatedAt: row.at[1],
      count: row.at[0],
      erased: row.op === 'erase',
      fields: fieldsOf(writes),
    }
    steps.push({ row, before, after: state })
  }
  return steps
}

/** The last of {@link mergeSteps}: the record as it stands. */
export const mergeRecord = (
  operations: readonly OperationRow[],
  type: RecordType,
  members: Membership,
): RecordState | undefined => mergeSteps(operations, type, members).at(-1)?.after
