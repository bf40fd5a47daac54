/** What a changed app could write with a phone's real keys: statements of every kind, and records under keys it holds. */

import { createDeviceKeys } from '../../src/crypto/device-keys.ts'
import { createInviteKey, invitePublic } from '../../src/crypto/invite-keys.ts'
import { sign } from '../../src/crypto/sign.ts'
import { type OwnStatement, statementDraft } from '../../src/engine/own-statements.ts'
import type { EntryDraft } from '../../src/engine/writer.ts'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { randomBytes } from '../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { type DeviceId, deviceIdOfKey, monthRoom, type RoomName } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { cardProof } from '../../sync-server/protocol/statement-proof.ts'
import type { Phone } from '../support/phone.ts'
import type { Chance } from './chance.ts'

const kinds = {
  role: 4,
  remove: 5,
  admit: 3,
  invite: 3,
  settings: 1,
  rotate: 2,
  pin: 2,
  cancel: 2,
  retire: 1,
}

const cardOf = async (role: 'coordinator' | 'member'): Promise<OwnStatement> => {
  const { signKey, signPublic, receivePublic } = await createDeviceKeys()
  const pair = { signKey: signPublic, receiveKey: receivePublic }
  const proof = await sign(signKey, cardProof(pair))
  const device = await deviceIdOfKey(signPublic)
  return { type: 'admit', after: [], device, role, card: { ...pair, proof } }
}

/** Something that changes who may what, if its author were somebody; null where there is nothing to do it to. */
const powerStatement = async (chance: Chance, roster: Roster, me: DeviceId): Promise<OwnStatement | null> => {
  const others = [...roster.devices.values()].filter(
    ({ id, member }) => id !== me && member !== roster.devices.get(me)?.member,
  )
  const invites = [...roster.invites.values()].filter(({ cancelled }) => !cancelled)
  const former = [...roster.former.keys()]
  const other = others.length > 0 ? chance.pick(others).id : null
  const after = [] as const
  switch (chance.weighted(kinds)) {
    case 'role':
      return { type: 'role', after, device: chance.oneIn(2) ? me : (other ?? me), role: 'coordinator' }
    case 'remove': {
      if (!other) return null
      const devices = [others[0]?.id ?? other]
      return {
        type: 'remove',
        after,
        devices,
        pins: new Map(),
        newestMonth: null,
        keys: { all: randomBytes(32) },
      }
    }
    case 'admit':
      return cardOf('coordinator')
    case 'invite': {
      const key = invitePublic(await createInviteKey())
      const role = chance.pick(['member', 'coordinator'] as const)
      return { type: 'invite', after, key, role, expiresS: 4e9, uses: 9, approval: false }
    }
    case 'settings':
      return { type: 'settings', after, membersMayInvite: !roster.settings.membersMayInvite }
    case 'rotate':
      return { type: 'rotate', after, keys: { members: randomBytes(32) } }
    case 'pin':
      return former.length === 0
        ? null
        : { type: 'pin', after, devices: [chance.pick(former)], pins: new Map() }
    case 'cancel':
      return invites.length === 0 ? null : { type: 'cancel', after, key: chance.pick(invites).key }
    case 'retire':
      return other ? { type: 'retire', after, device: other } : null
  }
}

/** Writes up to `count` of them; what kinds they were. */
export const writePower = async (chance: Chance, { local }: Phone, count: number): Promise<string[]> => {
  const { replica, keys } = local
  const written: string[] = []
  for (let i = 0; i < count; i++) {
    const statement = await powerStatement(chance, replica.book.roster, keys.device)
    if (!statement) continue
    await replica.write([statementDraft(statement)])
    written.push(statement.type)
  }
  return written
}

/** A need in any room, under the newest key of the members' chain that this phone holds. */
export const needDraft = async (
  { local }: Phone,
  room: RoomName,
  title: string,
): Promise<EntryDraft | null> => {
  const { replica, keys, now } = { replica: local.replica, keys: local.keys, now: local.now() }
  const key = replica.keyring.chain('members', replica.book.roster).at(-1)
  if (!key) return null
  const { id, nonce } = await newRecordId(keys.device)
  const fields = { category: 'food', title, urgency: 'week', quantity: 1 }
  const plaintext = encodeOperations([{ at: [0, now], op: 'create', type: 'need', id, nonce, fields }])
  return {
    room,
    kind: entryKind.record,
    publicPart: new Uint8Array(),
    secret: { key, plaintext },
    recordIds: [id],
  }
}

/** All phones of a person are to go, says this phone's app, whatever its rules are; nothing is pinned, no key is made. */
export const writeRemoval = async ({ local }: Phone, person: DeviceId): Promise<void> => {
  const { devices } = local.replica.book.roster
  const named = [...devices.values()].filter(({ member }) => member === person).map(({ id }) => id)
  const newestMonth = monthRoom(local.now())
  await local.replica.write([
    statementDraft({ type: 'remove', after: [], devices: named, pins: new Map(), newestMonth, keys: {} }),
  ])
}
