/** The one plain sentence for each way in which something can fail. */

import { type MessageValues, t } from './translate.ts'

/** Shape of every failure of a command; engine/api.ts lists the codes. */
export interface Failure {
  code: string
  field?: string
  rule?: string
  limit?: number
}

type FailureKey = Extract<Parameters<typeof t>[0], `err.${string}`>

const known: Readonly<Record<string, FailureKey>> = {
  required: 'err.required',
  tooLong: 'err.tooLong',
  tooSmall: 'err.tooSmall',
  tooLarge: 'err.tooLarge',
  format: 'err.format',
  notFound: 'err.notFound',
  notAllowed: 'err.notAllowed',
  alreadyTaken: 'err.alreadyTaken',
  noNetwork: 'err.noNetwork',
  linkBroken: 'err.linkBroken',
  inviteExpired: 'err.inviteExpired',
  inviteUsed: 'err.inviteUsed',
  alreadyMember: 'err.alreadyMember',
  notYetMember: 'err.notYetMember',
  ended: 'err.ended',
  notSenior: 'err.notSenior',
  alreadyVoted: 'err.alreadyVoted',
  lastCoordinator: 'err.lastCoordinator',
  tooManyDevices: 'err.tooManyDevices',
  cardBroken: 'err.cardBroken',
  welcomeBroken: 'err.welcomeBroken',
  welcomeNotOurs: 'err.welcomeNotOurs',
  offline: 'err.offline',
  diskFull: 'err.diskFull',
}

export const errorWords = (failure: Failure): string => {
  const key = known[failure.code === 'invalid' ? (failure.rule ?? '') : failure.code] ?? 'err.unexpected'
  const values: MessageValues = failure.limit === undefined ? {} : { limit: failure.limit }
  return t(key, values)
}

/** The sentence for one field of a form, when the failure is about that field. */
export const fieldError = (failure: Failure | null, field: string): string | undefined =>
  failure?.code === 'invalid' && failure.field === field ? errorWords(failure) : undefined
