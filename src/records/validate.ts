/** What a person typed, through a schema: the clean value, or which field breaks which rule. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { RecordError } from './record-error.ts'

type Rule = (RecordError & { code: 'invalid' })['rule']

const ruleByIssue: Readonly<Record<string, Rule>> = {
  max_length: 'tooLong',
  min_length: 'required',
  min_value: 'tooSmall',
  max_value: 'tooLarge',
}

const ruleOf = (issue: v.BaseIssue<unknown>, typed: unknown): Rule =>
  typed === undefined || typed === null || typed === '' ? 'required' : (ruleByIssue[issue.type] ?? 'format')

/** The first broken rule only: a form shows one sentence at a time. `group` goes before the field's name. */
export const validate = <Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  group = '',
): Result<v.InferOutput<Schema>, RecordError> => {
  const parsed = v.safeParse(schema, input, { abortEarly: true })
  if (parsed.success) return ok(parsed.output)
  const issue = parsed.issues[0]
  const path = (issue.path ?? []).filter(({ key }) => typeof key === 'string')
  const field = group + path.map(({ key }) => String(key)).join('.')
  const rule = ruleOf(issue, issue.path ? issue.path.at(-1)?.value : input)
  const isBound = rule !== 'required' && rule !== 'format' && typeof issue.requirement === 'number'
  return fail({ code: 'invalid', field, rule, ...(isBound ? { limit: issue.requirement as number } : {}) })
}
