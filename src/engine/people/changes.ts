/** Changes about who is in: what may be done is asked of the reducer, new keys go with what takes old ones from somebody. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { Device, Roster, Vote } from '../../../sync-server/protocol/roster.ts'
import { type Role, roles } from '../../../sync-server/protocol/statement.ts'
import type { CommandError, CommandValue } from '../api.ts'
import { type OwnStatement, statementDraft } from '../own-statements.ts'
import type { EntryDraft } from '../writer.ts'
import { type Acting, meIn } from './acting.ts'
import { missingWraps } from './missing-wraps.ts'
import type { PinnedRooms } from './pins.ts'
import { createRotation, rotationDrafts } from './rotation.ts'

type Done = Result<CommandValue, CommandError>

/** Active phones of a person. */
export const devicesOf = (roster: Roster, member: string): Device[] =>
  [...roster.devices.values()].filter((device) => device.member === member)

const hasVote = ({ votes }: Roster, wanted: Vote): boolean =>
  votes.some(
    ({ by, member, change }) => by === wanted.by && member === wanted.member && change === wanted.change,
  )

/** Somebody coordinates, and would not any more if this person stopped. */
const isLastCoordinator = (roster: Roster, member: DeviceId): boolean =>
  [...roster.devices.values()].every((device) => device.role !== 'coordinator' || device.member === member)

/** What a change came to, by the roster before and after it. */
const verdictOn = (before: Roster, after: Roster, vote: Vote): Done => {
  const left = devicesOf(after, vote.member)
  const isDone =
    vote.change === 'remove' ? left.length === 0 : left.every((device) => device.role === vote.change)
  if (isDone) return ok({})
  if (hasVote(before, vote)) return fail({ code: 'alreadyVoted' })
  if (hasVote(after, vote)) return ok({ isVote: true })
  return fail({ code: isLastCoordinator(before, vote.member) ? 'lastCoordinator' : 'notSenior' })
}

/** The key of a higher chain for who was given a higher role. */
const wrapsForRaised = (
  { replica, network, nowS }: Acting,
  before: Roster,
  after: Roster,
): Promise<EntryDraft[]> => {
  const raised = [...after.devices.values()].filter(
    ({ id, role }) => roles.indexOf(role) > roles.indexOf(before.devices.get(id)?.role ?? role),
  )
  const only = raised.map(({ receiveKey }) => receiveKey)
  const { keyring, book } = replica
  const view = { network, keyring, roster: after, entries: book.wraps(), nowS: nowS(), only }
  return raised.length > 0 ? missingWraps(view) : Promise.resolve([])
}

/** Writes a statement and, where it takes keys from somebody and this device may, new ones in the same commit. */
export const writeWithRotation = async (parts: Acting, statement: OwnStatement): Promise<void> => {
  const { acts, replica, keys, network, nowS } = parts
  const before = replica.book.roster
  const plain = acts.preview([statement])
  const isCoordinator = plain.devices.get(keys.device)?.role === 'coordinator'
  if (plain.stale.length === 0 || !isCoordinator) {
    await acts.write([statementDraft(statement), ...(await wrapsForRaised(parts, before, plain))])
    return
  }
  const rotation = await createRotation(plain.stale)
  const rotate = { type: 'rotate', after: [], keys: rotation.hashes } as const
  const statements: OwnStatement[] =
    statement.type === 'remove' ? [{ ...statement, keys: rotation.hashes }] : [statement, rotate]
  const view = { network, keyring: replica.keyring, before, nowS: nowS() }
  const wraps = await rotationDrafts(view, rotation, acts.preview(statements))
  await acts.write([...statements.map((one) => statementDraft(one)), ...wraps])
}

export const changeRole = async (parts: Acting, memberId: string, role: Role): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const before = replica.book.roster
  const [device] = devicesOf(before, memberId)
  if (!device) return fail({ code: 'notFound' })
  if (device.role === role) return ok({})
  if (me.value.role !== 'coordinator') return fail({ code: 'notAllowed' })
  const statement = { type: 'role', after: acts.after(), device: device.id, role } as const
  const vote = { by: me.value.member, member: device.member, change: role }
  const verdict = verdictOn(before, acts.preview([statement]), vote)
  if (verdict.ok) await writeWithRotation(parts, statement)
  return verdict
}

/** `pinned`: the rooms that this phone holds whole. */
export const removeMember = async (
  parts: Acting,
  memberId: string,
  pinned: (devices: readonly DeviceId[]) => Promise<PinnedRooms>,
): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const before = replica.book.roster
  const devices = devicesOf(before, memberId).map(({ id }) => id)
  if (devices.length === 0) return fail({ code: 'notFound' })
  if (me.value.role !== 'coordinator') return fail({ code: 'notAllowed' })
  if (memberId === me.value.member) return leave(parts)
  const { pins, newestMonth } = await pinned(devices)
  const statement = {
    type: 'remove',
    after: acts.after(),
    devices,
    pins,
    newestMonth,
    keys: {},
  } as const
  const vote: Vote = { by: me.value.member, member: memberId as DeviceId, change: 'remove' }
  const verdict = verdictOn(before, acts.preview([statement]), vote)
  if (verdict.ok) await writeWithRotation(parts, statement)
  return verdict
}

export const leave = async (parts: Acting): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const { roster } = replica.book
  const isAlone = [...roster.devices.values()].every(({ member }) => member === me.value.member)
  // every phone would take it: that nobody can let people in any more is for this one to prevent
  if (!isAlone && isLastCoordinator(roster, me.value.member)) return fail({ code: 'lastCoordinator' })
  const statement = { type: 'leave', after: acts.after() } as const
  await acts.write([statementDraft(statement)])
  return ok({})
}

/** A phone of the same person that is lost. */
export const retireDevice = async (parts: Acting, deviceId: string): Promise<Done> => {
  const { acts, keys, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const device = devicesOf(replica.book.roster, me.value.member).find(({ id }) => id === deviceId)
  if (!device) return fail({ code: 'notFound' })
  if (device.id === keys.device) return leave(parts)
  const statement = { type: 'retire', after: acts.after(), device: device.id } as const
  if (acts.preview([statement]).devices.has(device.id)) return fail({ code: 'notAllowed' })
  await writeWithRotation(parts, statement)
  return ok({})
}

export const changeSettings = async (parts: Acting, membersMayInvite: boolean): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  if (replica.book.roster.settings.membersMayInvite === membersMayInvite) return ok({})
  const statement = { type: 'settings', after: acts.after(), membersMayInvite } as const
  const { settings } = acts.preview([statement])
  if (settings.membersMayInvite !== membersMayInvite) return fail({ code: 'notAllowed' })
  await acts.write([statementDraft(statement)])
  return ok({})
}
