/** What is the matter with the name of a network or a person, if anything is. */

import type { CommandError } from './api.ts'

/** Longest name of a network or a person that the forms take, characters. */
const maxNameLength = 60

export const nameProblem = (field: string, text: string): CommandError | null => {
  if (text === '') return { code: 'invalid', field, rule: 'required' }
  return text.length > maxNameLength
    ? { code: 'invalid', field, rule: 'tooLong', limit: maxNameLength }
    : null
}
