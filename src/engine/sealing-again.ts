/** Own entries that cannot stay where they were sealed, as drafts of the same operations for another place. */

import type { RoomName } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import { audiences } from '../../sync-server/protocol/statement.ts'
import type { OutboxRow } from '../storage/schema.ts'
import { contentKeyIdOf } from './content-keys.ts'
import type { OpeningKeys } from './opening.ts'
import type { EntryDraft } from './writer.ts'

/** `replaced`: ids of the outbox rows that the drafts stand for. Statements are not among them: they are no operations. */
export const sealingAgain = (
  rows: readonly OutboxRow[],
  room: RoomName,
  { keyring, content }: OpeningKeys,
  roster: Roster,
): { drafts: EntryDraft[]; replaced: number[] } => {
  const drafts: EntryDraft[] = []
  const replaced: number[] = []
  for (const { id, again, recordIds } of rows) {
    const contentKeyId = contentKeyIdOf(again?.audience ?? '')
    const audience = audiences.find((name) => name === again?.audience)
    const key = contentKeyId ? content.byId(contentKeyId) : audience && keyring.current(audience, roster)
    if (id === undefined || !again || !key || recordIds.length === 0) continue
    const { kind, plaintext } = again
    drafts.push({ room, kind, publicPart: new Uint8Array(), secret: { key, plaintext }, recordIds })
    replaced.push(id)
  }
  return { drafts, replaced }
}
