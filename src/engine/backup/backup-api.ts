/** What a window may ask about backups, and what it is told. Types only. */

import type { NetworkId } from '../../../sync-server/protocol/ids.ts'

/** `file` and `passphrase` as a person gave them; a key takes seconds to compute on a cheap phone. */
export type BackupCommand =
  /** all that is here of the network in use, sealed under the passphrase: gives `file` */
  | { type: 'backup.make'; passphrase: string }
  /** opens a backup and looks at all that is in it; nothing is changed */
  | { type: 'backup.check'; file: Uint8Array; passphrase: string }
  /** what a backup holds comes beside what is here; a network that is not here can be read then, and joined anew */
  | { type: 'backup.restore'; file: Uint8Array; passphrase: string }
  /** a new network with what its owner wrote in the restored one: where nobody is left who could let him in */
  | { type: 'backup.begin-anew'; nickname: string; language: string }

/** Each has a sentence in `locales/later` under `backup.<problem>`. `newer`: a later version of the app made it. */
export type BackupProblem = 'broken' | 'newer' | 'wrongPassphrase'

/** What is in a backup that was opened. */
export interface BackupSummary {
  networkId: NetworkId
  networkName: string
  nickname: string
  /** ms since 1970 */
  madeAt: number
  /** sealed entries, and how many of them the keys beside them open */
  entries: number
  readable: number
  /** pictures and voice notes */
  media: number
}
