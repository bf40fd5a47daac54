/** The roster entries that this device writes: founding a network, asking to join, names, invites, wraps. */

import { encodeAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, randomBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { type NetworkId, networkIdOfGenesis, rosterRoom } from '../../sync-server/protocol/ids.ts'
import {
  type After,
  type AudienceName,
  askProof,
  audiences,
  encodeStatement,
  type Role,
  type SealedName,
  type SealedNetwork,
} from '../../sync-server/protocol/statement.ts'
import { encodeWraps } from '../../sync-server/protocol/wraps.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import type { InviteKeys } from '../crypto/invite-keys.ts'
import { audienceKeyLength, importSealingKey } from '../crypto/seal.ts'
import { sign } from '../crypto/sign.ts'
import { wrapKey } from '../crypto/wrap.ts'
import type { HeldKey } from './keyring.ts'
import type { EntryDraft } from './writer.ts'

const statementDraft = (publicPart: Bytes, secret: EntryDraft['secret'] = null): EntryDraft => ({
  room: rosterRoom,
  kind: entryKind.statement,
  publicPart,
  secret,
  recordIds: [],
})

/** One entry for each key: it wraps the key for all of the receivers (raw public keys). */
export const wrapDrafts = (
  network: NetworkId,
  keys: readonly HeldKey[],
  receivers: readonly Bytes[],
): Promise<EntryDraft[]> =>
  Promise.all(
    keys.map(async ({ bytes }) => ({
      room: rosterRoom,
      kind: entryKind.wraps,
      publicPart: encodeWraps(await wrapKey(network, bytes, receivers)),
      secret: null,
      recordIds: [],
    })),
  )

export const nameDraft = (name: SealedName, after: After, key: HeldKey): EntryDraft =>
  statementDraft(encodeStatement({ type: 'name', after }), { key, plaintext: encodeAny({ ...name }) })

export interface Founding {
  network: NetworkId
  drafts: EntryDraft[]
}

/** A new network: genesis, the first key of each chain wrapped for its founder, and his name. */
export const foundNetwork = async (
  keys: DeviceKeys,
  network: SealedNetwork,
  name: SealedName,
  atS: number,
): Promise<Founding> => {
  const held = await Promise.all(audiences.map(newKey))
  const hashes = await Promise.all(held.map(({ bytes }) => sha256(bytes)))
  const [all, members, coordinators] = hashes
  const allKey = held.find(({ audience }) => audience === 'all')
  if (!all || !members || !coordinators || !allKey) throw new Error('there is a key for each audience')
  const publicPart = encodeStatement({
    type: 'genesis',
    signKey: keys.signPublic,
    receiveKey: keys.receivePublic,
    nonce: randomBytes(16),
    keys: { all, members, coordinators },
    atS,
  })
  const id = await networkIdOfGenesis(publicPart)
  const genesis = statementDraft(publicPart, { key: allKey, plaintext: encodeAny({ ...network }) })
  const wraps = await wrapDrafts(id, held, [keys.receivePublic])
  return { network: id, drafts: [genesis, ...wraps, nameDraft(name, [], allKey)] }
}

const newKey = async (audience: AudienceName): Promise<HeldKey> => {
  const bytes = randomBytes(audienceKeyLength)
  return { ...(await importSealingKey(bytes)), audience, bytes }
}

export const askDraft = async (
  network: NetworkId,
  keys: DeviceKeys,
  invite: InviteKeys,
  atS: number,
): Promise<EntryDraft> => {
  const ask = { signKey: keys.signPublic, receiveKey: keys.receivePublic, atS }
  const proof = await sign(invite.signKey, askProof(network, ask))
  return statementDraft(encodeStatement({ type: 'ask', ...ask, inviteKey: invite.receivePublic, proof }))
}

export interface InviteTerms {
  role: Role
  expiresS: number
  uses: number
}

/** An invite without approval: the statement, and the chains of its role wrapped for the invite's key. */
export const inviteDrafts = async (
  network: NetworkId,
  invitePublic: Bytes,
  { role, expiresS, uses }: InviteTerms,
  after: After,
  keys: readonly HeldKey[],
): Promise<EntryDraft[]> => {
  const statement = {
    type: 'invite',
    after,
    key: invitePublic,
    role,
    expiresS,
    uses,
    approval: false,
  } as const
  return [statementDraft(encodeStatement(statement)), ...(await wrapDrafts(network, keys, [invitePublic]))]
}
