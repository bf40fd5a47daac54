/**
 * Types of record that nobody needs in his first minutes, in one chunk that the engine fetches beside its start
 * (`engine/type-book.ts`). A new type is a line in each of the three lists here (README.md).
 */

import type { Result } from '../../sync-server/protocol/result.ts'
import type { Drafted } from './draft.ts'
import type { RecordError } from './record-error.ts'
import type { CommandContext, RecordType } from './record-type.ts'

export const laterTypes: readonly RecordType[] = []

export type LaterCommand = never

/** As `draftsFor` in commands.ts. */
export const laterDrafts = async (
  command: LaterCommand,
  _context: CommandContext,
): Promise<Result<Drafted, RecordError>> => command
