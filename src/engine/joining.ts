/** Founding, joining and inviting: what makes this device part of a network, before and after it has a replica. */

import { copyBytes } from '../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import { decodeInviteLink, type InviteLink } from '../../sync-server/protocol/invite-link.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { SealedName } from '../../sync-server/protocol/statement.ts'
import { askNameKey } from '../crypto/ask-name-key.ts'
import { createDeviceKeys, type DeviceKeys } from '../crypto/device-keys.ts'
import { type InviteKeys, importInviteKeys } from '../crypto/invite-keys.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { CommandError } from './api.ts'
import { askDraft, foundNetwork, nameDraft } from './own-statements.ts'
import type { EntryDraft } from './writer.ts'

/** What is kept of an invite until its wraps have been opened. */
export interface KeptInvite {
  d: Uint8Array
  x: Uint8Array
  y: Uint8Array
  networkName: string
  /** seconds since 1970, as the link says */
  expiresS: number
  /** a coordinator lets in who asks; absent in what an older version kept */
  approval?: boolean
}

/** A network that this device is about to be part of: its database is made, nothing is written yet. */
export interface NewMembership {
  network: NetworkId
  keys: DeviceKeys
  relay: string
  networkName: string
  invite: KeptInvite | null
  /** first entries of the roster list; genesis or ask is the first of them */
  drafts: EntryDraft[]
}

export const found = async (
  input: { name: string; kind: string; area: string; nickname: string; language: string },
  nowMs: number,
): Promise<NewMembership> => {
  const keys = await createDeviceKeys()
  const { name, kind, area, nickname, language } = input
  const atS = Math.floor(nowMs / 1000)
  const { network, drafts } = await foundNetwork(
    keys,
    { name, kind, area },
    { name: nickname, languages: [language] },
    atS,
  )
  return { network, keys, relay: '', networkName: name, invite: null, drafts }
}

/** An invite as its link says it, ready to ask with. */
export interface ReadInvite {
  link: InviteLink
  keys: InviteKeys
}

export const readInvite = async (text: string): Promise<Result<ReadInvite, CommandError>> => {
  const link = await decodeInviteLink(text)
  if (!link.ok) return fail({ code: 'linkBroken' })
  const keys = await importInviteKeys(link.value)
  if (!keys) return fail({ code: 'linkBroken' })
  return ok({ link: link.value, keys })
}

/**
 * No relay has told this phone the time yet: a clock that runs ahead must not keep anybody out, so an ask never says
 * that it is later than its invite. Whether it comes too late is for the relay, by its own clock [R5].
 */
export const ask = async (
  { link, keys: invite }: ReadInvite,
  name: SealedName,
  nowMs: number,
): Promise<NewMembership> => {
  const { network, relay, networkName, d, x, y, expiresS, approval } = link
  const keys = await createDeviceKeys()
  const atS = Math.min(Math.floor(nowMs / 1000), expiresS)
  const drafts = [await askDraft(network, keys, invite, atS)]
  // a coordinator sees who asks, before he is in
  if (approval) drafts.push(nameDraft(name, [], await askNameKey(network, d)))
  const kept = { d, x, y, networkName, expiresS, approval }
  return { network, keys, relay, networkName, invite: kept, drafts }
}

/** In `meta` while this device asks to join. */
export const inviteKey = 'invite'

export const keepInvite = async (database: NetworkDatabase, invite: KeptInvite): Promise<void> => {
  await database.meta.put({ key: inviteKey, value: invite })
}

export const keptInvite = async (database: NetworkDatabase): Promise<KeptInvite | null> =>
  ((await database.meta.get(inviteKey))?.value as KeptInvite | undefined) ?? null

/** In `meta` from the moment a phone was let in face to face until it has said its name. */
export const introduceKey = 'introduce'

export const isIntroductionDue = async (database: NetworkDatabase): Promise<boolean> =>
  (await keptInvite(database)) !== null || (await database.meta.get(introduceKey)) !== undefined

export const endIntroduction = (database: NetworkDatabase): Promise<void> =>
  database.meta.bulkDelete([inviteKey, introduceKey])

export const keysOfInvite = ({ d, x, y }: KeptInvite): Promise<InviteKeys | null> =>
  importInviteKeys({ d: copyBytes(d), x: copyBytes(x), y: copyBytes(y) })
