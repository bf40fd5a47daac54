/** Letting in who asked, or who stands here with a card: the statement and the key go together. */

import { deviceIdOfKey } from '../../../sync-server/protocol/ids.ts'
import { decodeMeetingCard } from '../../../sync-server/protocol/meeting-card.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { Device, Roster } from '../../../sync-server/protocol/roster.ts'
import type { Role } from '../../../sync-server/protocol/statement.ts'
import { isCardProven } from '../../../sync-server/protocol/statement-proof.ts'
import type { CommandError, CommandValue } from '../api.ts'
import { type OwnStatement, statementDraft } from '../own-statements.ts'
import { type Acting, meIn } from './acting.ts'
import { missingWraps } from './missing-wraps.ts'

type Done = Result<CommandValue, CommandError>

/** Phones of one person in one network. */
const maxDevices = 4

/** The statement and the wraps that it makes due, in one commit. */
const writeWithWraps = async (
  parts: Acting,
  statement: OwnStatement,
  after: Roster,
  { receiveKey }: Device,
): Promise<void> => {
  const { acts, network, replica, nowS } = parts
  const { keyring, book } = replica
  const view = { network, keyring, roster: after, entries: book.wraps(), nowS: nowS(), only: [receiveKey] }
  await acts.write([statementDraft(statement), ...(await missingWraps(view))])
}

export const admitAsker = async (parts: Acting, deviceId: string, role: Role): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const { askers, devices } = replica.book.roster
  const asker = [...askers.values()].find(({ id }) => id === deviceId)
  if (!asker) return [...devices.keys()].some((id) => id === deviceId) ? ok({}) : fail({ code: 'notFound' })
  const statement = { type: 'admit', after: acts.after(), device: asker.id, role, card: null } as const
  const after = acts.preview([statement])
  const admitted = after.devices.get(asker.id)
  if (!admitted) return fail({ code: 'notAllowed' })
  await writeWithWraps(parts, statement, after, admitted)
  return ok(admitted.role === role ? {} : { isVote: true })
}

/** The name on the card is for the one who scans: the joiner's phone says its own. */
export const admitCard = async (parts: Acting, text: string, as: Role | 'myDevice'): Promise<Done> => {
  const { acts, replica } = parts
  const me = meIn(parts)
  if (!me.ok) return me
  const card = await decodeMeetingCard(text)
  if (!card.ok) return fail({ code: 'cardBroken' })
  const { nickname, signKey, receiveKey, proof } = card.value
  const device = await deviceIdOfKey(signKey)
  if (!(await isCardProven(device, { signKey, receiveKey, proof }))) return fail({ code: 'cardBroken' })
  const { devices, former } = replica.book.roster
  // scanned a second time: the welcome may have been lost on the way
  if (devices.has(device)) return ok({ nickname })
  if (former.has(device)) return fail({ code: 'cardBroken' })
  const own = [...devices.values()].filter(({ member }) => member === me.value.member)
  if (as === 'myDevice' && own.length >= maxDevices) return fail({ code: 'tooManyDevices' })
  const said = { after: acts.after(), device, card: { signKey, receiveKey, proof } }
  const statement: OwnStatement =
    as === 'myDevice' ? { type: 'device', ...said } : { type: 'admit', ...said, role: as }
  const after = acts.preview([statement])
  const admitted = after.devices.get(device)
  if (!admitted) return fail({ code: 'notAllowed' })
  await writeWithWraps(parts, statement, after, admitted)
  return ok(as === 'myDevice' || admitted.role === as ? { nickname } : { nickname, isVote: true })
}
