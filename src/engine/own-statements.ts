/** Roster entries as drafts: founding a network, asking to join, names, and statements without a secret. */

import { encodeAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, randomBytes } from '../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { type NetworkId, networkIdOfGenesis, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type {
  After,
  Carried,
  SealedName,
  SealedNetwork,
  Statement,
} from '../../sync-server/protocol/statement.ts'
import { encodeStatement } from '../../sync-server/protocol/statement-codec.ts'
import { askProof } from '../../sync-server/protocol/statement-proof.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import type { InviteKeys } from '../crypto/invite-keys.ts'
import { sign } from '../crypto/sign.ts'
import { createAudienceKey, wrapDrafts } from './people/key-wraps.ts'
import type { EntryDraft } from './writer.ts'

export type OwnStatement = Exclude<Statement, Carried>

export const statementDraft = (statement: OwnStatement, secret: EntryDraft['secret'] = null): EntryDraft => ({
  room: rosterRoom,
  kind: entryKind.statement,
  publicPart: encodeStatement(statement),
  secret,
  recordIds: [],
})

/** `key`: that of the chain `all`, or while its author asks the one that comes out of his invite. */
export const nameDraft = (
  name: SealedName,
  after: After,
  key: NonNullable<EntryDraft['secret']>['key'],
): EntryDraft => statementDraft({ type: 'name', after }, { key, plaintext: encodeAny({ ...name }) })

export interface Founding {
  network: NetworkId
  drafts: EntryDraft[]
}

/** A new network: genesis, the first key of each chain, the highest wrapped for the founder, and his name. */
export const foundNetwork = async (
  keys: DeviceKeys,
  network: SealedNetwork,
  name: SealedName,
  atS: number,
): Promise<Founding> => {
  const all = await createAudienceKey('all')
  const members = await createAudienceKey('members')
  const coordinators = await createAudienceKey('coordinators')
  const genesis = statementDraft(
    {
      type: 'genesis',
      signKey: keys.signPublic,
      receiveKey: keys.receivePublic,
      nonce: randomBytes(16),
      keys: { all: all.hash, members: members.hash, coordinators: coordinators.hash },
      atS,
    },
    { key: all, plaintext: encodeAny({ ...network }) },
  )
  const id = await networkIdOfGenesis(genesis.publicPart)
  const wraps = [
    ...(await wrapDrafts(id, { key: coordinators, previous: null, lower: members }, [keys.receivePublic])),
    ...(await wrapDrafts(id, { key: members, previous: null, lower: all }, [])),
  ]
  return { network: id, drafts: [genesis, ...wraps, nameDraft(name, [], all)] }
}

export const askDraft = async (
  network: NetworkId,
  keys: DeviceKeys,
  invite: InviteKeys,
  atS: number,
): Promise<EntryDraft> => {
  const ask = { signKey: keys.signPublic, receiveKey: keys.receivePublic, atS }
  const proof: Bytes = await sign(invite.signKey, askProof(network, ask))
  return statementDraft({ type: 'ask', ...ask, inviteKey: invite.receivePublic, proof })
}
