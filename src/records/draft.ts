/** Operations as commands write them: creations, edits of what really changed, and the check that every phone will make. */

import { maxCount, type Operation } from './operation.ts'
import type { CommandContext, Draft, RecordState, RecordType } from './record-type.ts'
import { isSameValue } from './same-value.ts'

/** What a command writes. No drafts means that nothing changed; `recordId` is the need, offer or claim it is about. */
export interface Drafted {
  drafts: Draft[]
  recordId: string
}

type Fields = Readonly<Record<string, unknown>>

const isEmpty = (value: unknown): boolean => value === '' || value === null || value === false

/** Empty fields are left out: a row reads a missing text as empty, and entries travel over 2G. */
export const createDraft = async (
  type: RecordType,
  fields: Fields,
  context: CommandContext,
): Promise<Draft> => {
  const { id, nonce } = await context.newId()
  const written = Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)))
  return {
    type,
    operation: { at: [0, context.now], op: 'create', type: type.name, id, nonce, fields: written },
  }
}

export const editDraft = (type: RecordType, state: RecordState, fields: Fields, now: number): Draft => ({
  type,
  operation: {
    at: [Math.min(state.count + 1, maxCount), now],
    op: 'set',
    type: type.name,
    id: state.id,
    fields: { ...fields },
  },
})

/** Empties the record for good; who wrote it and when stay. */
export const eraseDraft = (type: RecordType, state: RecordState, now: number): Draft => ({
  type,
  operation: {
    at: [Math.min(state.count + 1, maxCount), now],
    op: 'erase',
    type: type.name,
    id: state.id,
  },
})

/** The fields of `after` that differ from what the row shows now. */
export const changedFields = (row: object, after: object): Record<string, unknown> => {
  const shown: Fields = { ...row }
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => value !== undefined && !isSameValue(shown[name], value)),
  )
}

/** Whether the rules of the type will let this count; `before` is undefined for a creation. */
export const isPermitted = (
  { type, operation }: { type: RecordType; operation: Operation },
  before: RecordState | undefined,
  { device, members }: CommandContext,
): boolean => type.mayWrite(device, before, operation, members)

/** The record if it is here, of this type and not erased. */
export const liveState = async (
  type: RecordType,
  id: string,
  context: CommandContext,
): Promise<RecordState | undefined> => {
  const state = await context.state(id)
  return state && state.type === type.name && !state.erased ? state : undefined
}
