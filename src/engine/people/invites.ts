/** Inviting by link, and taking an invite back. */

import { encodeAny } from '../../../sync-server/protocol/any.ts'
import { sha256 } from '../../../sync-server/protocol/bytes.ts'
import { encodeInviteLink } from '../../../sync-server/protocol/invite-link.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { inviteIdOf, type Role } from '../../../sync-server/protocol/statement.ts'
import { createInviteKey, invitePublic } from '../../crypto/invite-keys.ts'
import type { CommandError, CommandValue } from '../api.ts'
import { statementDraft } from '../own-statements.ts'
import type { EntryDraft } from '../writer.ts'
import { type Acting, meIn } from './acting.ts'
import { codeFor, type FreshCode, freshCode } from './invite-codes.ts'
import { highestAudience, lowerUnder, wrapDrafts } from './key-wraps.ts'
import { keepMadeInvite, madeInvites, showDelivered } from './made-invites.ts'

export interface InviteTerms {
  role: Role
  hours: number
  uses: number
  approval: boolean
  /** where the app is */
  origin: string
  /** origin of the relay, '' for the one that serves the app */
  relay: string
  networkName: string
}

type Made = Result<CommandValue, CommandError>

/** The link, once a relay holds the invite and its wraps: a link that opens nothing would be worse than none. */
export const makeInvite = async (
  parts: Acting,
  terms: InviteTerms,
  exchange: () => Promise<unknown>,
  hasCodes: boolean,
): Promise<Made> => {
  // who types a code asks the relay of his app, and no other
  const code = hasCodes && terms.relay === '' ? await freshCode() : null
  const made = await parts.acts.act(() => writeInvite(parts, terms, code))
  if (!made.ok) return made
  await exchange()
  await showDelivered(parts.database)
  const { inviteId } = made.value
  const kept = (await madeInvites(parts.database))[inviteId]
  if (!kept?.isDelivered) return fail({ code: 'offline' })
  return ok({ link: kept.link, inviteId, ...(kept.code?.isKept ? { code: kept.code.text } : {}) })
}

const writeInvite = async (
  parts: Acting,
  terms: InviteTerms,
  fresh: FreshCode | null,
): Promise<Result<{ inviteId: string }, CommandError>> => {
  const { acts, database, replica, nowS } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const key = await createInviteKey()
  const publicKey = invitePublic(key)
  const inviteId = inviteIdOf(publicKey)
  const { role, uses, approval, origin, relay, networkName } = terms
  const expiresS = nowS() + terms.hours * 3600
  const after = acts.after()
  const said = { type: 'invite', after, key: publicKey, role, expiresS, uses, approval } as const
  if (!acts.preview([said]).invites.has(inviteId)) return fail({ code: 'notAllowed' })
  const genesis = replica.book.genesisPart()
  const wraps = approval ? [] : await wrapsForInvite(parts, role, publicKey)
  if (!genesis || !wraps) return fail({ code: 'notYetMember' })
  const secret = approval ? secretOf(parts, key.d) : null
  const parameters = { ...key, genesisHash: await sha256(genesis), expiresS, approval, relay, networkName }
  const link = await encodeInviteLink(origin, parameters)
  const code = fresh && (await codeFor(fresh, link))
  // first: a phone that falls now has an invite for nothing, and never one whose link nobody can say
  const made = { d: key.d, link, madeAt: nowS() * 1000, isDelivered: false, ...(code ? { code } : {}) }
  await keepMadeInvite(database, inviteId, made)
  const statement = { ...said, ...(code ? { codeId: code.id } : {}) }
  await acts.write([statementDraft(statement, secret), ...wraps])
  return ok({ inviteId })
}

/** Every coordinator can read the names of those who ask; a member who does not hold that chain seals nothing. */
const secretOf = ({ replica }: Acting, d: Uint8Array): EntryDraft['secret'] => {
  const key = replica.keyring.current('coordinators', replica.book.roster)
  return key && { key, plaintext: encodeAny({ d }) }
}

/** The highest chain of the role, for the invite's key; null where this phone does not hold it. */
const wrapsForInvite = async (
  { network, replica }: Acting,
  role: Role,
  receiver: Parameters<typeof inviteIdOf>[0],
): Promise<EntryDraft[] | null> => {
  const { keyring, book } = replica
  const key = keyring.current(highestAudience(role), book.roster)
  if (!key) return null
  const lower = lowerUnder(keyring, book.roster, key)
  return wrapDrafts(network, { key, previous: null, lower }, [new Uint8Array(receiver)])
}

export const cancelInvite = async (parts: Acting, inviteId: string): Promise<Made> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const invite = replica.book.roster.invites.get(inviteId)
  if (!invite) return fail({ code: 'notFound' })
  if (invite.cancelled) return ok({})
  const statement = { type: 'cancel', after: acts.after(), key: invite.key } as const
  if (!acts.preview([statement]).invites.get(inviteId)?.cancelled) return fail({ code: 'notAllowed' })
  await acts.write([statementDraft(statement)])
  return ok({})
}
