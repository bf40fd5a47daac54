/** Short codes of invites: made with the invite, laid down at the relay once it holds the invite, looked up by a joiner. */

import { type Bytes, fromBase64url, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { encodeCodeRequest } from '../../../sync-server/protocol/code-request.ts'
import {
  createInviteCode,
  parseInviteCode,
  showInviteCode,
} from '../../../sync-server/protocol/invite-code.ts'
import { decodeInviteLink } from '../../../sync-server/protocol/invite-link.ts'
import { fail, ok } from '../../../sync-server/protocol/result.ts'
import { type CodeKeys, codeBoxLength, deriveCodeKeys, openBox, sealBox } from '../../crypto/code-keys.ts'
import type { PostCode } from '../../sync/post-code.ts'
import type { CommandError, CommandResult } from '../api.ts'
import type { Acting } from './acting.ts'
import { keepCode, type MadeCode, madeInvites } from './made-invites.ts'

/** The relay's counter for codes, as one network's phone reaches it. */
export interface CodeCounter {
  post(body: Bytes): ReturnType<PostCode>
  token(): Promise<Bytes>
}

/** A fresh code and what was computed from it, which takes a phone a second. */
export interface FreshCode {
  text: string
  keys: CodeKeys
}

export const freshCode = async (): Promise<FreshCode> => {
  const code = createInviteCode()
  return { text: showInviteCode(code), keys: await deriveCodeKeys(code) }
}

/** Null for a link that does not fit into a box. */
export const codeFor = async ({ text, keys }: FreshCode, link: string): Promise<MadeCode | null> => {
  const linkBytes = fromBase64url(link.slice(link.indexOf('#j=') + 3))
  const box = linkBytes && (await sealBox(keys, linkBytes))
  return box && { text, id: keys.id, box, isKept: false }
}

/** Those whose invite the relay holds. What it refuses for good is given up: the link is there still. */
export const putCodes = async ({ database, replica, nowS }: Acting, counter: CodeCounter): Promise<void> => {
  for (const [inviteId, made] of Object.entries(await madeInvites(database))) {
    if (!made?.isDelivered || !made.code || made.code.isKept) continue
    const invite = replica.book.roster.invites.get(inviteId)
    if (!invite || invite.cancelled || invite.expiresS <= nowS()) {
      await keepCode(database, inviteId, null)
      continue
    }
    const { id, box } = made.code
    const request = { type: 'put', id, box, inviteKey: invite.key, token: await counter.token() } as const
    const answer = await counter.post(encodeCodeRequest(request))
    if (answer?.status === 200) await keepCode(database, inviteId, { ...made.code, isKept: true })
    if (answer && [400, 403, 404, 405, 409, 413].includes(answer.status))
      await keepCode(database, inviteId, null)
  }
}

const problemOf = (status: number): CommandError => {
  if (status === 404) return { code: 'codeUnknown' }
  if (status === 410) return { code: 'codeOver' }
  return { code: status === 429 ? 'codeTooFast' : 'offline' }
}

/** The link behind what somebody typed. */
export const findInvite = async (
  typed: string,
  post: (body: Bytes) => ReturnType<PostCode>,
): Promise<CommandResult> => {
  const code = parseInviteCode(typed)
  if (!code) return fail({ code: 'codeUnknown' })
  const keys = await deriveCodeKeys(code)
  const answer = await post(encodeCodeRequest({ type: 'find', id: keys.id }))
  if (!answer) return fail({ code: 'offline' })
  if (answer.status !== 200) return fail(problemOf(answer.status))
  // the page of a captive portal is no answer
  if (answer.body.length !== codeBoxLength) return fail({ code: 'offline' })
  const opened = await openBox(keys, answer.body)
  const link = opened && toBase64url(opened)
  if (!link || !(await decodeInviteLink(link)).ok) return fail({ code: 'codeUnknown' })
  return ok({ link })
}
