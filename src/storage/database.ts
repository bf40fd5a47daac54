/** The Dexie databases: one for the app, one for each network. */

import { Dexie, type Table } from 'dexie'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import {
  type ArrivalRow,
  appDatabaseName,
  appTables,
  type BlobRow,
  type ContentKeyRow,
  type CursorRow,
  type DraftRow,
  type InboxRow,
  type InviteRow,
  type KeyRow,
  type ListRow,
  type MemberRow,
  type MetaRow,
  type NetworkRow,
  networkDatabaseName,
  networkTables,
  type OperationRow,
  type OutboxRow,
  type OwnListRow,
  type Place,
  type RequestRow,
  type SettingRow,
  type StatementRow,
  type WaitingRow,
} from './schema.ts'

export interface AppDatabase extends Dexie {
  networks: Table<NetworkRow, NetworkId>
  settings: Table<SettingRow, string>
  drafts: Table<DraftRow, string>
}

/** Tables of records (needs, offers, …) are reached by `table(name)`: record types say their names. */
export interface NetworkDatabase extends Dexie {
  meta: Table<MetaRow, string>
  keys: Table<KeyRow, string>
  contentKeys: Table<ContentKeyRow, string>
  lists: Table<ListRow, [string, string]>
  ownLists: Table<OwnListRow, string>
  outbox: Table<OutboxRow, number>
  inbox: Table<InboxRow, number>
  cursors: Table<CursorRow, [string, string]>
  statements: Table<StatementRow, [string, number]>
  operations: Table<OperationRow, [string, string, number, number]>
  waiting: Table<WaitingRow, [string, string, number]>
  members: Table<MemberRow, string>
  invites: Table<InviteRow, string>
  requests: Table<RequestRow, string>
  blobs: Table<BlobRow, string>
  arrivals: Table<ArrivalRow, number>
}

/** Strict: since Chrome 121 the default may lose the last seconds when the battery dies. */
const durable = { chromeTransactionDurability: 'strict' } as const

export const openAppDatabase = (prefix = ''): AppDatabase => {
  const database = new Dexie(appDatabaseName(prefix), durable) as AppDatabase
  database.version(1).stores(appTables)
  return database
}

/** Tables of rows (name → Dexie indexes) and the version of their shape: `records/row-format.ts` says both. */
export interface RowFormat {
  tables: Readonly<Record<string, string>>
  version: number
}

/** The row format is handed in because storage imports nothing. */
export const openNetworkDatabase = (place: Place, rows: RowFormat, prefix = ''): NetworkDatabase => {
  const database = new Dexie(networkDatabaseName(prefix, place), durable) as NetworkDatabase
  database.version(rows.version).stores({ ...networkTables, ...rows.tables })
  return database
}
