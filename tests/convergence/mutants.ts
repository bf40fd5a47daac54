/** Planted faults, all of them in the harness: the simulation must catch each. */

import './light-machinery.ts'
import 'fake-indexeddb/auto'
import { Dexie } from 'dexie'
import { networkDatabaseName, type OperationRow, type Place } from '../../src/storage/schema.ts'
import { parseListName } from '../../sync-server/protocol/ids.ts'
import { parseLiveMessage } from '../../sync-server/protocol/live.ts'
import { clearStores } from '../support/disk-image.ts'
import type { Phone } from '../support/phone.ts'
import type { Troubles } from './schedule.ts'

export const mutants = [
  'a relay acknowledges before it stores',
  'the mirror is not written',
  'sealing leaves words readable',
  'edits are merged by the clock',
  'the outbox is emptied when it was sent',
  'a cursor moves without its inbox row',
  'sealing goes on where the log ends',
  'a field is lost on its way to the rows',
  'a live socket loses a message and goes on',
] as const
export type Mutant = (typeof mutants)[number]

/** The trouble in which a fault can show. */
export const troublesFor: Record<Mutant, Partial<Troubles>> = {
  'a relay acknowledges before it stores': { relay: true },
  'the mirror is not written': {},
  'sealing leaves words readable': {},
  'edits are merged by the clock': { clock: true },
  'the outbox is emptied when it was sent': { line: true },
  'a cursor moves without its inbox row': { power: true, relay: false, twoRelays: false, disk: 'none' },
  'sealing goes on where the log ends': { power: true, relay: false, disk: 'mirror' },
  'a field is lost on its way to the rows': {},
  'a live socket loses a message and goes on': {
    live: true,
    line: false,
    relay: false,
    twoRelays: false,
    disk: 'none',
  },
}

const hooked = new WeakSet<Dexie>()

const changeOperations = (database: Dexie, change: (operation: OperationRow) => void): void => {
  if (hooked.has(database)) return
  hooked.add(database)
  database.table('operations').hook('creating', (_key, operation) => change(operation))
}

/** Until the function that it gives is called, every edit looks as if it had seen no other. */
export const forgetCounts = (): (() => void) => {
  const addon = (database: Dexie) => {
    const change = (operation: OperationRow) => {
      operation.at = [Math.min(1, operation.at[0]), operation.at[1]]
    }
    database.on('ready', () => {
      if (database.tables.some(({ name }) => name === 'operations')) changeOperations(database, change)
    })
  }
  Dexie.addons.push(addon)
  return () => void Dexie.addons.splice(Dexie.addons.indexOf(addon), 1)
}

/** Own lists go on where the log ends, not where the phone last wrote. */
const forgetEnds = async (phone: Phone): Promise<void> => {
  const { database, keys } = phone.local
  for (const { room, list, length, head } of await database.lists.toArray())
    if (parseListName(list)?.device === keys.device)
      await database.ownLists.put({ room, list, nextIndex: length, head })
}

/** Puts the fault into a phone that runs; again after each start. */
export const mutatePhone = (mutant: Mutant | null, phone: Phone): void => {
  if (!phone.engine.local) return
  const { device } = phone.local.keys
  if (mutant === 'a field is lost on its way to the rows')
    changeOperations(phone.local.database, ({ author, fields }) => {
      if (author !== device && fields) delete fields.details
    })
}

/** What the fault does to a disk before the phone is started again. */
export const mutateDisk = (mutant: Mutant | null, prefix: string, place: Place): void => {
  if (mutant === 'a cursor moves without its inbox row')
    clearStores(networkDatabaseName(prefix, place), ['inbox'])
}

/** What the fault does to a phone that fell and was started again. */
export const mutateFallen = async (mutant: Mutant | null, phone: Phone): Promise<void> => {
  if (!phone.engine.local) return
  if (mutant === 'sealing goes on where the log ends') {
    await forgetEnds(phone)
    await phone.restart()
  }
}

/** What the fault does while a request is on its way. */
export const mutateSent = async (mutant: Mutant | null, phone: Phone): Promise<void> => {
  if (mutant === 'the outbox is emptied when it was sent') await phone.local.database.outbox.clear()
}

/** True where the fault loses a message of the relay. */
export const mutateLive = (mutant: Mutant | null, message: Uint8Array): boolean => {
  if (mutant !== 'a live socket loses a message and goes on') return false
  const parsed = parseLiveMessage(message)
  return parsed.ok && parsed.value.type === 'update'
}

const tagLength = 16

/** Until the function that it gives is called, AES-GCM leaves what it seals as it is. */
export const unseal = (): (() => void) => {
  const { subtle } = crypto
  const real = { encrypt: subtle.encrypt, decrypt: subtle.decrypt }
  subtle.encrypt = async (_algorithm, _key, data) => {
    const plain = new Uint8Array(data as ArrayBuffer)
    const sealed = new Uint8Array(plain.length + tagLength)
    sealed.set(plain)
    return sealed.buffer
  }
  subtle.decrypt = async (_algorithm, _key, data) =>
    new Uint8Array(data as ArrayBuffer).slice(0, -tagLength).buffer
  return () => Object.assign(subtle, real)
}
