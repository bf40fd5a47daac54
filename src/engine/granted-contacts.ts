/** Contacts, reports and confidential needs that somebody gave to this phone: the keys come out of grants, and only out of those that count. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { doesGrantCount, type GrantRow, grantType, isSelfGrant } from '../records/grant/grant.ts'
import { needType } from '../records/need/need.ts'
import { offerType } from '../records/offer/offer.ts'
import type { Row } from '../records/record-type.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OperationRow, WaitingRow } from '../storage/schema.ts'
import type { ContentKeys } from './content-keys.ts'

const grantsOf = (database: NetworkDatabase) => database.table<GrantRow, string>(grantType.table)

/** Who wrote the needs and offers that these ids are of. */
const creatorsOf = async (
  database: NetworkDatabase,
  ids: readonly string[],
): Promise<Map<string, DeviceId>> => {
  const creators = new Map<string, DeviceId>()
  for (const { table } of [needType, offerType]) {
    for (const row of await database.table<Row, string>(table).bulkGet([...ids]))
      if (row) creators.set(row.id, row.creator)
  }
  return creators
}

/** True when keys were taken out of `grants`; they are on disk now. */
const learnFrom = async (
  database: NetworkDatabase,
  keys: ContentKeys,
  grants: readonly GrantRow[],
): Promise<boolean> => {
  const wanted = await keys.forMe(grants.filter(({ keyId }) => !keys.holds(keyId)))
  if (wanted.length === 0) return false
  const creators = await creatorsOf(
    database,
    wanted.map(({ aboutId }) => aboutId),
  )
  let hasNew = false
  for (const grant of wanted) {
    // whoever has something to report, or a need for few, may: it opens that alone, and who may write there is asked again
    const creator = isSelfGrant(grant) ? grant.creator : creators.get(grant.aboutId)
    if (!creator || !doesGrantCount(grant, creator)) continue
    hasNew = (await keys.learn(grant.keyId, grant.wraps)) || hasNew
  }
  return hasNew
}

/** After these operations came: a grant, or the need or offer that an earlier grant is about. */
export const learnGranted = async (
  database: NetworkDatabase,
  keys: ContentKeys,
  operations: readonly OperationRow[],
): Promise<boolean> => {
  const ids = new Set<string>()
  for (const { op, type, recordId, fields } of operations) {
    if (op !== 'create') continue
    if (type === grantType.name && typeof fields?.aboutId === 'string') ids.add(fields.aboutId)
    if (type === needType.name || type === offerType.name) ids.add(recordId)
  }
  if (ids.size === 0) return false
  const grants = await grantsOf(database)
    .where('aboutId')
    .anyOf([...ids])
    .toArray()
  return learnFrom(database, keys, grants)
}

/** What waits under a key that a grant names is somebody's to read: not necessarily ours ({@link countWaiting}). */
export const markOthers = async (
  database: NetworkDatabase,
  operations: readonly OperationRow[],
  waiting: readonly WaitingRow[],
): Promise<void> => {
  const named = operations.map(({ type, fields }) => (type === grantType.name ? fields?.keyId : undefined))
  const keyIds = new Set([
    ...waiting.map(({ keyId }) => keyId),
    ...named.filter((id) => typeof id === 'string'),
  ])
  if (keyIds.size === 0) return
  const granted = (await grantsOf(database)
    .where('keyId')
    .anyOf([...keyIds])
    .keys()) as string[]
  if (granted.length > 0) await database.waiting.where('keyId').anyOf(granted).modify({ isOthers: 1 })
}

/** For everything that waits: at start, and after the roster grew, which changes what grants count for. */
export const learnAwaited = async (database: NetworkDatabase, keys: ContentKeys): Promise<void> => {
  if ((await database.waiting.count()) === 0) return
  await learnFrom(database, keys, await grantsOf(database).toArray())
}
