/** Records without entries, keys or a database: one device's operations, written and merged by the real code. */
import { draftsFor, type RecordCommand } from '../../src/records/commands.ts'
import type { Drafted } from '../../src/records/draft.ts'
import * as laterRecords from '../../src/records/later-records.ts'
import { mergeRecord, typeNameOf } from '../../src/records/merge.ts'
import { newRecordId } from '../../src/records/operation-codec.ts'
import type { RecordError } from '../../src/records/record-error.ts'
import type { CommandContext, Membership, RecordState, Row } from '../../src/records/record-type.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type DeviceId, listNameOf } from '../../sync-server/protocol/ids.ts'
import { ok, type Result } from '../../sync-server/protocol/result.ts'
import { allTypes, typeNamed } from './all-types.ts'

/** A device id that is the same in every run; ids sort as their numbers do. */
export const deviceOf = (number: number): DeviceId => toBase64url(new Uint8Array(16).fill(number)) as DeviceId

type Role = 'coordinator' | 'member' | 'follower'

export const membersWith = (roles: Readonly<Record<DeviceId, Role>>): Membership => ({
  roleOf: (device) => roles[device] ?? null,
  memberOf: (device) => device,
  doesCount: () => true,
})

export interface Notebook {
  device: DeviceId
  operations: OperationRow[]
  run(command: RecordCommand, now: number): Promise<Result<Drafted, RecordError>>
  state(id: string): RecordState | undefined
  /** rows of a table as the projection would write them */
  rows<R extends Row>(table: string): R[]
  /** everything that the other holds and this one does not */
  receive(other: Notebook): void
}

const keyOf = ({ list, index, position }: OperationRow): string => `${list}/${index}/${position}`

const chainKey = 'key'
const personsIn = (wraps: Uint8Array): string[] => new TextDecoder().decode(wraps).split(' ')

/** `operators`: who coordinates, for contacts under a key of their own. */
export const createNotebook = (
  device: DeviceId,
  members: Membership,
  operators: DeviceId[] = [],
): Notebook => {
  const operations: OperationRow[] = []
  const list = listNameOf({ device, generation: 0 })

  const keys = new Set<string>()
  const me = members.memberOf(device)
  // a grant's wraps are here the ids of those whom it is for
  const isOpen = ({ keyId }: OperationRow): boolean =>
    keyId === chainKey ||
    keys.has(keyId) ||
    operations.some(
      ({ fields }) => fields?.keyId === keyId && personsIn(fields?.wraps as Uint8Array).includes(me),
    )

  const state = (id: string): RecordState | undefined => {
    const own = operations.filter((operation) => operation.recordId === id && isOpen(operation))
    const type = typeNamed(typeNameOf(own))
    return type && mergeRecord(own, type, members)
  }

  const rows = <R extends Row>(table: string): R[] => {
    const type = allTypes.find((candidate) => candidate.table === table)
    const ids = [...new Set(operations.map(({ recordId }) => recordId))]
    const found = ids.map((id) => {
      const merged = state(id)
      return merged && merged.type === type?.name ? type.toRow(merged) : null
    })
    return found.filter((row) => row !== null) as R[]
  }

  const contextAt = (now: number): CommandContext => ({
    device,
    member: me,
    members,
    content: {
      create: async () => {
        const keyId = toBase64url(randomBytes(8))
        keys.add(keyId)
        return keyId
      },
      holds: (keyId) => keys.has(keyId),
      wrapFor: async (_, persons) => new TextEncoder().encode(persons.join(' ')),
      isForOthers: async (wraps, persons) =>
        wraps.flatMap(personsIn).some((person) => !persons.includes(person as DeviceId)),
      coordinators: () => operators,
    },
    now,
    state: async (id) => state(id),
    rowsWhere: async <R extends Row>(table: string, index: string, value: string) =>
      rows<R>(table).filter((row) => (row as unknown as Record<string, unknown>)[index] === value),
    newId: () => newRecordId(device),
  })

  const write = ({ drafts }: Drafted): void => {
    const index = operations.filter((operation) => operation.list === list).length
    for (const [position, { type, operation, contentKey }] of drafts.entries()) {
      const { id, ...rest } = operation
      operations.push({
        ...rest,
        ...{ recordId: id, author: device, room: boardRoom, list, index, position },
        ...{ keyId: contentKey ?? chainKey, audience: type.audience },
      })
    }
  }

  return {
    device,
    operations,
    state,
    rows,
    run: async (command, now) => {
      const result = await draftsFor<never>(command, contextAt(now), async () => ok(laterRecords))
      if (result.ok) write(result.value)
      return result
    },
    receive: (other) => {
      const held = new Set(operations.map(keyOf))
      operations.push(...other.operations.filter((operation) => !held.has(keyOf(operation))))
    },
  }
}

/** The id of what a command wrote; fails the test when it was refused. */
export const idOf = (result: Result<Drafted, RecordError>): string => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  return result.value.recordId
}
