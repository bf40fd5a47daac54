/** From a merged record to a row: every field is read through its schema, so that no bytes from others break a screen. */

import * as v from 'valibot'
import type { RecordState, Row } from './record-type.ts'

/** A text that is longer than this version allows is shown up to the limit; anything else unusable gives undefined. */
const readField = (schema: v.GenericSchema, value: unknown): unknown => {
  const input = value ?? undefined
  const read = v.safeParse(schema, input)
  if (read.success) return read.output
  const issue = read.issues[0]
  if (issue.type !== 'max_length' || typeof input !== 'string') return undefined
  const cut = input.trim().slice(0, Number(issue.requirement))
  return v.safeParse(schema, cut.replace(/[\uD800-\uDBFF]$/, '')).output
}

/**
 * The fields of a state as the schema's output. A missing or unusable one takes the schema's default;
 * null where one without a default is missing.
 */
export const readFields = <Entries extends v.ObjectEntries>(
  schema: v.ObjectSchema<Entries, undefined>,
  state: RecordState,
): v.InferOutput<v.ObjectSchema<Entries, undefined>> | null => {
  const read: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(schema.entries) as [string, v.GenericSchema][]) {
    const value = readField(entry, state.fields[name]?.value) ?? readField(entry, undefined)
    if (value === undefined) return null
    read[name] = value
  }
  return read as v.InferOutput<v.ObjectSchema<Entries, undefined>>
}

/** What every row has. Conflicts are those of the fields that this version knows. */
export const rowBase = (state: RecordState, fieldNames: readonly string[]): Row => {
  const conflicts: Row['conflicts'] = []
  for (const field of fieldNames) {
    const merged = state.fields[field]
    if (!merged?.other) continue
    conflicts.push({
      field,
      kept: merged.value,
      keptBy: merged.stamp.author,
      other: merged.other.value,
      otherBy: merged.other.stamp.author,
    })
  }
  const { id, creator, createdAt, updatedAt } = state
  return { id, creator, createdAt, updatedAt, conflicts }
}
