/** A network in its first hour: a founder with genesis, wraps and invites, and joiners who ask. */

import { wrapKey } from '../../src/crypto/wrap.ts'
import { encodeAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, sha256, utf8 } from '../../sync-server/protocol/bytes.ts'
import { entryKind, parseEntry } from '../../sync-server/protocol/entry.ts'
import { type NetworkId, networkIdOfGenesis, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { encodeInviteLink } from '../../sync-server/protocol/invite-link.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import {
  type After,
  type AudienceName,
  audiencesOfRole,
  type Role,
  type Statement,
} from '../../sync-server/protocol/statement.ts'
import { encodeStatement, parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { askProof } from '../../sync-server/protocol/statement-proof.ts'
import { encodeWraps } from '../../sync-server/protocol/wraps.ts'
import { TestList } from './entries.ts'
import { audienceKeyOf, deviceOf, keyPairOf, type TestDevice, type TestKeyPair } from './keys.ts'

/** The time of every test network: 2026-11-20, seconds since 1970. */
export const testTimeS = Date.UTC(2026, 10, 20) / 1000

export interface TestNetwork {
  id: NetworkId
  genesisHash: Bytes
  founder: TestDevice
  /** the founder's roster list; genesis stands first */
  roster: TestList
  /** the first key of each chain */
  keys: Record<AudienceName, Bytes>
  name: string
}

const plain = (value: Parameters<typeof encodeAny>[0]): Bytes => encodeAny(value)

/** A kind 3 entry's public part: one audience key for some receivers (raw ECDH keys). */
export const wrapsOf = async (network: NetworkId, key: Bytes, receivers: readonly Bytes[]): Promise<Bytes> =>
  encodeWraps(await wrapKey(network, key, receivers))

export const appendStatement = (
  list: TestList,
  statement: Parameters<typeof encodeStatement>[0],
): Promise<Bytes> => list.append({ kind: entryKind.statement, publicPart: encodeStatement(statement) })

/** A network of one founder: genesis, his name, and the wraps of the first keys to himself. */
export const foundNetwork = async (seed = 'network'): Promise<TestNetwork> => {
  const founder = await deviceOf(`${seed}/founder`)
  const keys = {
    all: await audienceKeyOf(`${seed}/all`),
    members: await audienceKeyOf(`${seed}/members`),
    coordinators: await audienceKeyOf(`${seed}/coordinators`),
  }
  const name = 'شبكة حيّنا'
  const genesis = encodeStatement({
    type: 'genesis',
    signKey: founder.signing.raw,
    receiveKey: founder.receiving.raw,
    nonce: (await sha256(utf8(seed))).slice(0, 16),
    keys: {
      all: await sha256(keys.all),
      members: await sha256(keys.members),
      coordinators: await sha256(keys.coordinators),
    },
    atS: testTimeS,
  })
  const id = await networkIdOfGenesis(genesis)
  const roster = new TestList(id, rosterRoom, founder)
  const network = { id, genesisHash: await sha256(genesis), founder, roster, keys, name }
  const sealedNetwork = plain({ name, kind: 'quarter', area: 'الشارع ١٢' })
  await roster.append({
    kind: entryKind.statement,
    publicPart: genesis,
    plaintext: sealedNetwork,
    key: keys.all,
  })
  await appendName(network, roster, 'هيوا')
  await appendWraps(network, roster, 'coordinator', founder.receiving.raw)
  return network
}

/** The sealed name of a list's author. */
export const appendName = (
  network: TestNetwork,
  list: TestList,
  name: string,
  after: After = [],
): Promise<Bytes> =>
  list.append({
    kind: entryKind.statement,
    publicPart: encodeStatement({ type: 'name', after }),
    plaintext: plain({ name, languages: ['ar'] }),
    key: network.keys.all,
  })

/** One kind 3 entry for each key that the role holds. */
export const appendWraps = async (
  network: TestNetwork,
  list: TestList,
  role: Role,
  receiver: Bytes,
): Promise<void> => {
  for (const audience of audiencesOfRole[role]) {
    const publicPart = await wrapsOf(network.id, network.keys[audience], [receiver])
    await list.append({ kind: entryKind.wraps, publicPart })
  }
}

export interface TestInvite {
  key: TestKeyPair
  role: Role
  expiresS: number
  uses: number
  approval: boolean
  /** the whole address */
  link: string
}

export interface InviteWishes {
  role?: Role
  expiresS?: number
  uses?: number
  approval?: boolean
  /** 16 bytes */
  codeId?: Bytes
  after?: After
  /** whose list it is written in; the founder's without it */
  by?: TestList
  origin?: string
}

/** An invite statement and, without approval, the wraps of its role's keys to the invite key. */
export const invite = async (
  network: TestNetwork,
  seed: string,
  wishes: InviteWishes = {},
): Promise<TestInvite> => {
  const { role = 'member', expiresS = testTimeS + 72 * 3600, uses = 1, approval = false } = wishes
  const key = await keyPairOf(`invite/${seed}`)
  const list = wishes.by ?? network.roster
  await appendStatement(list, {
    type: 'invite',
    after: wishes.after ?? [],
    key: key.raw,
    role,
    expiresS,
    uses,
    approval,
    ...(wishes.codeId ? { codeId: wishes.codeId } : {}),
  })
  if (!approval) await appendWraps(network, list, role, key.raw)
  const link = await encodeInviteLink(wishes.origin ?? 'https://tadamun.example', {
    genesisHash: network.genesisHash,
    d: key.d,
    x: key.raw.slice(1, 33),
    y: key.raw.slice(33),
    expiresS,
    approval,
    relay: '',
    networkName: network.name,
  })
  return { key, role, expiresS, uses, approval, link }
}

/** A joiner's roster list with its `ask` at index 0, signed by the invite's key over the joiner's own. */
export const joinerAsk = async (
  network: Pick<TestNetwork, 'id'>,
  { key }: Pick<TestInvite, 'key'>,
  seed: string,
  { atS = testTimeS + 60, generation = 0 }: { atS?: number; generation?: number } = {},
): Promise<{ device: TestDevice; roster: TestList }> => {
  const device = await deviceOf(seed)
  const keys = { signKey: device.signing.raw, receiveKey: device.receiving.raw, atS }
  const proof = await key.sign(askProof(network.id, keys))
  const roster = new TestList(network.id, rosterRoom, device, generation)
  await appendStatement(roster, { type: 'ask', ...keys, inviteKey: key.raw, proof })
  return { device, roster }
}

/** What the reducer takes, read back from the bytes of the lists. */
export const rosterEntriesOf = (...lists: readonly TestList[]): RosterEntry[] =>
  lists.flatMap((list) =>
    list.entries.map((bytes, index) => {
      const entry = parseEntry(bytes)
      if (!entry.ok) throw new Error('an entry made here is well-formed')
      const { kind, publicPart } = entry.value
      const parsed = kind === entryKind.statement ? parseStatement(publicPart) : null
      const statement: Statement | null = parsed?.ok ? parsed.value : null
      return { list: list.name, index, head: list.heads[index] as Bytes, statement }
    }),
  )
