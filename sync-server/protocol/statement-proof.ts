/** Proofs inside statements: signatures by other keys than the one that signs the entry. */

import { type Bytes, concatBytes, equalBytes, utf8 } from './bytes.ts'
import { type Entry, entryKind, type Position, parseEntry, signedBytes } from './entry.ts'
import {
  type DeviceId,
  deviceIdOfKey,
  idBytes,
  type NetworkId,
  networkIdOfGenesis,
  parseListName,
} from './ids.ts'
import type { Ask, Card, Fork, Statement } from './statement.ts'
import { parseStatement } from './statement-codec.ts'
import { importVerifyKey, verifySignature } from './verify.ts'

/** What an invite key signs: that its holder gives it to just these keys. */
export const askProof = (network: NetworkId, ask: Pick<Ask, 'signKey' | 'receiveKey' | 'atS'>): Bytes =>
  concatBytes(utf8('tadamun/ask/1'), idBytes(network), ask.signKey, ask.receiveKey, utf8(String(ask.atS)))

/** What a joiner's own key signs, face to face: that these two keys are of one phone that wishes to come in. */
export const cardProof = ({ signKey, receiveKey }: Pick<Card, 'signKey' | 'receiveKey'>): Bytes =>
  concatBytes(utf8('tadamun/card/1'), signKey, receiveKey)

const areKeysOf = async (device: DeviceId, { signKey, receiveKey }: Pick<Card, 'signKey' | 'receiveKey'>) =>
  (await deviceIdOfKey(signKey)) === device &&
  !equalBytes(signKey, receiveKey) &&
  (await importVerifyKey(receiveKey)) !== null

/** Did the phone with this id make the card? */
export const isCardProven = async (device: DeviceId, card: Card): Promise<boolean> => {
  if (!(await areKeysOf(device, card))) return false
  const key = await importVerifyKey(card.signKey)
  return key !== null && verifySignature(key, card.proof, cardProof(card))
}

/** Did one device sign two different entries for one place? */
export const isForkProven = async (network: NetworkId, fork: Fork): Promise<boolean> => {
  const list = parseListName(fork.list)
  const [x, y] = fork.entries.map(parseEntry)
  if (!list || !x?.ok || !y?.ok || equalBytes(x.value.unsigned, y.value.unsigned)) return false
  if ((await deviceIdOfKey(fork.signKey)) !== list.device) return false
  const key = await importVerifyKey(fork.signKey)
  const { room, index, previous } = fork
  const position: Position = { network, room, list, index, previous }
  const isSigned = ({ unsigned, signature }: Entry) =>
    key !== null && verifySignature(key, signature, signedBytes(position, unsigned))
  return (await isSigned(x.value)) && (await isSigned(y.value))
}

/**
 * Does a statement that opens a roster list prove that this device may open it [R5]? Genesis by being the network's
 * own, an ask by the invite key's signature over the joiner's keys. Whether that invite exists is the reducer's to say.
 */
export const opensRosterList = async (
  network: NetworkId,
  device: DeviceId,
  statement: Statement,
  publicPart: Bytes,
): Promise<boolean> => {
  if (statement.type !== 'genesis' && statement.type !== 'ask') return false
  if (!(await areKeysOf(device, statement))) return false
  if (statement.type === 'genesis') return (await networkIdOfGenesis(publicPart)) === network
  const inviteKey = await importVerifyKey(statement.inviteKey)
  return inviteKey !== null && verifySignature(inviteKey, statement.proof, askProof(network, statement))
}

/**
 * May an entry of the roster room be taken? Whatever carries a proof (genesis, ask, cards, forks) is trusted by the
 * reducer wherever it stands, so it is checked wherever it stands; an invite is for a key that others can wrap for. A
 * statement that no version writes is refused.
 */
export const isStatementProven = async (
  network: NetworkId,
  device: DeviceId,
  entry: Entry,
): Promise<boolean> => {
  if (entry.kind !== entryKind.statement) return true
  const parsed = parseStatement(entry.publicPart)
  if (!parsed.ok) return false
  const statement = parsed.value
  switch (statement.type) {
    case 'genesis':
    case 'ask':
      return opensRosterList(network, device, statement, entry.publicPart)
    case 'invite':
      return (await importVerifyKey(statement.key)) !== null
    case 'admit':
    case 'device':
      return statement.card === null || isCardProven(statement.device, statement.card)
    case 'fork':
      return isForkProven(network, statement)
    default:
      return true
  }
}
