/** Short codes of invites: takes a box from the phone that made the invite, gives it to whoever names the code's id [R34]. */

import { type CodeShelf, createCodeShelf } from './code-shelf.ts'
import type { Rosters } from './network-roster.ts'
import { type Bytes, equalBytes } from './protocol/bytes.ts'
import { type CodeRequest, parseCodeRequest } from './protocol/code-request.ts'
import { limits } from './protocol/limits.ts'
import { fail, ok, type Result } from './protocol/result.ts'
import type { OpenInvite, Roster } from './protocol/roster.ts'
import { inviteIdOf } from './protocol/statement.ts'
import { checkToken, parseToken, type Token } from './protocol/token.ts'
import { StoreFailure } from './run-intake.ts'
import type { Store } from './storage/store.ts'

export type CodeRefusal =
  | 'malformed'
  | 'token'
  | 'clock'
  /** not the phone that made an open invite with this id */
  | 'notAllowed'
  /** nothing lies under this id */
  | 'notFound'
  /** its invite is cancelled, used up or expired */
  | 'over'
  /** another box lies under this id, or this network has too many */
  | 'quota'
  | 'diskFull'

/** The box that was asked for, or null for one that is durable now. */
export type CodeAnswer = Result<Bytes | null, CodeRefusal>

export interface CodeDesk {
  /** Who only looks up, and has a budget of its own for that. */
  isFind(body: Uint8Array): boolean
  answer(body: Uint8Array, origins: readonly string[]): Promise<CodeAnswer>
}

export interface CodeDeskParts {
  readonly store: Store
  readonly rosters: Rosters
  readonly now: () => number
  readonly onStoreFailure: (failure: StoreFailure) => void
}

type Put = CodeRequest & { type: 'put' }

const dayMs = 24 * 3600 * 1000

const isOpen = (invite: OpenInvite, nowMs: number): boolean =>
  !invite.cancelled && invite.used < invite.uses && invite.expiresS * 1000 > nowMs

/** The invite that this phone made and whose statement names this very id: one invite has one code, by its maker. */
const inviteFor = (roster: Roster, { device }: Pick<Token, 'device'>, id: Bytes, inviteKey: Bytes) => {
  const invite = roster.invites.get(inviteIdOf(inviteKey))
  return invite?.codeId && invite.by === device && equalBytes(invite.codeId, id) ? invite : null
}

const checkPut = async (
  { rosters, now }: CodeDeskParts,
  token: Token,
  { id, inviteKey }: Put,
  origins: readonly string[],
): Promise<Result<OpenInvite, CodeRefusal>> => {
  const held = await rosters.get(token.network)
  const key = held.roster.devices.has(token.device) ? await held.keyOf(token.device) : null
  if (!key) return fail('notAllowed')
  const verdict = await checkToken(token, key, origins, now())
  if (verdict !== 'ok') return fail(verdict === 'clock' ? 'clock' : 'token')
  const invite = inviteFor(held.roster, token, id, inviteKey)
  if (!invite || !isOpen(invite, now())) return fail('notAllowed')
  if (invite.expiresS > now() / 1000 + limits.codeLifetimeS) return fail('notAllowed')
  const live = [...held.roster.invites.values()].filter((each) => each.codeId && isOpen(each, now()))
  return live.length <= limits.codesOfNetwork ? ok(invite) : fail('quota')
}

export const createCodeDesk = (parts: CodeDeskParts): CodeDesk => {
  const { store, rosters, now } = parts
  const shelf: CodeShelf = createCodeShelf(store)
  let sweptDay = Number.NaN

  const put = async (request: Put, origins: readonly string[]): Promise<CodeAnswer> => {
    const token = parseToken(request.token)
    if (!token.ok) return fail('token')
    const invite = await checkPut(parts, token.value, request, origins)
    if (!invite.ok) return invite
    const { network, device } = token.value
    const there = await shelf.find(request.id, now())
    if (there && (there.device !== device || there.network !== network)) return fail('quota')
    const { inviteKey, box } = request
    const kept = await shelf.put(request.id, { network, device, inviteKey, box }, invite.value.expiresS)
    if (kept.ok) return ok(null)
    if (kept.error.code === 'conflict') return fail('quota')
    throw new StoreFailure(kept.error)
  }

  const find = async (id: Bytes): Promise<CodeAnswer> => {
    const there = await shelf.find(id, now())
    if (!there) return fail('notFound')
    const { roster } = await rosters.get(there.network)
    const invite = inviteFor(roster, there, id, there.inviteKey)
    return invite && isOpen(invite, now()) ? ok(there.box) : fail('over')
  }

  /** With the first request of a day: yesterday's boxes are over. */
  const sweepDaily = async (): Promise<void> => {
    const day = Math.floor(now() / dayMs)
    if (day === sweptDay) return
    sweptDay = day
    await shelf.sweep(now())
  }

  return {
    isFind: (body) => body[1] === 0,
    async answer(body, origins) {
      const request = parseCodeRequest(body)
      if (!request.ok) return fail('malformed')
      await sweepDaily()
      if (request.value.type === 'find') return find(request.value.id)
      try {
        return await put(request.value, origins)
      } catch (cause) {
        if (!(cause instanceof StoreFailure)) throw cause
        parts.onStoreFailure(cause)
        return fail('diskFull')
      }
    },
  }
}
