/**
 * What a phone does for the network unasked, after an exchange: state forks, write again what it sealed under a key that is
 * in no chain; a coordinator's phone also changes keys that somebody holds who should not, gives keys to whom they are
 * missing, and says how far lists of former members count. Whatever of an act was not written before a fall is done here.
 */

import { audiences } from '../../../sync-server/protocol/statement.ts'
import { type OwnStatement, statementDraft } from '../own-statements.ts'
import { unreadAgain } from '../own-unread.ts'
import type { Acting } from './acting.ts'
import { forkStatements } from './forks.ts'
import { missingWraps } from './missing-wraps.ts'
import { overgivenChains } from './overgiven.ts'
import { laterPins } from './pins.ts'
import { createRotation, rotationDrafts } from './rotation.ts'

/** True when something was written: it goes with the next exchange. */
export const doDuties = async (parts: Acting, relay: string): Promise<boolean> => {
  const { acts, database, replica, keys } = parts
  const { book } = replica
  const me = book.roster.devices.get(keys.device)
  if (!me) return false
  let hasWritten = await state(parts, await forkStatements(database, book.roster))
  const unread = await unreadAgain(database, replica, book.roster, keys.device)
  if (unread.length > 0) await replica.write(unread)
  hasWritten ||= unread.length > 0
  if (me.role !== 'coordinator') return hasWritten
  hasWritten = (await rotate(parts)) || hasWritten
  const view = {
    network: parts.network,
    keyring: replica.keyring,
    roster: book.roster,
    entries: book.wraps(),
    nowS: parts.nowS(),
  }
  const wraps = await missingWraps(view)
  if (wraps.length > 0) await acts.write(wraps)
  hasWritten = (await state(parts, await laterPins(database, relay, book.roster))) || hasWritten
  return hasWritten || wraps.length > 0
}

/** The first of them comes after all that is known here. */
const state = async ({ acts }: Acting, statements: readonly OwnStatement[]): Promise<boolean> => {
  if (statements.length === 0) return false
  const after = acts.after()
  const placed = statements.map((statement, i) =>
    i === 0 && 'after' in statement ? { ...statement, after } : statement,
  )
  await acts.write(placed.map((statement) => statementDraft(statement)))
  return true
}

const rotate = async ({ acts, replica, network, nowS }: Acting): Promise<boolean> => {
  const { book } = replica
  const before = book.roster
  const overgiven = await overgivenChains({ roster: before, keyring: replica.keyring, entries: book.wraps() })
  const due = audiences.filter((name) => before.stale.includes(name) || overgiven.includes(name))
  if (due.length === 0) return false
  const rotation = await createRotation(due)
  const statement = { type: 'rotate', after: acts.after(), keys: rotation.hashes } as const
  const view = { network, keyring: replica.keyring, before, nowS: nowS() }
  const wraps = await rotationDrafts(view, rotation, acts.preview([statement]))
  await acts.write([statementDraft(statement), ...wraps])
  return true
}
